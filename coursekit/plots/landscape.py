"""The way of a run through its landscape, in front of the ground.

The way so far is a line, the way ahead is dotted; it starts at ○ and ends at ●, and ◆ is the present point. An arrow
ends in its letter: b is downhill for this batch, f for the full data.

    ground = ground_of(Surface(first, second, losses), 46, 9)  # once for a size
    rows = landscape(ground, path, present=40, arrows=(Arrow("batch", (-0.1, 0.2)), Arrow("full", (-0.2, 0.0))))
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot, isfinite
from typing import Literal, NamedTuple, TypeAlias, final

from coursekit.plots.braille import BLANK, dots
from coursekit.plots.ground import Ground, Piece, Rows
from coursekit.plots.plot import Ink, Sign, Style
from coursekit.plots.route import Dot, Place, dots_between, inside_unit

Side: TypeAlias = Literal["batch", "full"]
Points: TypeAlias = Sequence[tuple[float, float]]

_LONGEST = 3  # the longer arrow takes one third of the shorter side
_SHORTEST = 8  # dots; a shorter arrow would hide behind the present point
_AHEAD = 3  # every third dot of the way ahead


@final
class Arrow(NamedTuple):
    """A direction from the present point in the plane; of two arrows the lengths can be compared."""

    name: Side
    move: tuple[float, float]


def landscape(ground: Ground, path: Points, present: int | None = None, *, arrows: Sequence[Arrow] = ()) -> Rows:
    """Draw a path, from its start to its end, and arrows from its point `present`; None is a run without any.

    A point that is not finite or lies outside breaks the line.
    """
    if not ground.parts.across or not ground.parts.down:
        return ground.rows
    places = [_place(ground, point) for point in path]
    now = None if present is None or not path else min(max(present, 0), len(path) - 1)
    ink = _way(ground, places, now) | _ends(ground, places)
    if now is not None and _is_inside(places[now]):
        ink |= _arrows(ground, places[now], arrows)
    return _laid(ground, ink)


def _place(ground: Ground, point: tuple[float, float]) -> Place:
    """Place a point, from the left and from the top; in [0, 1] if it is inside."""
    across, up = ground.across, ground.up
    return (point[0] - across.low) / (across.high - across.low), 1 - (point[1] - up.low) / (up.high - up.low)


def _is_inside(place: Place) -> bool:
    return 0.0 <= place[0] <= 1.0 and 0.0 <= place[1] <= 1.0


def _dot(ground: Ground, place: Place) -> Dot:
    return round(place[0] * (ground.parts.across * 2 - 1)), round(place[1] * (ground.parts.down * 4 - 1))


def _cell(ground: Ground, place: Place) -> tuple[int, int]:
    x, y = _dot(ground, place)
    return y >> 2, x >> 1


def _way(ground: Ground, places: Sequence[Place], now: int | None) -> Ink:
    turn = len(places) if now is None else now + 1
    ahead = [dot for number, dot in enumerate(_line(ground, places[turn - 1 :])) if number % _AHEAD == 0]
    return _thin(ahead, "ahead") | _thin(_line(ground, places[:turn]), "path")


def _line(ground: Ground, places: Sequence[Place]) -> Iterator[Dot]:
    for start, end in pairwise(places):
        if (part := inside_unit(start, end)) is not None:
            yield from dots_between(_dot(ground, part[0]), _dot(ground, part[1]))


def _thin(line: Iterable[Dot], style: Style) -> Ink:
    return {cell: (chr(BLANK + bits), style) for cell, bits in dots(line).items()}


def _ends(ground: Ground, places: Sequence[Place]) -> Ink:
    signs: tuple[Sign, Sign] = ("○", "start"), ("●", "end")
    ends = zip((places[:1], places[1:][-1:]), signs, strict=True)
    return {_cell(ground, place): sign for found, sign in ends for place in found if _is_inside(place)}


def _arrows(ground: Ground, place: Place, arrows: Sequence[Arrow]) -> Ink:
    """Draw the present point and the arrows from it, each letter in a cell of its own."""
    here = _cell(ground, place)
    present: Sign = ("◆", "present")
    taken: Ink = {here: present}
    lines: Ink = {}
    for name, tip in _tips(ground, place, arrows):
        part = inside_unit(place, tip)
        head = place if part is None else part[1]
        lines |= _thin(dots_between(_dot(ground, place), _dot(ground, head)), name)
        taken |= {_free(ground, _cell(ground, head), taken): (name[0], name)}
    return lines | taken


def _tips(ground: Ground, place: Place, arrows: Sequence[Arrow]) -> list[tuple[Side, Place]]:
    """Say where the arrows end: the longest in a third of the drawing, the others in proportion."""
    across, down = ground.parts.across * 2, ground.parts.down * 4
    spans = ground.across.high - ground.across.low, ground.up.high - ground.up.low
    moves: list[tuple[Side, float, float]] = [
        (name, x / spans[0] * across, -y / spans[1] * down) for name, (x, y) in arrows
    ]
    sizes = [hypot(x, y) for _, x, y in moves]
    longest = max((size for size in sizes if isfinite(size)), default=0.0)
    tips: list[tuple[Side, Place]] = []
    for (name, x, y), size in zip(moves, sizes, strict=True):
        if isfinite(size) and size > 0:
            dots_long = max(_SHORTEST, size / longest * min(across, down) / _LONGEST)
            tips.append((name, (place[0] + x / size * dots_long / across, place[1] + y / size * dots_long / down)))
    return tips


def _free(ground: Ground, cell: tuple[int, int], taken: Ink) -> tuple[int, int]:
    """Find the cell for a letter: its own, or the nearest in its row that no other sign has."""
    row, middle = cell
    return min(
        ((row, at) for at in range(ground.parts.across) if (row, at) not in taken),
        key=lambda found: abs(found[1] - middle),
        default=cell,
    )


def _laid(ground: Ground, ink: Ink) -> Rows:
    """Lay signs in front of the ground, each on the level that is behind it."""
    rows = [list(row) for row in ground.cells]
    for (row, cell), (sign, style) in ink.items():
        rows[row][cell] = Piece(sign, style, ground.behind[row][cell])
    return *(ground.row(at, row) for at, row in enumerate(rows)), *ground.below
