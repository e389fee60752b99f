from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.bar import bar, dots


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [
        (0, "    "),
        (1, "████"),
        (0.5, "██  "),
        (1 / 32, "▏   "),
        (0.001, "▏   "),
        (0.999, "███▉"),
        (nan, "    "),
        (7, "████"),
    ],
)
def test_bar_shows_eighths(fraction: float, shown: str):
    assert bar(fraction, 4) == shown


@given(st.floats(), st.integers(0, 100))
def test_bar_has_its_width(fraction: float, width: int):
    assert len(bar(fraction, width)) == width


def test_dots_keep_the_order():
    assert dots(("mastered", "learning", "new")) == "●◐○"
