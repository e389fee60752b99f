from math import exp, inf, nan
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.plots.curve import curve
from coursekit.plots.plot import Plot, Series, as_text

HERE = Path(__file__).parent
TRAINING = tuple((step, 2.3 * exp(-step / 60) + 0.08 + 0.05 * (step * 7919 % 13) / 13) for step in range(1, 401))
VALIDATION = tuple((step, 2.3 * exp(-step / 60) + 0.12) for step in range(10, 401, 10))
DIVERGING = tuple((step, 0.5 * 1.2**step if step < 30 else nan) for step in range(60))
RUNS = ("run1", "run2", "run3", "run4")
EARLIER = tuple(
    Series(name, tuple((step, 2.3 * exp(-step / rate) + 0.12) for step in range(10, 401, 10)))
    for name, rate in zip(RUNS, (30, 90, 150, 400), strict=True)
)
STYLES = {"", "axis", "training", "validation", "target", "ghost", "noise", "present", *RUNS}

PLOTS = {
    "linear": curve((Series("training", TRAINING), Series("validation", VALIDATION)), 60, 14, target=0.15),
    "log": curve(
        (Series("training", TRAINING), Series("validation", VALIDATION)),
        60,
        14,
        log=True,
        target=0.15,
        x_max=500,
    ),
    "diverging": curve((Series("training", DIVERGING), Series("ghost", ((0, 1), (59, 1)))), 50, 10, x_max=59),
    "runs": curve((Series("training", TRAINING), Series("validation", VALIDATION), *EARLIER), 60, 14),
    "smooth": curve((Series("training", TRAINING),), 60, 14, log=True, smooth=True, present=300),
}


@pytest.mark.parametrize("name", PLOTS)
def test_plot_looks_as_it_did(name: str):
    golden = HERE / "golden" / f"{name}.txt"

    picture = as_text(PLOTS[name]) + "\n"

    assert picture == golden.read_text(encoding="utf-8")


def size(plot: Plot) -> set[int]:
    return {sum(len(text) for text, _ in row) for row in plot.rows}


values = st.one_of(st.floats(), st.floats(0, 3), st.just(nan), st.just(-inf))
points = st.lists(st.tuples(st.one_of(st.floats(), st.integers(-5, 50)), values), max_size=40).map(tuple)
lines = st.lists(st.builds(Series, st.sampled_from(["training", "validation", "ghost", *RUNS]), points), max_size=6)


@settings(deadline=None, max_examples=500)
@given(
    lines,
    st.integers(0, 120),
    st.integers(0, 30),
    st.booleans(),
    st.one_of(st.none(), values),
    st.one_of(st.none(), st.integers(0, 60)),
    st.booleans(),
    st.one_of(st.none(), values),
)
def test_every_plot_has_its_size(
    series: list[Series],
    width: int,
    height: int,
    log: bool,
    target: float | None,
    x_max: int | None,
    smooth: bool,
    present: float | None,
):
    plot = curve(series, width, height, log=log, target=target, x_max=x_max, smooth=smooth, present=present)

    assert len(plot.rows) == height
    assert size(plot) <= {width}
    assert {style for row in plot.rows for _, style in row} <= STYLES


def test_no_series_gives_axes_only():
    plot = curve((), 40, 8)

    assert {style for row in plot.rows for _, style in row} <= {"", "axis"}
    assert "┤" in as_text(plot)


def test_small_plot_still_shows_the_curve():
    plot = curve((Series("training", TRAINING),), 20, 4)

    assert any(style == "training" for row in plot.rows for _, style in row)


def test_value_that_is_not_a_number_is_marked_once_at_the_top():
    plot = curve((Series("training", ((1, 1.0), (2, nan), (3, inf), (4, 2.0))),), 40, 8)

    assert as_text(plot).count("↑") == 1
    assert "↑" in "".join(text for text, _ in plot.rows[0])


def test_values_below_zero_lie_on_the_bottom_edge_of_a_log_scale():
    plot = curve((Series("validation", ((0, 1.0), (5, 0.1), (10, -1.0))),), 40, 8, log=True)

    bottom = "".join(text for text, _ in plot.rows[5])
    assert bottom.rstrip().endswith("•")


def test_noise_is_as_high_as_it_was():
    noisy = tuple((step, float(step % 2)) for step in range(2000))

    plot = curve((Series("training", noisy),), 60, 14)

    drawn = [style for row in plot.rows for _, style in row if style == "training"]
    assert len(drawn) == 12


def test_target_is_named_where_there_is_room():
    wide = as_text(curve((Series("training", TRAINING),), 60, 14, target=0.15))
    narrow = as_text(curve((Series("training", TRAINING),), 30, 14, target=0.15))

    assert "0.15 ┼╌" in wide
    assert " target" in wide
    assert "0.15 ┼╌" in narrow
    assert "target" not in narrow


def test_lines_are_told_apart_without_colour():
    text = as_text(PLOTS["linear"])

    assert "•" in text
    assert any("\u2800" < sign <= "\u28ff" for sign in text)


def test_earlier_runs_have_marks_of_their_own_and_few_of_them():
    text = as_text(PLOTS["runs"])

    assert all(0 < text.count(mark) <= 60 / 4 for mark in "+×∘▵")


def test_earlier_run_of_one_point_is_seen():
    plot = curve((Series("run1", ((7, 0.5),)), Series("training", ((1, 1.0), (20, 0.1)))), 40, 8)

    assert "+" in as_text(plot)


def test_noise_stays_behind_the_smoothed_line():
    noisy = tuple((step, 1.0 + step % 2) for step in range(2000))

    plot = curve((Series("training", noisy),), 60, 14, smooth=True)

    rows = ["".join(text for text, style in row if style == "noise") for row in plot.rows]
    lines = ["".join(text for text, style in row if style == "training") for row in plot.rows]
    assert sum("░" in row for row in rows) >= 10
    assert 1 <= sum(line != "" for line in lines) <= 2


def test_present_step_is_an_upright_line():
    plot = curve((Series("training", TRAINING),), 60, 14, present=200)

    marks = [(row, at) for row in plot.rows for at, (_, style) in enumerate(row) if style == "present"]
    assert len({sum(len(text) for text, _ in row[:at]) for row, at in marks}) == 1
    assert len(marks) >= 8
