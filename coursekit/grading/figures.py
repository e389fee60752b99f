"""How well scores agree with a person's grades: correlations over a gold set of graded responses."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation
from typing import final


@final
@dataclass(frozen=True, slots=True)
class Scored:
    """One response of a gold set: the person's grade in [0, 1], and what was measured."""

    grade: float
    words: float
    rubric: float
    raw: float
    length: int
    """In words."""


@final
@dataclass(frozen=True, slots=True)
class Agreement:
    """How a measure goes with the grades, in [-1, 1]; 0 where it is the same for all."""

    measure: str
    pearson: float
    spearman: float


def figures(rows: Sequence[Scored]) -> tuple[Agreement, ...]:
    """Hold word score, rubric score, their mean, and the length alone against the grades."""
    grades = [row.grade for row in rows]
    measures: dict[str, list[float]] = {
        "words": [row.words for row in rows],
        "rubric": [row.rubric for row in rows],
        "raw": [row.raw for row in rows],
        "length": [row.length for row in rows],
    }
    return tuple(
        Agreement(name, _correlation(values, grades), _correlation(ranks(values), ranks(grades)))
        for name, values in measures.items()
    )


def ranks(values: Sequence[float]) -> list[float]:
    """Rank from 1; equal values share the mean of their ranks.

    >>> ranks([0.5, 0.1, 0.5])
    [2.5, 1.0, 2.5]
    """
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), 1):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def _correlation(x: Sequence[float], y: Sequence[float]) -> float:
    try:
        return correlation(x, y)
    except StatisticsError:  # a constant, or fewer than two rows
        return 0.0
