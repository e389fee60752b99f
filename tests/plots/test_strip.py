from math import exp, inf, nan
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.plots.plot import as_text
from coursekit.plots.strip import strip

NORMS = [(step, 3 * exp(-step / 50)) for step in range(400)]
RATES = [(step, 0.1 * min(step / 80, (400 - step) / 320)) for step in range(401)]

values = st.one_of(st.floats(), st.floats(0, 3))


@settings(deadline=None)
@given(
    st.lists(st.tuples(values, values), max_size=20),
    st.integers(0, 80),
    st.text(max_size=12),
    st.one_of(st.none(), st.integers(0, 60)),
    st.one_of(st.none(), st.booleans()),
    st.one_of(st.none(), values),
)
def test_every_strip_has_its_size(points, width: int, name: str, x_max, log, present):
    plot = strip(points, width, name=name, x_max=x_max, log=log, present=present)

    assert [sum(len(span.text) for span in row) for row in plot.rows] == [width]


def test_strips_look_as_they_did():
    golden = Path(__file__).parent / "golden" / "strips.txt"

    plots = [
        strip(NORMS, 60, name="gradient"),
        strip(NORMS, 60, name="gradient", present=200),
        strip(RATES, 60, name="rate    ", log=False),
    ]

    assert "\n".join(map(as_text, plots)) + "\n" == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("points", "is_log"), [(NORMS, True), (RATES[1:], False), ([(1, 0.0), (2, 5.0)], False)])
def test_norms_over_two_decades_are_drawn_in_logarithms(points, is_log: bool):
    assert ("(log)" in as_text(strip(points, 60, name="gradient"))) == is_log


def test_rate_of_zero_has_no_bar_and_a_small_one_has():
    text = as_text(strip([(0, 0.0), (1, 1e-9), (2, 1.0)], 24, name="rate", x_max=2, log=False))

    assert text == "rate      ▁▁▁▁▇ 1"


def test_step_between_points_keeps_the_value():
    text = as_text(strip([(0, 1.0), (9, 1.0)], 60, name="rate", x_max=10))

    assert "▇" * 30 in text


def test_what_is_not_a_number_is_marked():
    text = as_text(strip([(1, 1.0), (2, nan), (3, inf)], 60, name="norm"))

    assert text.count("↑") == 1


def test_present_value_stands_at_the_right():
    text = as_text(strip([(1, 3.0), (2, 2.0), (3, 1.0)], 60, name="norm", present=2))

    assert "2 now" in text
    assert text.count("│") == 1
