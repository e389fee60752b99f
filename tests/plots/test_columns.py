from random import Random

from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.columns import columns, length, one_by_one


@given(st.integers(1, 200), st.floats(0.5, 2000), st.sampled_from([1, 4, 1000]), st.integers(0, 99))
def test_many_ascending_points_are_sorted_as_if_one_by_one(count: int, x_max: float, grain: int, seed: int):
    chance = Random(seed)
    steps = sorted(round(chance.uniform(-5, 1200) * grain) / grain for _ in range(700))
    points = [(step, chance.uniform(-3, 3)) for step in steps]

    assert columns(points, x_max=x_max, count=count) == one_by_one(points, x_max=x_max, count=count)


def test_many_points_that_go_back_or_break_are_sorted_one_by_one():
    back = [(step % 400, float(step)) for step in range(900)]
    broken = [(step, float("nan") if step == 500 else 1.0) for step in range(900)]

    for points in (back, broken):
        assert columns(points, x_max=900, count=50) == one_by_one(points, x_max=900, count=50)


def test_axis_of_steps_has_some_length():
    assert length([[(0, 1.0)]], None) == 1
    assert length([[(0, 1.0), (7, 1.0)], [(float("inf"), 1.0)]], None) == 7
    assert length([], 1e-9) == 1e-6
