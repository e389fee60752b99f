"""Frames, whole, in pieces and broken on purpose."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.sandbox.replies import read_returned
from coursekit.sandbox.wire import Frame, FrameError, Reader, pack

_HEADERS = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text(), max_size=4)


def read(data, pieces=(1 << 20,), longest=1 << 16):
    """Read one frame from bytes that arrive in pieces; return it and what is left."""
    reader = Reader(longest)
    at = turn = 0
    while reader.wants and at < len(data):
        size = min(reader.wants, pieces[turn % len(pieces)])
        reader.feed(data[at : at + size])
        at, turn = at + size, turn + 1
    return (None if reader.wants else reader.frame()), data[at:]


@given(_HEADERS, st.binary(max_size=300), st.lists(st.integers(1, 40), min_size=1), st.binary(max_size=20))
def test_a_frame_in_any_pieces_is_read_whole_and_no_byte_further(header, body, pieces, behind):
    frame, left = read(pack(header, body) + behind, tuple(pieces))

    assert frame == Frame(header, bytearray(body))
    assert left == behind


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_refused(data):
    try:
        frame, _ = read(data)
    except FrameError:
        return

    assert frame is None or isinstance(frame.header, dict)


@pytest.mark.parametrize(
    ("head", "body"), [(0, 0), (1, 0), ((4 << 20) + 1, 0), (2, 2**32 - 1), (2**32 - 1, 2**32 - 1), (4 << 20, 1 << 24)]
)
def test_lengths_are_checked_before_a_byte_behind_them_is_read(head, body):
    reader = Reader(1 << 16)

    with pytest.raises(FrameError, match="length"):
        reader.feed(struct.pack("<II", head, body))


@pytest.mark.parametrize(
    "header",
    [b"[]", b"{}{}", b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}', b"\xff\xff", b"[" * 100_000, b"9" * 5000, b"{ "],
)
def test_a_header_that_is_no_single_object_is_refused(header):
    with pytest.raises(FrameError):
        read(struct.pack("<II", len(header), 0) + header)


def _good_reply():
    header = {"id": "7", "is": "returned", "value": {"tuple": [{"array": ["float64", [2]]}, 1.5]}, "arguments": None}
    return pack(header, np.array([1.0, 2.0]).tobytes())


@given(st.lists(st.tuples(st.integers(0, 130), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_reply_with_changed_bytes_is_a_plain_value_or_refused(changes):
    data = bytearray(_good_reply())
    for place, byte in changes:
        data[place % len(data)] = byte

    try:
        frame, _ = read(bytes(data))
        value, arguments = read_returned(frame, (3,)) if frame else (None, (3,))
    except FrameError:
        return

    assert arguments == (3,)
    assert type(value) in {tuple, list, dict, float, int, str, bool, np.ndarray, type(None)}


@pytest.mark.parametrize(
    "changes",
    [
        {"more": 1},
        {"is": "passed"},
        {"arguments": []},
        {"arguments": {}},
        {"arguments": [1, 2]},
        {"value": {"array": ["float64", [1]]}},
        {"value": {"array": ["float64", [3]]}},
    ],
)
def test_a_reply_with_other_fields_or_sizes_is_refused(changes):
    good = _good_reply()
    size = struct.unpack_from("<I", good)[0]
    header = json.loads(good[8 : 8 + size]) | changes

    with pytest.raises(FrameError):
        read_returned(Frame(header, bytearray(good[8 + size :])), (3,))
