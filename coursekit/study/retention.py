"""Was as much recalled as was predicted? Each review is held to what the scheduler had expected just before it.

Which reviews count, and that what was not rated "again" was recalled, is as in `fitting.py`. To predict a review
everything before it is replayed, so only some are: those of the questions studied last.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import final

from coursekit.scheduling import Review
from coursekit.study.fitting import Prediction
from coursekit.study.interval import wilson
from coursekit.study.recalled import percent

MOST_REVIEWS = 1_000
"""How many reviews are replayed at most, some 20 us each."""
MOST_OF_ONE = 64
"""How many reviews of one question, the first: so many FSRS's optimizer reads too."""
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)
"""Where the groups of predictions begin and end."""


@final
@dataclass(frozen=True, slots=True)
class Group:
    """Reviews that were predicted alike: from `low` to `high`, `predicted` in the mean, and the share recalled."""

    low: float
    high: float
    reviews: int
    predicted: float
    recalled: float

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the recalled one lies (95 %, Wilson)."""
        return wilson(self.recalled, self.reviews)


def latest(
    attempted: Mapping[str, int], reviews: Callable[[str, int], Sequence[Review]], most: int = MOST_REVIEWS
) -> dict[str, Sequence[Review]]:
    """Return the histories of the questions studied last, in the order of `attempted`, while they hold few reviews.

    The second argument returns a question's first so many reviews.
    """
    found: dict[str, Sequence[Review]] = {}
    for name, count in attempted.items():
        most -= min(count, MOST_OF_ONE)
        if most < 0:
            break
        if count > 1:
            found[name] = reviews(name, MOST_OF_ONE)
    return found


def groups(found: Iterable[Prediction]) -> tuple[Group, ...]:
    """Sort predictions into groups; those without a review are left out.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 1, 20, tzinfo=UTC)
    >>> groups([Prediction(now, 0.85, True), Prediction(now, 0.85, False), Prediction(now, 0.95, True)])[0]
    Group(low=0.8, high=0.9, reviews=2, predicted=0.85, recalled=0.5)
    """
    inner = EDGES[1:-1]
    sorted_: list[list[Prediction]] = [[] for _ in EDGES[1:]]
    for each in found:
        sorted_[bisect_right(inner, each.recall)].append(each)
    ends = pairwise(EDGES)
    return tuple(_group(low, high, inside) for (low, high), inside in zip(ends, sorted_, strict=True) if inside)


def sentence(found: Sequence[Group]) -> str:
    """Say what was predicted and what was recalled, and whether the two agree."""
    reviews = sum(group.reviews for group in found)
    if not reviews:
        return "No question has come back on a later day yet, so there is no prediction to hold against it."
    predicted = sum(group.reviews * group.predicted for group in found) / reviews
    recalled = sum(group.reviews * group.recalled for group in found) / reviews
    low, high = wilson(recalled, reviews)
    verdict = (
        "as expected" if low <= predicted <= high else f"{'more' if recalled > predicted else 'less'} than expected"
    )
    said = f"Predicted {percent(predicted)}, recalled {percent(recalled)}"
    return f"{said} ({percent(low)} to {percent(high)}) of {reviews} reviews: {verdict}."


def _group(low: float, high: float, found: Sequence[Prediction]) -> Group:
    predicted = sum(each.recall for each in found) / len(found)
    return Group(low, high, len(found), predicted, sum(each.was_recalled for each in found) / len(found))
