"""The values that may go to a strange source and come back, as JSON and raw little-endian buffers.

>>> body = Body(64)
>>> encode((1, [0.5, None], np.array(2.0)), body)
{'tuple': [1, {'list': [0.5, None]}, {'array': ['float64', []]}]}
>>> decode({'tuple': [1, {'list': [0.5, None]}, {'array': ['float64', []]}]}, Buffers(bytes(body)))
(1, [0.5, None], array(2.))

A child says what it likes: so `decode` checks everything, computes every size before NumPy sees it, and makes plain
lists, tuples, dictionaries and arrays, never an object with a mind of its own.
"""

import math
from typing import Any, TypeAlias, cast, final

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]  # Any: the dtype is checked when it runs
Value: TypeAlias = "bool | int | float | str | Array | tuple[Value, ...] | list[Value] | dict[str, Value] | None"
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_WHOLE = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
DTYPES = ("bool", *_WHOLE, "float16", "float32", "float64")
_DEEPEST = 32
_DIMENSIONS = 32
_LONGEST_INTEGER = 4096  # bits: Python reads no more than 4,300 digits


class ValueRefusedError(ValueError):
    """A value cannot be sent, or what came is no value: the message says which."""


@final
class Body:
    """The raw bytes of arrays on their way: at most `room`."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._buffers: list[bytes] = []

    def add(self, array: Array) -> None:
        """Add an array's bytes. Raises ValueRefusedError when there is no room left."""
        self._room -= array.nbytes  # known before a copy is made: a huge array may have few bytes of its own
        if self._room < 0:
            raise ValueRefusedError("it has more bytes than can be sent at once")
        self._buffers.append(array.tobytes())

    def __bytes__(self) -> bytes:
        return b"".join(self._buffers)


@final
class Buffers:
    """The raw bytes behind a header, taken from the front; all have to be taken."""

    def __init__(self, body: bytes | bytearray) -> None:
        self._rest = memoryview(body)

    def take(self, size: int) -> memoryview:
        """Take the next bytes. Raises ValueRefusedError when there are not so many."""
        if size > len(self._rest):
            raise ValueRefusedError("an array has fewer bytes than its shape needs")
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def finish(self) -> None:
        """Raise ValueRefusedError when bytes are left over."""
        if len(self._rest):
            raise ValueRefusedError("bytes are left over behind the arrays")


def encode(value: object, body: Body, depth: int = 0) -> Json:
    """Return the value as JSON, its arrays' bytes added to `body`. Raises ValueRefusedError.

    NumPy's scalars become arrays without dimensions, subclasses what they derive from.
    """
    if depth > _DEEPEST:
        raise ValueRefusedError(f"a value is nested more than {_DEEPEST} deep")
    match value:
        case None | bool():
            return value
        case np.ndarray() | np.generic():
            return _encode_array(value, body)
        case int():
            return _whole(int(value))
        case float():
            return float(value)
        case str():
            return _text(str(value))
        case list() | tuple():
            items = [encode(item, body, depth + 1) for item in cast(list[object], value)]
            return {"list" if isinstance(value, list) else "tuple": items}
        case dict():
            pairs = cast(dict[object, object], value).items()
            return {"dict": [_encode_pair(pair, body, depth) for pair in pairs]}
        case _:
            raise ValueRefusedError(f"a {type(value).__name__} cannot be sent; {_CAN_BE}")


_CAN_BE = "what can: None, bool, int, float, str, arrays of numbers, and lists, tuples and dictionaries of these"


def decode(tree: Json, buffers: Buffers, depth: int = 0) -> Value:
    """Return the value that a tree of JSON and its buffers tell. Raises ValueRefusedError."""
    if depth > _DEEPEST:
        raise ValueRefusedError(f"a value is nested more than {_DEEPEST} deep")
    match tree:
        case None | bool() | float():
            return tree
        case int():
            return _whole(tree)
        case str():
            return _text(tree)
        case {"list": list(items), **rest} if not rest:
            return [decode(item, buffers, depth + 1) for item in items]
        case {"tuple": list(items), **rest} if not rest:
            return tuple(decode(item, buffers, depth + 1) for item in items)
        case {"dict": list(pairs), **rest} if not rest:
            return _decode_pairs(pairs, buffers, depth)
        case {"array": [str(dtype), list(shape)], **rest} if not rest:
            return _decode_array(dtype, shape, buffers)
        case _:
            raise ValueRefusedError("something is no value")


def _encode_pair(pair: tuple[object, object], body: Body, depth: int) -> Json:
    key, value = pair
    if not isinstance(key, str):
        raise ValueRefusedError(f"a dictionary has a {type(key).__name__} as its key; only str can be sent")
    return [_text(str(key)), encode(value, body, depth + 1)]


def _encode_array(value: Any, body: Body) -> Json:  # Any: array or scalar
    array = np.asarray(value)
    dtype = array.dtype
    if dtype.name not in DTYPES or not dtype.isnative:
        raise ValueRefusedError(f"an array of {dtype} cannot be sent; what can: {', '.join(DTYPES)}")
    if array.ndim > _DIMENSIONS:
        raise ValueRefusedError(f"an array has more than {_DIMENSIONS} dimensions")
    body.add(array.astype(dtype.newbyteorder("<"), copy=False))
    return {"array": [dtype.name, list(array.shape)]}


def _decode_pairs(pairs: list[Json], buffers: Buffers, depth: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for pair in pairs:
        match pair:
            case [str(key), tree] if key not in found:
                found[_text(key)] = decode(tree, buffers, depth + 1)
            case _:
                raise ValueRefusedError("a dictionary has something that is no pair, or a key twice")
    return found


def _decode_array(name: str, shape: list[Json], buffers: Buffers) -> Array:
    sizes = _shape(shape)
    if name not in DTYPES:
        raise ValueRefusedError("an array is of a type that is never sent")
    dtype = np.dtype(name).newbyteorder("<")
    raw = buffers.take(math.prod(sizes) * dtype.itemsize)
    if name == "bool" and np.any(np.frombuffer(raw, dtype=np.uint8) > 1):
        raise ValueRefusedError("an array of bool has a byte that is neither 0 nor 1")
    return np.frombuffer(raw, dtype=dtype).reshape(sizes).astype(name)  # a copy, in this machine's own order


def _shape(shape: list[Json]) -> tuple[int, ...]:
    sizes = tuple(size for size in shape if type(size) is int and 0 <= size < 1 << 40)
    if len(sizes) != len(shape) or len(sizes) > _DIMENSIONS:
        raise ValueRefusedError("an array's shape is no shape")
    if math.prod(size for size in sizes if size) >= 1 << 48:  # NumPy wants it of an empty array too
        raise ValueRefusedError("an array's shape is too large")
    return sizes


def _whole(value: int) -> int:
    if value.bit_length() > _LONGEST_INTEGER:
        raise ValueRefusedError(f"an integer has more than {_LONGEST_INTEGER} bits")
    return value


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueRefusedError("a text has half of a character, which no file can hold") from None
    return value
