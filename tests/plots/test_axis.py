import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.axis import Scale, label, scale_of, step_label

FINITE = st.floats(allow_nan=False, allow_infinity=False)


LABELS = {
    2.3: "2.3",
    0.15: "0.15",
    1e-6: "1e-6",
    10_000: "10k",
    12_500: "12.5k",
    400: "400",
    0: "0",
    2.5e-4: "2.5e-4",
    1e6: "1e6",
    -0.5: "-0.5",
    1437: "1437",
    0.001: "0.001",
    1e300: "1e300",
}


@pytest.mark.parametrize(("value", "shown"), LABELS.items())
def test_labels_are_short(value: float, shown: str):
    assert label(value) == shown


def test_labels_of_close_ticks_differ():
    scale = Scale(2.301, 2.319)

    ticks = scale.ticks(4)

    assert [label(tick, ticks[1] - ticks[0]) for tick in ticks] == ["2.305", "2.310", "2.315"]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (1e-6, 1.0, (1e-6, 1e-4, 1e-2, 1.0)),
        (0.08, 2.3, (0.1, 0.2, 0.5, 1.0, 2.0)),
        (0.3, 0.4, (0.3, 0.32, 0.34, 0.36, 0.38, 0.4)),
    ],
)
def test_log_ticks_are_round(low: float, high: float, ticks: tuple[float, ...]):
    assert Scale(low, high, is_log=True).ticks(5) == pytest.approx(ticks)


@given(st.lists(FINITE), st.booleans(), st.integers(1, 20))
def test_ticks_lie_in_the_range_and_are_few(values: list[float], is_log: bool, most: int):
    scale = scale_of(values, is_log=is_log)

    ticks = scale.ticks(most)

    assert len(ticks) <= most + 1
    assert all(0 <= scale.position(tick) <= 1 for tick in ticks)
    assert scale.low < scale.high


@given(st.lists(FINITE, min_size=1), st.booleans(), st.integers(1, 50))
def test_every_value_has_a_row(values: list[float], is_log: bool, rows: int):
    row = scale_of(values, is_log=is_log).rows(rows)

    assert all(0 <= row(value) < rows for value in values)


@pytest.mark.parametrize(("step", "shown"), [(352, "352"), (352.0, "352"), (0.5, "0.5"), (20_000, "20000")])
def test_steps_are_written_in_full(step: float, shown: str):
    assert step_label(step) == shown
