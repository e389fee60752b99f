"""Values that go to a strange source and come back."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coursekit.sandbox.values import DTYPES, Body, Buffers, ValueRefusedError, decode, encode

_ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**200), 2**200) | st.floats() | st.text() | _ARRAYS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def there_and_back(value: object) -> Any:
    body = Body(1 << 20)
    tree = encode(value, body)
    buffers = Buffers(bytes(body))
    came = decode(tree, buffers)
    buffers.finish()
    return came


def are_same(a, b):
    if isinstance(a, np.ndarray):
        same = type(b) is np.ndarray and a.dtype == b.dtype and a.shape == b.shape
        return same and a.tobytes() == b.tobytes()
    if type(a) is not type(b):
        return False
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(are_same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(are_same(a[key], b[key]) for key in a)
    return a == b or (a != a and b != b)


@given(_VALUES)
def test_what_is_sent_comes_back_with_its_types_shapes_and_bits(value):
    came = there_and_back(value)

    assert are_same(value, came)


def test_an_array_without_dimensions_stays_one_and_a_numpy_scalar_becomes_one():
    came = there_and_back([np.array(3.0), np.float32(2.0), np.bool_(True)])

    assert [(array.shape, array.dtype.name) for array in came] == [((), "float64"), ((), "float32"), ((), "bool")]


def test_subclasses_arrive_as_what_they_derive_from():
    class Liar(float):
        def __le__(self, other):
            return True

    class View(np.ndarray):
        def __eq__(self, other):
            return True

        __hash__ = None

    came = there_and_back([Liar(3.0), np.ones(2).view(View), np.ma.masked_array([1.0, 2.0], [True, False])])

    assert [type(value) for value in came] == [float, np.ndarray, np.ndarray]


@pytest.mark.parametrize("dtype", [">f8", ">i4", "O", "M8[s]", "m8[s]", "U3", "S3", "c16", "longdouble", "i4,f4", "V8"])
def test_an_array_of_another_type_is_not_sent(dtype):
    array = np.zeros(2, dtype)

    with pytest.raises(ValueRefusedError, match="cannot be sent"):
        encode(array, Body(1 << 20))


@pytest.mark.parametrize("dtype", [">f8", "<f8", "object", "datetime64[s]", "complex128", "float128", "f8", "", "U3"])
def test_an_array_of_another_type_is_not_received(dtype):
    with pytest.raises(ValueRefusedError):
        decode({"array": [dtype, [1]]}, Buffers(bytes(64)))


@pytest.mark.parametrize(
    "shape",
    [[-1], [True], [1.0], ["1"], [None], [[1]], [1 << 70], [1 << 39, 1 << 39], [0, 1 << 39, 1 << 39], [1] * 33, [3]],
)
def test_a_shape_that_is_none_or_has_not_its_bytes_is_refused_before_numpy_sees_it(shape):
    with pytest.raises(ValueRefusedError):
        decode({"array": ["float64", shape]}, Buffers(bytes(16)))


@pytest.mark.parametrize(
    "tree",
    [
        {},
        [],
        {"list": [], "tuple": []},
        {"list": {}},
        {"set": []},
        {"dict": [["a", 1], ["a", 2]]},
        {"dict": [[1, 1]]},
        {"dict": [["a"]]},
        {"array": ["float64"]},
        {"array": [["float64"], []]},
        "\ud800",
        1 << 5000,
    ],
)
def test_what_is_no_value_is_refused(tree):
    with pytest.raises(ValueRefusedError):
        decode(tree, Buffers(bytes(64)))


def test_a_bool_that_is_neither_is_refused():
    with pytest.raises(ValueRefusedError, match="neither 0 nor 1"):
        decode({"array": ["bool", [2]]}, Buffers(b"\x01\x02"))


def test_nesting_without_end_is_refused():
    endless: list[object] = []
    endless.append(endless)

    with pytest.raises(ValueRefusedError, match="deep"):
        encode(endless, Body(64))


def test_an_array_larger_than_there_is_room_is_refused_without_being_copied():
    huge = np.broadcast_to(0.0, (1 << 40,))

    with pytest.raises(ValueRefusedError, match="more bytes"):
        encode(huge, Body(1 << 20))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(DTYPES),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["list", "tuple", "dict", "array", "x"]), inner, max_size=2)),
       st.binary(max_size=64))  # fmt: skip
def test_any_json_is_a_plain_value_or_refused(tree, body):
    try:
        came = decode(tree, Buffers(body))
    except ValueRefusedError:
        return

    assert are_same(came, there_and_back(came))
