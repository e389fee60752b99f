from math import cos, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.captions import of_path, of_quantity, of_runs, of_step

STEPS = range(1, 401)


def test_projection_is_said_to_be_one():
    sentence = of_path((1.7, 3), (0, 0), steps=1, losses=(2.3, 0.1), shown=0.9996)

    assert sentence == (
        "From (1.7, 3) the run went to (0, 0) in 1 step; the loss fell from 2.3 to 0.1. "
        "This is a projection; it shows 99.9 % of the run's movement, in squared distances."
    )


@pytest.mark.parametrize(
    ("losses", "said"),
    [
        ((0.5, 0.5), "the loss stayed at 0.5."),
        ((0.5, 2.0), "the loss rose from 0.5 to 2."),
        ((0.5, inf), "the loss went from 0.5 and is infinite at the end."),
        ((0.5, nan), "the loss went from 0.5 and is not a number at the end."),
    ],
)
def test_every_end_of_a_path_is_said(losses: tuple[float, float], said: str):
    assert of_path((0, 0), (1, 1), steps=9, losses=losses).endswith(said)


def test_step_says_what_is_known():
    assert of_step(1, 9, loss=nan) == "Step 1 of 9: loss not a number."
    assert of_step(1, 9, loss=2, full=0.5) == "Step 1 of 9: loss 2; the full gradient is 0.5 long."
    assert of_step(1, 9, loss=2, batch=1, full=0, angle=nan).endswith("is 1 long, the full one 0.")


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ([], "has no values yet."),
        ([(s, 0.1) for s in STEPS], "stays at 0.1."),
        ([(s, s / 400) for s in STEPS], "rises from 0.0025 to 1."),
        ([(s, (s - 250) ** 2 / 62_001) for s in STEPS], "falls from 1 to 0 by step 250, then rises to 0.363."),
        ([(s, 2 + cos(s / 20)) for s in STEPS], "goes up and down between 1 and 3, and ends at 2.41."),
        ([(s, 3 - s / 200 + 0.3 * (s % 2)) for s in STEPS], "falls from 3.05 to 1.25, jittering from batch to batch."),
        ([(1, 1.0), (2, 0.5), (3, inf)], "falls from 1 to 0.5 and is infinite at step 3."),
        ([(1, nan)], "has no values yet."),
    ],
)
def test_course_of_a_quantity_is_said(points: list[tuple[float, float]], said: str):
    assert of_quantity(points, "rate") == f"The rate {said}"


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((), "No run ended with a validation loss."),
        ((("now", nan),), "No run ended with a validation loss."),
        ((("now", 0.2),), "Lowest validation loss at the end: now with 0.2."),
        (
            (("run 1", nan), ("now", 0.2)),
            "Lowest validation loss at the end: now with 0.2; run 1 not a number.",
        ),
    ],
)
def test_lowest_run_is_named(ends: tuple[tuple[str, float], ...], said: str):
    assert of_runs(ends) == said


@given(st.lists(st.tuples(st.integers(0, 100), st.floats()), max_size=40), st.floats(), st.floats())
def test_any_values_have_words(points: list[tuple[float, float]], a: float, b: float):
    assert of_quantity(points, "rate").endswith(".")
    assert of_path((a, b), (b, a), steps=3, losses=(a, b), shown=a).endswith(".")
    assert of_step(1, 2, loss=a, batch=b, full=a, angle=b).endswith(".")
    assert of_runs([("one", a), ("two", b)]).endswith(".")
