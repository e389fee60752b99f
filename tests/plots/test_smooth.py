from math import inf, isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.smooth import smoothed, thinned

values = st.one_of(st.floats(-1e300, 1e300), st.sampled_from([nan, inf, -inf]))
points = st.lists(st.tuples(st.integers(0, 3000), values), max_size=120).map(tuple)


@pytest.mark.parametrize("steps", [100, 5000])
def test_line_does_not_lag_behind_a_fall(steps: int):
    falling = [(step, float(steps - step)) for step in range(steps)]

    calm = smoothed(falling)

    inner = calm[len(calm) // 5 : -len(calm) // 5]
    assert [y for _, y in inner] == pytest.approx([steps - x for x, _ in inner], abs=0.01 * steps)


def test_noise_becomes_a_tenth():
    noisy = [(step, 1.0 + step % 2) for step in range(1000)]

    calm = [y for _, y in smoothed(noisy)]

    assert max(calm[50:-50]) - min(calm[50:-50]) < 0.1


def test_few_points_stay_as_they_are():
    assert smoothed([(1, 2.0), (2, 9.0)]) == ((1, 2.0), (2, 9.0))


def test_mean_begins_anew_after_a_gap():
    broken = [(step, 1.0 if step < 100 else nan if step < 110 else 5.0) for step in range(200)]

    calm = dict(smoothed(broken))

    assert calm[99] == pytest.approx(1.0)
    assert not isfinite(calm[105])
    assert calm[110] == pytest.approx(5.0)


@given(points)
def test_smoothing_keeps_steps_and_gaps(points: tuple[tuple[float, float], ...]):
    calm = smoothed(points)

    assert [x for x, _ in calm] == [x for x, _ in points]
    assert [isfinite(y) for _, y in calm] == [isfinite(y) for _, y in points]


@given(points, st.integers(1, 10))
def test_thinning_keeps_the_extremes(points: tuple[tuple[float, float], ...], columns: int):
    kept = thinned(points, columns)

    was, now = ([y for _, y in some if isfinite(y)] for some in (points, kept))
    assert {repr(point) for point in kept} <= {repr(point) for point in points}
    assert (min(was, default=0), max(was, default=0)) == (min(now, default=0), max(now, default=0))


def test_thinning_leaves_four_points_to_a_column():
    kept = thinned([(step, float(step * 7 % 13)) for step in range(1000)], 50)

    assert len(kept) <= 200
    assert (kept[0][0], kept[-1][0]) == (0, 999)
