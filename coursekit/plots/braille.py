"""Thin lines of Braille dots: two dots across and four down in each cell.

>>> print("".join(chr(BLANK + bits) for bits in strokes([(0, 0, 3), (1, 3, 3), (2, 2, 3)]).values()))
⣇⡄
"""

from collections.abc import Iterable

BLANK = 0x2800

_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # left and right dots, from the top down
# _MASKS[side][top][bottom]: all dots of one side from `top` to `bottom`
_MASKS = tuple(tuple(tuple(sum(side[top : bottom + 1]) for bottom in range(4)) for top in range(4)) for side in _BITS)


def dots(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Set single dots, each (column, row) in dots; give the bits of each cell (row, column)."""
    cells: dict[tuple[int, int], int] = {}
    for x, y in places:
        cell = y >> 2, x >> 1
        cells[cell] = cells.get(cell, 0) | _BITS[x & 1][y & 3]
    return cells


def strokes(columns: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """Draw upright strokes, each (column, top, bottom) in dots; give the bits of each cell (row, column)."""
    cells: dict[tuple[int, int], int] = {}
    for column, top, bottom in columns:
        across, masks = column >> 1, _MASKS[column & 1]
        first, last = top >> 2, bottom >> 2
        for row in range(first, last + 1):
            mask = masks[top & 3 if row == first else 0][bottom & 3 if row == last else 3]
            cells[row, across] = cells.get((row, across), 0) | mask
    return cells
