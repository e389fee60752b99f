import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.number import describe_tolerance, format_number, is_close, read_number

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5),
        ("1/2", 0.5),
        ("-1/4", -0.25),
        ("5e-1", 0.5),
        ("50 %", 0.5),
        ("0,5", 0.5),
        ("1 437", 1437),
        ("1_437", 1437),
        ("−3", -3),
        ("1⁄2", 0.5),
        ("2.5 x 10^3", 2500),
        ("2.5×10^-3", 0.0025),
        ("2*10^3", 2000),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value, abs=1e-15)


@pytest.mark.parametrize(
    "text", ["", " ", "a", "nan", "inf", "-", ".", "%", "1/0", "1/", "/2", "1e", "1e999", "1 2a", "--1"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@given(FINITE)
def test_a_number_that_python_writes_is_read_back(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.text(max_size=120) | st.text("0123456789.,eE+-/% x^*", max_size=30))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    value = read_number(text)

    assert value is None or math.isfinite(value)


@given(key=FINITE, absolute=st.floats(0, 1e6), relative=st.floats(0, 0.99))
def test_a_key_is_close_to_itself(key: float, absolute: float, relative: float) -> None:
    assert is_close(key, key, absolute=absolute, relative=relative)


@given(key=st.floats(1e-6, 1e6), relative=st.floats(1e-6, 0.5))
def test_the_edge_is_inside_and_what_lies_beyond_is_outside(key: float, relative: float) -> None:
    for side in (1 + relative, 1 - relative):
        assert is_close(key * side, key, absolute=0, relative=relative)
    for side in (1 + 1.01 * relative, 1 - 1.01 * relative):
        assert not is_close(key * side, key, absolute=0, relative=relative)


@pytest.mark.parametrize(
    ("absolute", "relative", "said"),
    [
        (0, 0, "a number, exact"),
        (0, 0.005, "a number, within 0.5 %"),
        (0.1, 0, "a number, within 0.1"),
        (0.1, 0.01, "a number, within 1 % or 0.1"),
        (1e-6, 0.01, "a number, within 1 %"),
        (1e-6, 0, "a number, within 1e-06"),
    ],
)
def test_a_tolerance_is_said_in_words(absolute: float, relative: float, said: str) -> None:
    assert describe_tolerance(absolute=absolute, relative=relative) == said


@given(FINITE)
def test_a_short_number_is_near_the_long_one(value: float) -> None:
    assert float(format_number(value)) == pytest.approx(value, rel=1e-5)
