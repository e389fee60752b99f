"""A question: what all kinds have in common, around the body that makes one kind."""

from dataclasses import dataclass
from typing import final

from coursekit.questions._body import Body
from coursekit.questions._figures import Figure
from coursekit.questions._policy import Policy


@final
@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank, ready to be asked. Texts are the author's Markdown."""

    id: str
    kind: str
    title: str
    stem: str
    body: Body
    points: float
    hints: tuple[str, ...]
    explanation: str
    references: str
    lesson: str
    topic: str
    objective: str | None
    tags: tuple[str, ...]
    difficulty: int | None
    lab: str | None
    related: tuple[str, ...]
    policy: Policy
    fingerprint: str
    """A digest of what is asked and of its key: a mended typo or a changed key shows in the record."""
    seed: int
    """Which variant this is."""
    path: str
    line: int
    figures: tuple[Figure, ...] = ()
    """What runs came to, and its texts tell."""
