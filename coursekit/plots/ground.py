"""The heights of a landscape as cells: drawn once for a size, then laid under every path.

>>> bowl = Surface((-1.0, 0.0, 1.0), (-1.0, 0.0, 1.0), ((2.0, 1.0, 2.0), (1.0, 0.0, 1.0), (2.0, 1.0, 2.0)))
>>> for row in ground_of(bowl, 16, 7, is_plain=True).rows:
...     print("".join(piece.text for piece in row).rstrip())
 1 ┤███▓▓▒▒▓▓███
   │▓▓▒▒░░░░▒▒▓▓
 0 ┤▒▒░░    ░░▒▒
   │▓▓▒▒░░░░▒▒▓▓
-1 ┤███▓▓▒▒▓▓███
   └┬─────┬────┬
   -1     0    1
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite, nan
from typing import NamedTuple, TypeAlias, final

from coursekit.plots.axis import Scale, scale_of
from coursekit.plots.frame import below, side
from coursekit.plots.layout import Layout, layout, value_ticks
from coursekit.plots.plot import Span, Style, fitted

LEVELS = 8
TEXTURES = " ░▒▓█"  # from low to high, where there are no colours
NOWHERE = "╱"  # where the loss is nan or infinite


@final
class Piece(NamedTuple):
    """Neighbouring cells of one row in the same colours.

    `ink` is what the signs are drawn in: a style, or the level of a height, 0 being the lowest. `back` is the level
    of the height behind them; None is the terminal's own background.
    """

    text: str
    ink: Style | int
    back: int | None


Rows: TypeAlias = tuple[tuple[Piece, ...], ...]
Levels: TypeAlias = list[list[int | None]]


@final
@dataclass(frozen=True, slots=True)
class Surface:
    """Losses on a grid, as `Landscape.to_json` has them: a row for each of `second`, None where there is no loss.

    The values along both axes ascend evenly.
    """

    first: Sequence[float]
    second: Sequence[float]
    losses: Sequence[Sequence[float | None]]


@final
@dataclass(frozen=True, slots=True)
class Ground:
    """What `landscape` draws upon: the cells of the drawing one by one, what stands around them, and both axes."""

    width: int
    parts: Layout
    across: Scale
    up: Scale
    edges: tuple[float, ...]  # the losses between the levels, ascending
    reach: tuple[float, float]  # the lowest and the highest loss; nan without any
    is_plain: bool
    left: Rows
    cells: Rows  # of the drawing, one sign each
    behind: Levels  # the level that a sign in front of a cell has behind it
    below: Rows

    @property
    def rows(self) -> Rows:
        """Draw the ground alone."""
        return *(self.row(at, self.cells[at]) for at in range(self.parts.down)), *self.below

    def row(self, at: int, cells: Sequence[Piece]) -> tuple[Piece, ...]:
        """Put one row of the drawing behind its label."""
        return cut((*self.left[at], *joined(cells)), self.width)


def ground_of(
    surface: Surface, width: int, height: int, *, is_plain: bool = False, names: tuple[str, str] = ("", "")
) -> Ground:
    """Prepare a picture of exactly `width` x `height` cells: two heights in each, or one as a texture if `is_plain`.

    Each level takes the same number of the grid's losses, so that a valley shows however steep its walls are. `names`
    are those of the lower and the left axis, written where there is room.
    """
    across, up = (scale_of([value for value in axis if isfinite(value)], is_log=False) for axis in _axes(surface))
    parts = layout(width, height, up, None)
    known = sorted(loss for row in surface.losses for loss in row if loss is not None and isfinite(loss))
    edges = _edges(known, len(TEXTURES) if is_plain else LEVELS)
    levels = _levels(surface, parts.across, parts.down * (1 if is_plain else 2), edges)
    cells, behind = _textured(levels) if is_plain else _halved(levels)
    left, under = _left(parts, names[1]), _below(parts, across, names[0], width)
    reach = (known[0], known[-1]) if known else (nan, nan)
    return Ground(width, parts, across, up, edges, reach, is_plain, left, cells, behind, under)


def joined(cells: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join neighbours of the same colours.

    >>> joined((Piece("a", "path", 1), Piece("b", "path", 1), Piece("c", "path", None)))
    (Piece(text='ab', ink='path', back=1), Piece(text='c', ink='path', back=None))
    """
    groups = groupby(cells, key=_colours)
    return tuple(Piece("".join(text for text, _, _ in group), *colours) for colours, group in groups)


def cut(row: Iterable[Piece], width: int) -> tuple[Piece, ...]:
    """Leave out what has no room; only a picture narrower than its axis is cut."""
    room, kept = width, list[Piece]()
    for text, ink, back in row:
        if text[: max(0, room)]:
            kept.append(Piece(text[:room], ink, back))
        room -= len(text)
    return tuple(kept)


def _axes(surface: Surface) -> tuple[Sequence[float], Sequence[float]]:
    return surface.first, surface.second


def _edges(known: Sequence[float], count: int) -> tuple[float, ...]:
    """Part ascending losses into `count` shares; equal losses, as of a plateau, count once."""
    distinct = list(known[:1])
    for loss in known:
        if loss - distinct[-1] > 1e-9 * max(abs(loss), abs(distinct[-1])):
            distinct.append(loss)
    if len(distinct) < 2:
        return ()
    places = ((len(distinct) - 1) * share / count for share in range(1, count))
    return tuple(_between(distinct[int(place)], distinct[int(place) + 1], place - int(place)) for place in places)


def _between(a: float, b: float, part: float) -> float:
    return a * (1 - part) + b * part


def _levels(surface: Surface, across: int, down: int, edges: Sequence[float]) -> Levels:
    """Sample the grid between its points, from the top row down; None where there is no loss."""
    losses = [[nan if loss is None else loss for loss in row] for row in reversed(surface.losses)]
    if not losses or not losses[0]:
        return [[None] * across for _ in range(down)]
    columns, rows = _shares(len(losses[0]), across), _shares(len(losses), down)
    used = {at for top, bottom, _ in rows for at in (top, bottom)}
    wide = {at: [losses[at][i] * (1 - part) + losses[at][j] * part for i, j, part in columns] for at in used}
    lines = ([a * (1 - part) + b * part for a, b in zip(wide[i], wide[j], strict=True)] for i, j, part in rows)
    return [[bisect_right(edges, loss) if isfinite(loss) else None for loss in line] for line in lines]


def _shares(known: int, wanted: int) -> list[tuple[int, int, float]]:
    """Place `wanted` samples among `known` grid points: between which two each lies, and how near the second."""
    places = [(known - 1) * at / max(1, wanted - 1) for at in range(wanted)]
    return [(int(place), int(place) + (place > int(place)), place - int(place)) for place in places]


def _halved(levels: Levels) -> tuple[Rows, Levels]:
    """Make a cell of two heights, one above the other."""
    pairs = [tuple(zip(upper, lower, strict=True)) for upper, lower in zip(levels[::2], levels[1::2], strict=True)]
    cells = tuple(tuple(_half(upper, lower) for upper, lower in row) for row in pairs)
    return cells, [[None if a is None or b is None else (a + b) // 2 for a, b in row] for row in pairs]


def _half(upper: int | None, lower: int | None) -> Piece:
    if upper is None or lower is None:
        return Piece(NOWHERE, "axis", None)
    return Piece(" ", "", lower) if upper == lower else Piece("▀", upper, lower)


def _textured(levels: Levels) -> tuple[Rows, Levels]:
    """Make a cell of one height, told by its texture."""
    signs = ([NOWHERE if level is None else TEXTURES[level] for level in row] for row in levels)
    cells = tuple(tuple(Piece(sign, "axis", None) for sign in row) for row in signs)
    return cells, [[None] * len(row) for row in levels]


def _left(parts: Layout, name: str) -> tuple[tuple[Piece, ...], ...]:
    """Draw what stands at the left of each row; the name of the axis stands in the first row without a label."""
    free = next((row for row in range(1, parts.down) if row not in parts.labels), None)
    is_named = name and len(name) + 2 <= parts.left
    words = [side(parts, row) for row in range(parts.down)]
    if free is not None and is_named:
        words[free] = (Span(f"{name} ".rjust(parts.left - 1), "axis"), words[free][1])
    return tuple(tuple(Piece(text, style, None) for text, style in row) for row in words)


def _below(parts: Layout, across: Scale, name: str, width: int) -> Rows:
    """Draw the lower axis, its name at its end where no tick is."""
    rows = below(parts, value_ticks(across, parts.across))
    tail = f" {name}"
    if name and rows and rows[0][0].text.endswith("─" * (len(tail) + 1)):
        rows[0] = [Span(rows[0][0].text[: -len(tail)] + tail, "axis")]
    return tuple(tuple(Piece(text, style, None) for text, style in fitted(row, width)) for row in rows)


def _colours(piece: Piece) -> tuple[Style | int, int | None]:
    return piece.ink, piece.back
