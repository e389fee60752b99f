from typing import get_args

import pytest

from coursekit.grading.figures import Agreement, Scored, figures, fits, ranks
from coursekit.grading.likeness import Band

ROWS = [
    Scored(grade=0.0, words=0.1, rubric=0.0, raw=0.05, length=40, band="not given"),
    Scored(grade=0.5, words=0.2, rubric=1.0, raw=0.60, length=30, band="most points found"),
    Scored(grade=1.0, words=0.9, rubric=1.0, raw=0.95, length=20, band="most points found"),
]


def test_each_measure_is_held_against_the_grades() -> None:
    found = figures(ROWS)

    assert found.count == 3
    assert (found.words.spearman, found.raw.spearman, found.length.spearman) == pytest.approx((1, 1, -1))
    assert found.length.pearson == pytest.approx(-1)
    assert found.words.pearson == pytest.approx(0.9177, abs=1e-4)
    assert found.rubric.spearman == pytest.approx(3**0.5 / 2)


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS[1:2] * 3])
def test_too_few_or_equal_rows_agree_with_nothing(rows: list[Scored]) -> None:
    found = figures(rows)

    assert {found.words, found.rubric, found.raw, found.length} == {Agreement(0, 0)}


def test_the_share_of_bands_that_fit_is_counted() -> None:
    assert figures(ROWS).bands == pytest.approx(2 / 3)
    assert figures([]).bands == 0


@pytest.mark.parametrize(
    ("grade", "bands"),
    [
        (0.0, {"not given", "little evidence"}),
        (0.24, {"not given", "little evidence"}),
        (0.25, {"partial"}),
        (0.74, {"partial"}),
        (0.75, {"most points found"}),
        (1.0, {"most points found"}),
    ],
)
def test_a_grade_has_its_bands(grade: float, bands: set[str]) -> None:
    assert {band for band in get_args(Band) if fits(band, grade)} == bands


def test_equal_values_share_their_rank() -> None:
    assert ranks([3, 1, 3, 3]) == [3, 1, 3, 3]
