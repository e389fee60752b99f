"""How well scores agree with a person's grades: correlations and bands over a gold set of graded responses."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation
from typing import final

from coursekit.grading.likeness import Band

_GRADES = (0.25, 0.75)
"""A grade below the first is little evidence, one from the second on most of the points."""


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
    band: Band


@final
@dataclass(frozen=True, slots=True)
class Agreement:
    """How a measure goes with the grades, in [-1, 1]; 0 where it is the same for all."""

    pearson: float
    spearman: float


@final
@dataclass(frozen=True, slots=True)
class Figures:
    """How each measure goes with the grades of `count` responses; `bands` is the share whose band fits the grade."""

    count: int
    words: Agreement
    rubric: Agreement
    raw: Agreement
    length: Agreement
    bands: float


@final
@dataclass(frozen=True, slots=True)
class Marks:
    """Pearson's correlations that another scorer reached, to be compared with."""

    source: str
    count: int
    words: float
    rubric: float
    length: float


EXAM = Marks("a real exam on neural networks", 646, words=0.56, rubric=0.63, length=0.61)
"""`rubric` is for words and rubric groups together, as `raw` is here."""


def figures(rows: Sequence[Scored]) -> Figures:
    """Hold word score, rubric score, their mean, and the length alone against the grades."""
    grades = [row.grade for row in rows]
    return Figures(
        len(rows),
        words=_agreement([row.words for row in rows], grades),
        rubric=_agreement([row.rubric for row in rows], grades),
        raw=_agreement([row.raw for row in rows], grades),
        length=_agreement([row.length for row in rows], grades),
        bands=sum(fits(row.band, row.grade) for row in rows) / len(rows) if rows else 0.0,
    )


def fits(band: Band, grade: float) -> bool:
    """Tell whether a band says of a response what its grade says.

    >>> fits("partial", 0.5), fits("not given", 0.1), fits("most points found", 0.7)
    (True, True, False)
    """
    little, most = _GRADES
    if grade < little:
        return band in ("not given", "little evidence")
    return band == ("partial" if grade < most else "most points found")


def ranks(values: Sequence[float]) -> list[float]:
    """Rank from 1; equal values share the mean of their ranks.

    >>> ranks([0.5, 0.1, 0.5])
    [2.5, 1.0, 2.5]
    """
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), 1):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def _agreement(values: Sequence[float], grades: Sequence[float]) -> Agreement:
    return Agreement(_correlation(values, grades), _correlation(ranks(values), ranks(grades)))


def _correlation(x: Sequence[float], y: Sequence[float]) -> float:
    try:
        return correlation(x, y)
    except StatisticsError:  # a constant, or fewer than two rows
        return 0.0
