"""The loss along one parameter as a valley, and the ball in it.

>>> from coursekit.plots.plot import as_text
>>> valley = [(x / 20, (x / 20) ** 2) for x in range(-20, 21)]
>>> print(as_text(profile(valley, 34, 8, path=((-0.9, 0.81), (-0.6, 0.36), (0.0, 0.0)), present=1)))
1.0 ┤⠱⡀                          ⡜
    │ ○⢄                       ⢠⠊
0.5 ┤  ⠈⠢⡀                    ⡔⠁
    │    ⠉◆⡀               ⢀⡰⠉
    │      ⠈⠢⢄           ⡠⠔⠁
  0 ┤         ⠉⠢⠤⠤⣀●⣀⠤⠤⠔⠉
    └┬─────────────┬─────────────┬
    -1             0             1
"""

from collections.abc import Iterable, Iterator, Sequence
from math import isfinite

from coursekit.plots.axis import Scale, scale_of
from coursekit.plots.braille import BLANK, strokes
from coursekit.plots.columns import columns, envelope
from coursekit.plots.frame import below, inside, side
from coursekit.plots.landscape import Points, Side
from coursekit.plots.layout import Layout, layout, value_ticks
from coursekit.plots.plot import Ink, Plot, Sign, fitted

_LONGEST = 6  # the longer arrow takes a sixth of the width
_SHORTEST = 2  # cells, head and letter


def profile(
    valley: Points,
    width: int,
    height: int,
    *,
    path: Points = (),
    present: int | None = None,
    arrows: Sequence[tuple[Side, float]] = (),
) -> Plot:
    """Draw a valley of points (value, loss), values ascending, into exactly `width` x `height` cells.

    The path is one of points (value, loss) as well: ○ its start, ● its end, • where it was, · where it will be. The
    ball ◆ is its point `present`; arrows (name, move) lead from it along the axis, `batch` one row above `full`.
    """
    across = scale_of([value for value, _ in valley if isfinite(value)], is_log=False)
    up = scale_of([loss for _, loss in valley if isfinite(loss)], is_log=False)
    parts = layout(width, height, up, None)
    ink: Ink = {}
    if parts.across and parts.down:
        ink = _line(valley, parts, across, up) | _way([_cell(point, parts, across, up) for point in path], present)
        ink |= _ball(path, parts, across, up, present, arrows)
    rows = [[*side(parts, row), *inside(ink, row, parts.across)] for row in range(parts.down)]
    return Plot(tuple(fitted(row, width) for row in (*rows, *below(parts, value_ticks(across, parts.across)))))


def _line(valley: Points, parts: Layout, across: Scale, up: Scale) -> Ink:
    moved = ((value - across.low, loss) for value, loss in valley)
    runs, _ = columns(moved, x_max=across.high - across.low, count=parts.across * 2)
    bits = strokes(stroke for run in runs for stroke in envelope(run, up.rows(parts.down * 4)))
    return {cell: (chr(BLANK + mask), "valley") for cell, mask in bits.items()}


def _cell(point: tuple[float, float], parts: Layout, across: Scale, up: Scale) -> tuple[int, int] | None:
    """Find the (row, cell) of a point; None if it has no place in the drawing."""
    value, loss = point
    if not across.low <= value <= across.high or not isfinite(loss):
        return None
    return up.rows(parts.down * 4)(loss) >> 2, round(across.position(value) * (parts.across * 2 - 1)) >> 1


def _way(cells: Sequence[tuple[int, int] | None], present: int | None) -> Ink:
    turn = len(cells) if present is None else present + 1
    was: Sign = ("•", "path")
    will: Sign = ("·", "ahead")
    start: Sign = ("○", "start")
    end: Sign = ("●", "end")
    signs = [(cell, was if number < turn else will) for number, cell in enumerate(cells)]
    order = [*reversed(signs[turn:]), *signs[:turn], *((cell, start) for cell in cells[:1])]
    return {cell: sign for cell, sign in (*order, *((cell, end) for cell in cells[1:][-1:])) if cell is not None}


def _ball(
    path: Points, parts: Layout, across: Scale, up: Scale, present: int | None, arrows: Sequence[tuple[Side, float]]
) -> Ink:
    if present is None or not path:
        return {}
    here = _cell(path[min(max(present, 0), len(path) - 1)], parts, across, up)
    if here is None:
        return {}
    ball: Ink = {here: ("◆", "present")}
    return dict(_arrows(here, parts, arrows)) | ball


def _arrows(
    here: tuple[int, int], parts: Layout, arrows: Sequence[tuple[Side, float]]
) -> Iterator[tuple[tuple[int, int], Sign]]:
    """Draw ──→f or b←──, the longest in a sixth of the width and the other in proportion."""
    row, cell = here
    beside = row - 1 if row else min(1, parts.down - 1)
    known: list[tuple[Side, float]] = [(name, move) for name, move in arrows if isfinite(move) and move]
    longest = max((abs(move) for _, move in known), default=1.0)
    for name, move in known:
        long = max(_SHORTEST, round(abs(move) / longest * parts.across / _LONGEST))
        signs = "─" * (long - _SHORTEST) + ("→" if move > 0 else "←") + name[0]
        step = 1 if move > 0 else -1
        room = parts.across - 1 - cell if move > 0 else cell
        for number, text in enumerate(_end_of(signs, room), 1):
            sign: Sign = text, name
            yield (beside if name == "batch" else row, cell + step * number), sign


def _end_of(signs: str, room: int) -> Iterable[str]:
    return signs[max(0, len(signs) - room) :]
