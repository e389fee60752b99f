r"""What a child prints, kept within bounds: the first and the last of it.

>>> output = Output(8)
>>> output.add(b"abcdefghijklmno")
>>> output.take()
'abcd\n(7 bytes left out)\nlmno'
"""

from typing import final

from coursekit.clean import clean


@final
class Output:
    """Keeps at most `most` bytes."""

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._begin()

    def add(self, data: bytes) -> None:
        """Add what was printed."""
        room = self._half - len(self._first)
        self._first += data[:room]
        self._last += data[room:]
        if len(self._last) > 2 * self._half:
            self._left_out += len(self._last) - self._half
            del self._last[: -self._half]

    def take(self) -> str:
        """Return what was printed since the last time, safe to show, and begin anew."""
        surplus = max(0, len(self._last) - self._half)
        gap = self._left_out + surplus
        said = f"\n({gap} bytes left out)\n".encode() if gap else b""
        text = bytes(self._first) + said + bytes(self._last[surplus:])
        self._begin()
        return clean(text.decode(errors="replace"))

    def _begin(self) -> None:
        self._first = bytearray()
        self._last = bytearray()
        self._left_out = 0
