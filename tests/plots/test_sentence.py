from math import exp, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.sentence import caption, describe

STEPS = range(1, 401)


def test_first_lowest_and_last_are_named():
    points = ((1, 2.31), (352, 0.081), (400, 0.095))

    sentence = describe(points, "training loss")

    assert sentence == "training loss: 2.31 at step 1, lowest 0.081 at step 352, 0.095 at step 400."


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ((), "loss: no values yet."),
        (((1, 2.0),), "loss: 2 at step 1, lowest 2 at step 1."),
        (((1, nan),), "loss: not a number from step 1 on."),
        (
            ((1, 2.0), (41, nan), (42, nan)),
            "loss: 2 at step 1, lowest 2 at step 1, not a number from step 41 on.",
        ),
        (((1, 2.0), (41, inf)), "loss: 2 at step 1, lowest 2 at step 1, infinite from step 41 on."),
    ],
)
def test_every_end_is_said(points: tuple[tuple[float, float], ...], sentence: str):
    assert describe(points, "loss") == sentence


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ([(s, exp(-s / 20) + 0.1) for s in STEPS], "Falls fast, then levels off."),
        ([(s, exp(-s / 20) + 0.1 + 0.05 * (s % 2)) for s in STEPS], "jittering from batch to batch."),
        ([(s, 2 - s / 400) for s in STEPS], "Falls, and is still falling."),
        ([(s, 1.0) for s in STEPS], "Hardly changes."),
        ([(s, 1 + s / 400) for s in STEPS], "Rises: it ends above where it began."),
        ([(s, (s - 250) ** 2 / 40_000 + 0.1) for s in STEPS], "Falls, then rises again."),
        ([(s, 1.1**s) for s in STEPS], "Diverges: the loss grows without bound."),
        ([(1, 1.0), (2, nan)], "Diverges: the loss grows without bound."),
        ([(1, 1.0)], "Too few points to tell a shape."),
    ],
)
def test_caption_says_the_shape(points: list[tuple[float, float]], said: str):
    assert caption(points).endswith(said)


@given(st.lists(st.tuples(st.integers(0, 100), st.floats()), max_size=30))
def test_any_points_have_words(points: list[tuple[float, float]]):
    assert describe(points, "loss").endswith(".")
    assert caption(points).endswith(".")
