"""The ink of one series: told apart by shape, not only by colour.

training    ⠙⢦⣀   thin, and as high as its noise
validation  ••••  heavy
ghost       ····  light
run1        +   +   and × ∘ ▵: earlier runs, lighter still, and never two in one column
noise       ░░░░  how far a training line reaches that is drawn as its mean
"""

from collections.abc import Callable, Iterable

from coursekit.plots.axis import Scale
from coursekit.plots.braille import BLANK, strokes
from coursekit.plots.columns import Run, columns, envelope
from coursekit.plots.layout import Layout
from coursekit.plots.plot import Ink, Name, Series, Sign, Style

MARKS: dict[Name, str] = {"validation": "•", "ghost": "·", "run1": "+", "run2": "×", "run3": "∘", "run4": "▵"}
NOISE = "░"

_TURNS: dict[Name, int] = {"run1": 0, "run2": 1, "run3": 2, "run4": 3}  # whose mark a column may bear


def ink_of(series: Series, parts: Layout, scale: Scale, x_max: float) -> Ink:
    """Draw one series into the cells of the drawing."""
    dots = 1 if series.name in MARKS else 2
    runs, broken = columns(series.points, x_max=x_max, count=parts.across * dots)
    row = scale.rows(parts.down * dots * dots)
    ink = _marked(series.name, runs, row) if series.name in MARKS else _thin(series.name, runs, row)
    top: Sign = ("↑", series.name)
    return ink | {(0, index // dots): top for index in broken}


def shade(series: Series, parts: Layout, scale: Scale, x_max: float) -> Ink:
    """Fill the cells between the lowest and the highest value of each column."""
    runs, _ = columns(series.points, x_max=x_max, count=parts.across)
    row = scale.rows(parts.down)
    light: Sign = (NOISE, "noise")
    bands = (band for run in runs for band in envelope(run, row))
    return {(y, x): light for x, top, bottom in bands for y in range(top, bottom + 1)}


def _thin(style: Style, runs: tuple[Run, ...], row: Callable[[float], int]) -> Ink:
    bits = strokes(stroke for run in runs for stroke in envelope(run, row))
    return {cell: (chr(BLANK + mask), style) for cell, mask in bits.items()}


def _marked(name: Name, runs: tuple[Run, ...], row: Callable[[float], int]) -> Ink:
    """Put one mark in each column: noise would make a heavy line a blot."""
    sign: Sign = (MARKS[name], name)
    middles = [(x, (top + bottom) // 2) for run in runs for x, top, bottom in envelope(run, row)]
    return {(y, x): sign for x, y in _in_turn(middles, _TURNS.get(name))}


def _in_turn(middles: list[tuple[int, int]], turn: int | None) -> Iterable[tuple[int, int]]:
    """Leave each earlier run every fourth column; one too short for that keeps its last."""
    if turn is None:
        return middles
    return [middle for middle in middles if middle[0] % len(_TURNS) == turn] or middles[-1:]
