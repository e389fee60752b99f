"""The vocabulary: what a learner can be asked to do, what comes back, and what it is worth.

Interactions are few and closed: a front end or an exporter matches on them and ends in `assert_never`. The kinds of
question (`coursekit.questions`) are many and open: each names one of these interactions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import final

Response = tuple[str, ...]
"""What the learner gave, always as texts. Numbers count from "1" in the author's order.

A choice: the numbers of the options. Gaps: a text for each, "" for an empty one. An order: the numbers of all items, as
the learner put them. Pairs: for each prompt the number of its partner, "" for none. Else: one text.
"""


@final
@dataclass(frozen=True, slots=True)
class Choice:
    """Pick one of the options, or (`many`) each that holds."""

    options: tuple[str, ...]
    many: bool = False


@final
@dataclass(frozen=True, slots=True)
class TextEntry:
    """Type one line; `form` says beside the input what is expected, `number` that it must read as one.

    `units` may follow a number.
    """

    form: str
    number: bool = False
    units: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class LongText:
    """Write some sentences; under `least_words` words it is not a response yet."""

    form: str
    least_words: int = 3


@final
@dataclass(frozen=True, slots=True)
class Gaps:
    """Fill the gaps of a text; it stands between them: before the first, between two, after the last."""

    between: tuple[str, ...]
    gaps: tuple[TextEntry, ...]


@final
@dataclass(frozen=True, slots=True)
class Ordering:
    """Put items in order; `shown` has their numbers, from 1, as they stand at first."""

    items: tuple[str, ...]
    shown: tuple[int, ...]


@final
@dataclass(frozen=True, slots=True)
class Matching:
    """Give each prompt its partner, some of which may be left over; `shown` is the order in which partners stand."""

    prompts: tuple[str, ...]
    partners: tuple[str, ...]
    shown: tuple[int, ...]


@final
@dataclass(frozen=True, slots=True)
class Program:
    """Write a function in one's own editor; `entry` is its name."""

    entry: str


Interaction = Choice | TextEntry | LongText | Gaps | Ordering | Matching | Program


@final
@dataclass(frozen=True, slots=True)
class Evidence:
    """One rubric point, and the words of the response that speak for it (none: not found)."""

    point: str
    points: float
    quotes: tuple[str, ...]
    share: float
    """How much of the evidence was found, in [0, 1]."""


@final
@dataclass(frozen=True, slots=True)
class Mark:
    """What a response is worth: a fraction in [0, 1], and why."""

    fraction: float
    feedback: tuple[str, ...] = ()
    """The author's Markdown for this response as a whole."""
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    """The author's Markdown for single options, by option number."""
    parts: tuple[bool, ...] = ()
    """For each gap, whether it is right."""
    evidence: tuple[Evidence, ...] = ()
    is_suggestion: bool = False
    """True when only the learner can confirm it: free text is never graded by a machine alone."""

    @property
    def is_ungraded(self) -> bool:
        """Whether nobody here can say what the response is worth: a suggestion without anything to confirm."""
        return self.is_suggestion and not self.evidence


@final
@dataclass(frozen=True, slots=True)
class Attempt:
    """One submitted response with its score; never changed afterwards."""

    question: str
    fingerprint: str
    response: Response
    mark: float
    points: float
    is_suggestion: bool
    hints: int
    seed: int
    started: datetime
    finished: datetime
    confidence: str | None = None
    purpose: str = "study"
    """study, cram, exam or lab, which has no response; only cramming leaves the schedule alone."""
    serves: str | None = None
    """The due question in whose place this one was asked, for the same objective."""
    own_rating: str | None = None
    """The rating that the learner gave in place of ours."""
    id: int = 0
    """Given by the store."""

    @property
    def seconds(self) -> float:
        """How long it took."""
        return max(0.0, (self.finished - self.started).total_seconds())


@final
@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the learner made of a suggested mark; only this one counts, and it is called self-graded."""

    attempt: int
    ticks: tuple[bool, ...]
    mark: float
    at: datetime
