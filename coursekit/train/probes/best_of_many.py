"""A test set that is used to choose: how much better the best of many looks than it is.

{"name": "best-of-many", "settings": 20, "held_out": 200, "spread": 0.0, "chosen_on": "all of them"}
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

_SETTINGS = (1, 2, 5, 10, 20, 50, 100)
_MEAN = 0.8  # accuracy of a setting on endlessly many examples, before some are better than others
_REPEATS = 200


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BestOfMany(Probe):
    """Try settings, each right on an example with a chance of its own, and keep the one that does best.

    The true accuracies are normal, 0.8 with a standard deviation of `spread`, and never beyond 0.5 and 1. The held-out
    examples are drawn anew, and each setting is right or wrong on each of them independently. `chosen_on` says whether
    one half chooses and the other half reports, or all of them do both. `reported` is the accuracy that the chosen one
    is said to have, `true_accuracy` (in the table `true`) the one that it has, `optimism` the difference; all are means
    over 200 repetitions.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("held_out", "settings", "reported", "true_accuracy", "optimism")
    trials_at_most: ClassVar[int] = len(_SETTINGS) + 1
    curve: ClassVar[tuple[str, str] | None] = ("settings", "optimism")

    settings: Annotated[int, Range(at_least=1, at_most=100)] = 20
    held_out: Annotated[int, Range(at_least=20, at_most=1000)] = 200
    spread: Annotated[float, Range(at_least=0, at_most=0.1)] = 0.0
    chosen_on: Literal["all of them", "one half"] = "all of them"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Measure with some numbers of settings, from one to many, and with the one that is set."""
        import numpy as np

        from coursekit.train.streams import Stream

        drawn = [np.array(each) for each in zip(*self._repetitions(Stream(seed, "data")), strict=True)]
        values: dict[str, float] = {}
        for count in sorted({*_SETTINGS, self.settings}):
            row = {"settings": count, **_picked(*(each[:, :count] for each in drawn))}
            yield {name: round(value, 4) for name, value in row.items()}
            if count == self.settings:
                values = dict(zip(self.values, (self.held_out, *row.values()), strict=True))
        return values

    def _repetitions(self, stream: "Stream") -> Iterator[tuple["Array", "Array", "Array"]]:
        """Yield each setting's accuracy where it is chosen by, where it is reported, and in truth, (settings,)."""
        import numpy as np

        half = self.held_out // 2
        for _ in range(_REPEATS):
            true = np.clip(_MEAN + self.spread * stream.normal((max(_SETTINGS),)), 0.5, 1)
            right = _chances(stream, (max(_SETTINGS), self.held_out)) < true[:, None]
            parts = (right[:, :half], right[:, half:]) if self.chosen_on == "one half" else (right, right)
            yield parts[0].mean(axis=1), parts[1].mean(axis=1), true


def _chances(stream: "Stream", shape: tuple[int, int]) -> "Array":
    """Draw numbers in [0, 1), multiples of 2^-16: four from a word."""
    import numpy as np

    words = stream.words(-(-shape[0] * shape[1] // 4))
    quarters = (words[:, None] >> np.array([0, 16, 32, 48], np.uint64)) & np.uint64(0xFFFF)
    return (quarters / 2.0**16).ravel()[: shape[0] * shape[1]].reshape(shape)


def _picked(chosen_by: "Array", reported: "Array", true: "Array") -> dict[str, float]:
    """Keep the best setting of each repetition, the first of several; return means."""
    import numpy as np

    best = chosen_by.argmax(axis=1)[:, None]
    said, has = (float(np.take_along_axis(each, best, axis=1).mean()) for each in (reported, true))
    return {"reported": said, "true": has, "optimism": said - has}


PLUGIN = BestOfMany
