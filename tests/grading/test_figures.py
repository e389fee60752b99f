import pytest

from coursekit.grading.figures import Scored, figures, ranks

ROWS = [
    Scored(grade=0.0, words=0.1, rubric=0.0, raw=0.05, length=40),
    Scored(grade=0.5, words=0.2, rubric=1.0, raw=0.60, length=30),
    Scored(grade=1.0, words=0.9, rubric=1.0, raw=0.95, length=20),
]


def test_each_measure_is_held_against_the_grades() -> None:
    words, rubric, raw, length = figures(ROWS)

    assert [each.measure for each in (words, rubric, raw, length)] == ["words", "rubric", "raw", "length"]
    assert (words.spearman, raw.spearman, length.spearman) == pytest.approx((1, 1, -1))
    assert length.pearson == pytest.approx(-1)
    assert words.pearson == pytest.approx(0.9177, abs=1e-4)
    assert rubric.spearman == pytest.approx(3**0.5 / 2)


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS[1:2] * 3])
def test_too_few_or_equal_rows_agree_with_nothing(rows: list[Scored]) -> None:
    assert {(each.pearson, each.spearman) for each in figures(rows)} == {(0, 0)}


def test_equal_values_share_their_rank() -> None:
    assert ranks([3, 1, 3, 3]) == [3, 1, 3, 3]
