"""What every kind of question is: it reads itself, names its interaction and its key, and grades."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, final

from coursekit.document import Item, Part, Text, last_list
from coursekit.errors import ContentError
from coursekit.fields import Fields
from coursekit.grading.arithmetic import evaluate
from coursekit.model import Interaction, Mark, Response


@final
@dataclass(frozen=True, slots=True)
class Material:
    """What a kind reads: the metadata, the text, the parts, and the values drawn for this variant.

    What is shown in some order by chance is shuffled by `seed`.
    """

    path: str
    line: int
    fields: Fields
    text: Text
    parts: tuple[Part, ...]
    values: Mapping[str, float] = field(default_factory=dict[str, float])
    seed: int = 0
    weights: Callable[[], Mapping[str, float]] = dict[str, float]
    """How rare each word is in the bank, worked out when it is asked for."""

    def options(self) -> tuple[Text, tuple[Item, ...]]:
        """Split the text into the stem and the list that ends it."""
        return last_list(self.text, self.path)

    def part(self, title: str) -> Text | None:
        """Return the text of the first part with this title."""
        return next((part.text for part in self.parts if part.title == title), None)

    def error(
        self,
        message: str,
        line: int | None = None,
        *,
        code: str = "bad-question",
        fix: tuple[str, str] | None = None,
    ) -> ContentError:
        """Make an error at a line of this question, by default its heading; the caller raises it."""
        return ContentError(self.path, line or self.line, message, code=code, fix=fix)

    def expression(self, source: Fields, name: str) -> float:
        """Evaluate a field that is a number or an expression over the question's params."""
        try:
            return evaluate(source.text(name), self.values)
        except ValueError as error:
            raise source.error(name, str(error), code="bad-expression") from None


class Body(ABC):
    """A kind of question. Its file holds everything about what the question means."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the stem (Markdown) and the body. Raises ContentError."""

    @abstractmethod
    def interaction(self) -> Interaction:
        """Name what the learner does."""

    @abstractmethod
    def key(self) -> Response:
        """Return the author's right response; empty while only a run can tell."""

    @abstractmethod
    def grade(self, response: Response) -> Mark:
        """Mark any response that the interaction allows. Total: never raises."""


@final
@dataclass(frozen=True, slots=True)
class Observation:
    """What one run did: how its loss behaved, and the loss after each step where it was measured.

    The loss is the one on the validation set where there is one. It may be nan or infinite.
    """

    behaviour: str
    losses: tuple[tuple[int, float], ...]

    @property
    def final_loss(self) -> float:
        """The last loss measured."""
        return self.losses[-1][1]

    def steps_to(self, target: float) -> int | None:
        """Return the first step after which the loss was at most `target`, None when it never was."""
        return next((step for step, loss in self.losses if loss <= target), None)


@final
@dataclass(frozen=True, slots=True)
class Guess:
    """Where a prediction stands in the picture of its run: at a loss, at a step, or nowhere."""

    loss: float | None = None
    step: float | None = None


class Experiment(ABC):
    """A body whose key is what training runs do; until they have run there is no key."""

    __slots__ = ()

    @abstractmethod
    def runs(self) -> tuple[Mapping[str, Any], ...]:  # Any: knob values, checked by the lab
        """Return, for each run, the knobs of the lab to turn before it."""

    @abstractmethod
    def asks(self) -> str:
        """Name what is asked about the runs, a part of what the key hangs on."""

    @abstractmethod
    def observe(self, runs: Sequence[Observation]) -> str:
        """Say what the runs decide, in a word that can be kept. Raises ValueError when they decide nothing."""

    @abstractmethod
    def decided(self, observed: str) -> "Body":
        """Return the body with its key, from what was observed. Raises ValueError when it cannot hold it."""

    def guess(self, response: Response) -> Guess:
        """Say where a response stands in the picture; most stand nowhere."""
        del response
        return Guess()
