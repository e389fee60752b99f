"""The ink of one series: told apart by shape, not only by colour.

training    ⠙⢦⣀   thin, and as high as its noise
validation  ••••  heavy
ghost       ····  light
"""

from collections.abc import Callable

from coursekit.plots.axis import Scale
from coursekit.plots.braille import BLANK, strokes
from coursekit.plots.columns import Run, columns, envelope
from coursekit.plots.layout import Layout
from coursekit.plots.plot import Ink, Name, Series, Style

_MARKS: dict[Name, str] = {"validation": "•", "ghost": "·"}


def ink_of(series: Series, parts: Layout, scale: Scale, x_max: float) -> Ink:
    """Draw one series into the cells of the drawing."""
    dots = 1 if series.name in _MARKS else 2
    runs, broken = columns(series.points, x_max=x_max, count=parts.across * dots)
    row = scale.rows(parts.down * dots * dots)
    ink = _marked(series, runs, row) if series.name in _MARKS else _thin(series, runs, row)
    top: tuple[str, Style] = ("↑", series.name)
    return ink | {(0, index // dots): top for index in broken}


def _thin(series: Series, runs: tuple[Run, ...], row: Callable[[float], int]) -> Ink:
    bits = strokes(stroke for run in runs for stroke in envelope(run, row))
    style: Style = series.name
    return {cell: (chr(BLANK + mask), style) for cell, mask in bits.items()}


def _marked(series: Series, runs: tuple[Run, ...], row: Callable[[float], int]) -> Ink:
    """Put one mark in each column: noise would make a heavy line a blot."""
    sign: tuple[str, Style] = (_MARKS[series.name], series.name)
    middles = ((x, (top + bottom) // 2) for run in runs for x, top, bottom in envelope(run, row))
    return {(y, x): sign for x, y in middles}
