"""Straight lines as dots, cut at the edges of the drawing.

>>> inside_unit((-1.0, 0.5), (1.0, 0.5))
((0.0, 0.5), (1.0, 0.5))
>>> list(dots_between((0, 0), (4, 2)))
[(0, 0), (1, 1), (2, 1), (3, 2), (4, 2)]
"""

from collections.abc import Iterator
from math import isfinite
from typing import TypeAlias

Place: TypeAlias = tuple[float, float]  # in [0, 1] where it is inside of the drawing
Dot: TypeAlias = tuple[int, int]


def inside_unit(start: Place, end: Place) -> tuple[Place, Place] | None:
    """Cut a line to the square [0, 1]^2; None if all of it lies outside.

    Liang & Barsky, A new concept and method for line clipping, 1984, https://doi.org/10.1145/357332.357333.
    """
    if all(0.0 <= value <= 1.0 for value in (*start, *end)):
        return start, end
    moves = end[0] - start[0], end[1] - start[1]
    if not all(map(isfinite, (*start, *end, *moves))):
        return None
    enter, leave = 0.0, 1.0
    for move, at in zip(moves, start, strict=True):
        if move == 0.0:
            if not 0.0 <= at <= 1.0:
                return None
            continue
        near, far = sorted((-at / move, (1.0 - at) / move))
        enter, leave = max(enter, near), min(leave, far)
    if enter > leave:
        return None
    return _along(start, moves, enter), _along(start, moves, leave)


def dots_between(start: Dot, end: Dot) -> Iterator[Dot]:
    """List the dots of a line, both ends included."""
    (x, y), (across, down) = start, (end[0] - start[0], end[1] - start[1])
    count = max(abs(across), abs(down), 1)
    for step in range(count + 1):
        yield x + (2 * across * step + count) // (2 * count), y + (2 * down * step + count) // (2 * count)


def _along(start: Place, moves: Place, part: float) -> Place:
    """Go part of the way; rounding must not leave the square."""
    x, y = (min(1.0, max(0.0, at + move * part)) for at, move in zip(start, moves, strict=True))
    return x, y
