import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import rating
from coursekit.rating import QUICK_SECONDS, RATINGS, Rating, rate
from coursekit.study.settings import RATING_HELP


@pytest.mark.parametrize("own", RATINGS)
@pytest.mark.parametrize("mark", [0.0, 0.5, 1.0])
def test_the_learners_own_word_counts_before_all_else(own: Rating, mark: float):
    assert rate(mark, hints=2, seconds=1, confidence="guess", own=own) == own


def test_what_is_no_rating_counts_for_nothing():
    assert rate(1.0, own="splendid") == "good"


def test_a_grade_of_the_lab_is_a_hard_review_unless_the_learner_says_otherwise():
    assert rate(1.0, purpose="lab", confidence="sure", seconds=0) == "hard"
    assert rate(1.0, purpose="lab", own="good") == "good"


@pytest.mark.parametrize(
    ("mark", "hints", "seconds", "confidence", "expected"),
    [
        (0.499, 0, 5, "sure", "again"),
        (0.0, 3, None, None, "again"),
        (0.5, 0, 5, "sure", "hard"),
        (0.999, 0, 5, "sure", "hard"),
        (1.0, 1, 5, "sure", "hard"),
        (1.0, 0, 5, "guess", "hard"),
        (1.0, 0, QUICK_SECONDS, "sure", "easy"),
        (1.0, 0, QUICK_SECONDS + 0.1, "sure", "good"),
        (1.0, 0, None, "sure", "good"),
        (1.0, 0, 5, "think so", "good"),
        (1.0, 0, 5, None, "good"),
    ],
)
def test_each_row_of_the_table(
    mark: float, hints: int, seconds: float | None, confidence: str | None, expected: Rating
):
    assert rate(mark, hints=hints, seconds=seconds, confidence=confidence) == expected


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(0, 4),
    st.none() | st.floats(0, 1e6),
    st.sampled_from([None, "sure", "think so", "guess"]),
)
def test_a_better_mark_is_never_rated_worse(
    one: float, other: float, hints: int, seconds: float | None, confidence: str | None
):
    low, high = (
        RATINGS.index(rate(mark, hints=hints, seconds=seconds, confidence=confidence)) for mark in sorted((one, other))
    )

    assert low <= high


def test_the_table_that_is_shown_has_the_rows_of_the_one_that_is_documented():
    rows = re.findall(r"^\| (.*?) +\| (\w+) +\|$", rating.__doc__ or "", re.MULTILINE)[1:]

    assert [word for _, word in rows] == [word for _, word in RATING_HELP]
    assert [word for _, word in rows[1:]] == ["hard", "again", "hard", "easy", "good"]
    assert get_args(Rating) == RATINGS
