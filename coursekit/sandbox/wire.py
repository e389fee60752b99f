r"""Frames between host and child: two lengths (u32, little-endian), a JSON header, raw bytes.

>>> frame = pack({"id": "7", "do": "load"}, b"w = 1")
>>> frame[:8], frame[8:]
(b'\x16\x00\x00\x00\x05\x00\x00\x00', b'{"id":"7","do":"load"}w = 1')

A frame is read in three steps, lengths first, and never a byte further: what comes behind it is nobody's.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

_LENGTHS = struct.Struct("<II")
LONGEST_HEADER = 4 << 20


class FrameError(ValueError):
    """What came is no frame: the message says why."""


@final
@dataclass(frozen=True, slots=True)
class Frame:
    """One whole message."""

    header: dict[str, Any]  # Any: JSON
    body: bytearray


def pack(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Return a message's bytes. Raises FrameError when its header is too long."""
    head = json.dumps(header, separators=(",", ":")).encode()
    if len(head) > LONGEST_HEADER:
        raise FrameError(f"lists and texts of more than {LONGEST_HEADER:,} bytes cannot be sent; arrays can be larger")
    return _LENGTHS.pack(len(head), len(body)) + head + body


def has_exactly(header: Mapping[str, object], **kinds: type | tuple[type, ...]) -> bool:
    """Say whether a header has these keys and no other, each of its kind."""
    return header.keys() == kinds.keys() and all(isinstance(header[key], kind) for key, kind in kinds.items())


@final
class Reader:
    """Puts one frame together from what arrives piece by piece."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._held = bytearray()
        self._lengths: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing has come yet."""
        return not self._held and not self._lengths

    @property
    def wants(self) -> int:
        """How many bytes are still to come, as far as it is known; 0 when the frame is whole."""
        return (sum(self._lengths) if self._lengths else _LENGTHS.size) - len(self._held)

    def feed(self, data: bytes) -> None:
        """Add at most `wants` bytes. Raises FrameError when a length is out of bounds."""
        self._held += data
        if not self._lengths and not self.wants:
            self._lengths = self._checked(_LENGTHS.unpack(self._held))
            self._held.clear()

    def frame(self) -> Frame:
        """Return the whole frame. Raises FrameError."""
        assert self._lengths
        size = self._lengths[0]
        return Frame(_header(bytes(self._held[:size])), self._held[size:])

    def _checked(self, lengths: tuple[int, int]) -> tuple[int, int]:
        head, body = lengths
        if not 2 <= head <= LONGEST_HEADER or head + body > self._longest + LONGEST_HEADER:
            raise FrameError("a message has a length that none may have")
        return head, body


def _header(data: bytes) -> dict[str, Any]:
    try:
        header = json.loads(data.decode(), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise FrameError("a message's header is no JSON") from error
    if not isinstance(header, dict):
        raise FrameError("a message's header is no object")
    return header  # pyright: ignore[reportUnknownVariableType]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise FrameError("a message's header has a key twice")
    return found
