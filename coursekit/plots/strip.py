"""One quantity over a run as a strip of bars below its curve.

>>> from coursekit.plots.plot import as_text
>>> norms = [(step, 2.0 / step) for step in range(1, 41)]
>>> print(as_text(strip(norms, 60, name="gradient")))
gradient  ▇▄▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁ 2 → 0.05
>>> print(as_text(strip(norms, 60, name="gradient", log=True, present=20)))
gradient  ▇▆▅▄▄▃▃▃▂▂▂▂▂▁│▁▁▁▁▁▁▁▁▁▁▁▁▁▁ 0.1 now (log)
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite

from coursekit.plots.axis import TINY, Scale, label, scale_of
from coursekit.plots.columns import Run, columns, length
from coursekit.plots.frame import inside, present_ink
from coursekit.plots.plot import Ink, Plot, Sign, Span, fitted

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_DECADES = 100.0  # a norm that falls further than that is drawn on a log scale
_WIDE, _RIGHT = 48, 21  # cells; first and last value at the right
_NARROW, _LAST = 24, 9  # cells; the last value alone


def strip(
    points: Sequence[tuple[float, float]],
    width: int,
    *,
    name: str,
    x_max: float | None = None,
    log: bool | None = None,
    present: float | None = None,
) -> Plot:
    """Draw points (step, value) as bars in one line of exactly `width` cells, as high as the highest in each column.

    The steps run from 0 to `x_max`, or to the last step. Bars stand on 0, or with `log` on the lowest value; None
    takes logarithms when the values span more than two decades. A value that is nan or infinite is marked by ↑. An
    upright line marks the step `present`, and the value there stands at the right.
    """
    left = len(name) + 2 if width >= _NARROW else 0
    across = max(0, width - left - _right(width))
    steps = length((points,), x_max)
    runs, broken = columns(points, x_max=steps, count=across) if across else ((), frozenset[int]())
    highs = [column.high for run in runs for column in run]
    is_log = spans_decades(highs) if log is None else log
    ink = _bars(runs, broken, _scale(highs, is_log)) | present_ink(present, steps, across, 1)
    words = f" {_values(points, present, width)}{' (log)' if is_log else ''}"
    row = (Span(name.ljust(left)[:left], "label"), *inside(ink, 0, across), Span(words, "label"))
    return Plot((tuple(fitted(row, width)),))


def spans_decades(values: Sequence[float]) -> bool:
    """Say whether values above 0 span more than two decades.

    >>> spans_decades([0.02, 1.0]), spans_decades([0.002, 1.0])
    (False, True)
    """
    above = [value for value in values if value > TINY]
    return bool(above) and max(above) > _DECADES * min(above)


def _right(width: int) -> int:
    return _RIGHT if width >= _WIDE else _LAST if width >= _NARROW else 0


def _scale(values: Sequence[float], is_log: bool) -> Scale:
    if is_log:
        return scale_of(list(values), is_log=True)
    return Scale(0.0, scale_of([0.0, *values], is_log=False).high)


def _bars(runs: Sequence[Run], broken: Iterable[int], scale: Scale) -> Ink:
    ink: Ink = {(0, cell): (_EIGHTHS[_eighths(value, scale)], "bar") for cell, value in _held(runs)}
    top: Sign = ("↑", "bar")
    return ink | {(0, cell): top for cell in broken}


def _held(runs: Sequence[Run]) -> Iterator[tuple[int, float]]:
    """Give each column its highest value; one without points has the last value before it."""
    for run in runs:
        for column, after in zip(run, (*run[1:], None), strict=True):
            yield column.at, column.high
            yield from ((cell, column.last) for cell in range(column.at + 1, after.at if after else 0))


def _eighths(value: float, scale: Scale) -> int:
    """Say how high a bar is; none reaches the strip above, and what is above 0 never looks like nothing."""
    return max(1, round(scale.position(value) * 7)) if value > 0 else 0


def _values(points: Sequence[tuple[float, float]], present: float | None, width: int) -> str:
    """Write the first and the last value, or the value at `present`; the last alone where there is less room."""
    first = next((y for _, y in points if isfinite(y)), None)
    if first is None or width < _NARROW:
        return ""
    until = len(points) if present is None else bisect_right(points, present, key=_step)
    last = next((y for _, y in reversed(points[:until]) if isfinite(y)), first)
    if width < _WIDE:
        return label(last)
    return f"{label(first)} → {label(last)}" if present is None else f"{label(last)} now"


def _step(point: tuple[float, float]) -> float:
    return point[0]
