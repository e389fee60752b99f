"""A loss curve as rows of text: thin Braille for the training, heavy marks for the validation.

>>> from coursekit.plots.plot import as_text
>>> points = tuple((step, 2.0 / step) for step in range(1, 21))
>>> print(as_text(curve((Series("training", points),), 40, 7, log=True, target=0.2)))
    │ ⠑⢄
  1 ┤  ⠈⠢⣀
    │     ⠑⠒⠤⣀⡀
0.2 ┼╌╌╌╌╌╌╌╌╌⠈⠉⠒⠢⠤⣀⣀⡀╌╌╌╌╌╌╌╌╌╌╌ target
0.1 ┤                ⠈⠉⠉⠑⠒⠒⠤⠤⠤⠤⢄⣀
    └┬─────────────┬────────────┬
     0            10           20
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import isfinite

from coursekit.plots.axis import scale_of
from coursekit.plots.layout import TARGET, Layout, layout, step_ticks, usable
from coursekit.plots.lines import ink_of
from coursekit.plots.plot import Ink, Plot, Series, Span, Style

_ORDER = {"ghost": 0, "training": 1, "validation": 2}  # what is drawn later lies on top
_SHORTEST = 1e-6  # steps; the axis has some length even where there are no steps


def curve(
    series: Sequence[Series],
    width: int,
    height: int,
    *,
    log: bool = False,
    target: float | None = None,
    x_max: float | None = None,
) -> Plot:
    """Draw series into exactly `width` x `height` cells.

    The steps run from 0 to `x_max`, or to the last step. A value that is nan or infinite breaks its line and
    is marked by ↑ at the top; on a log scale, a value that is not positive lies on the bottom edge.
    """
    target = usable(target, is_log=log)
    scale = scale_of([*_finite(series), *([] if target is None else [target])], is_log=log)
    parts = layout(width, height, scale, target)
    steps = max(_SHORTEST, x_max or _last_step(series))
    ink = _target_ink(parts)
    if parts.across and parts.down:
        for one in sorted(series, key=lambda one: _ORDER[one.name]):
            ink |= ink_of(one, parts, scale, steps)
    rows = [*(_side(parts, row, ink) for row in range(parts.down)), *_below(parts, steps)]
    return Plot(tuple(_fitted(row, width) for row in rows))


def _finite(series: Iterable[Series]) -> list[float]:
    return [y for one in series for _, y in one.points if y - y == 0.0]


def _last_step(series: Iterable[Series]) -> float:
    return max((x for one in series for x, _ in one.points if x > 0 and isfinite(x)), default=1.0)


def _target_ink(parts: Layout) -> Ink:
    row = parts.target_row
    return {} if row is None else {(row, cell): ("╌", "target") for cell in range(parts.across)}


def _side(parts: Layout, row: int, ink: Ink) -> Iterable[Span]:
    """Draw one row: its label, the axis, and what was drawn there."""
    label, is_target = parts.labels.get(row, ""), row == parts.target_row
    yield Span(f"{label} ".rjust(parts.left - 1) if parts.left > 1 else "", "axis")
    yield Span("┼" if is_target else "┤" if label else "│", "axis")
    empty: tuple[str, Style] = (" ", "")
    cells = [ink.get((row, cell), empty) for cell in range(parts.across)]
    for style, group in groupby(cells, key=_style):
        yield Span("".join(sign for sign, _ in group), style)
    if is_target and parts.right:
        yield Span(TARGET, "target")


def _style(cell: tuple[str, Style]) -> Style:
    return cell[1]


def _below(parts: Layout, steps: float) -> list[list[Span]]:
    """Draw the lower axis and its labels, each below its tick."""
    line, text = ["─"] * parts.across, [" "] * (parts.left + parts.across + parts.right)
    free = 0
    for cell, label in step_ticks(steps, parts.across) if parts.across else ():
        line[cell] = "┬"
        begin = min(parts.left + cell - len(label) // 2, len(text) - len(label))
        if begin >= free:
            text[begin : begin + len(label)] = label
            free = begin + len(label) + 1
    axis = " " * (parts.left - 1) + "└" + "".join(line)
    return [[Span(axis, "axis")], [Span("".join(text), "axis")]][: parts.below]


def _fitted(row: Iterable[Span], width: int) -> tuple[Span, ...]:
    """Fill or cut a row to `width` cells; every sign of a plot takes one."""
    spans: list[Span] = []
    room = width
    for text, style in row:
        if text[:room]:
            spans.append(Span(text[:room], style))
        room -= len(text[:room])
    return (*spans, Span(" " * room, "")) if room else tuple(spans)
