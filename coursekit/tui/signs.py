"""Signs for a terminal that has few: each gives way to one like it, of the same width.

The console of Linux draws what its fonts have, which is about code page 437; others may know ASCII alone.

>>> plain_text("✓ right · step ⣷ 3 ▸ η ≤ 1", "ascii"), plain_text("█ ○ ≤ 1", "cp437")
('+ right . step # 3 > ? <=1', '█ o ≤ 1')
"""

from functools import lru_cache
from typing import final
from unicodedata import normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_ALIKE = {
    "+": "✓┼┬┴└┘┌┐╭╮╰╯├┤",
    "x": "✗×",
    "~": "≈∼",
    "o": "○◐◦□",
    "*": "●★∗⋆",
    "@": "◉◷",
    "!": "⚑",
    ">": "▸▶›→⇒↦",
    "v": "▾▼↓",
    "<": "◂◀‹←⇐",
    "^": "▵▲△↑▀",
    ".": "·•∙⋅…▁▂░",
    "-": "–—―‐‑−─╌╴╶",
    "/": "÷⁄∕",
    "|": "│‖▌▐▍▎▏",
    "#": "█▉▊▋▓▆▇▄▅",
    ":": "▃▒",
    '"': "“”„",
    "'": "‘’′",
}
_SIGNS = {sign: plain for plain, signs in _ALIKE.items() for sign in signs}
_BRAILLE, _DENSITY = range(0x2800, 0x2900), " ..:::###"  # by how many of the eight dots there are


@final
class PlainSigns(LineFilter):
    """Draws all lines with the signs of an encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Put plain signs for those that are not there."""
        del background
        return [Segment(plain_text(text, self.encoding), style, control) for text, style, control in segments]


def plain_text(text: str, encoding: str) -> str:
    """Return a text in which each sign that an encoding has not gives way to one that it has."""
    if text.isascii():
        return text
    return "".join(_plain(sign, encoding) for sign in _spelled(text, encoding))


def _spelled(text: str, encoding: str) -> str:
    """Write the bound of a goal with two signs, since no single one says it."""
    for sign, spelled in (("≤", "<="), ("≥", ">=")):
        if _plain(sign, encoding) != sign:
            text = text.replace(f"{sign} ", spelled)
    return text


@lru_cache(4096)
def _plain(sign: str, encoding: str) -> str:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return (_sign(sign) * cell_len(sign))[: cell_len(sign)]
    return sign


def _sign(sign: str) -> str:
    if ord(sign) in _BRAILLE:
        return _DENSITY[(ord(sign) - _BRAILLE.start).bit_count()]
    letters = normalize("NFKD", sign)  # of a power, a mathematical letter, a letter with an accent
    return _SIGNS.get(sign) or (letters[0] if letters[0].isascii() else "?")
