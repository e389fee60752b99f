from hypothesis import given
from hypothesis import strategies as st

from coursekit.study.calibration import (
    BEST,
    CERTAINTY,
    Said,
    calibration,
    certainty_points,
    certainty_sentence,
    sentence,
)


def test_the_sentence_says_how_often_each_word_came_true():
    found = calibration([("", 50, 40, 42.0), ("think so", 10, 7, 8.0), ("sure", 100, 81, 85.0)])

    assert sentence(found) == "You said sure: right 81 % of the time (of 100); think so: 70 % (of 10)."


def test_before_a_word_was_said_it_tells_what_to_do():
    assert sentence(calibration([("", 50, 40, 42.0)])).startswith("Say how sure you are before the verdict")


def test_a_verdict_needs_enough_attempts_and_a_clear_distance():
    assert Said("sure", 9, 0, 0).verdict == "too few to tell"
    assert Said("sure", 50, 25, 25).verdict == "said too readily"
    assert Said("sure", 50, 38, 38).verdict == "fits"
    assert Said("guess", 50, 45, 45).verdict == "more is known than was said"


@given(right=st.floats(0, 1))
def test_each_word_pays_best_where_the_table_says(right: float):
    def paid(word: str) -> float:
        return right * certainty_points(word, 1) + (1 - right) * certainty_points(word, 0)

    for word, (low, high) in BEST.items():
        if low < right < high:
            assert paid(word) >= max(map(paid, CERTAINTY)) - 1e-12


def test_certainty_based_marks_are_those_of_the_scheme():
    said = [("sure", 2, 1, 1.0), ("think so", 2, 1, 1.0), ("guess", 2, 1, 1.0), ("", 1, 1, 1.0)]

    assert certainty_sentence(said) == "Certainty-based marks: -1 of 21 in 7 attempts, -0.14 each."
    assert certainty_sentence([]) == "No certainty-based marks yet: nothing was tried."
