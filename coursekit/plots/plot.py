"""What a plot is made of: series in, rows of spans out.

>>> as_text(Plot(((Span("0.5 ┤", "axis"), Span("⣷ ", "training")),)))
'0.5 ┤⣷'
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, final

Earlier: TypeAlias = Literal["run1", "run2", "run3", "run4"]
Name: TypeAlias = Literal["training", "validation", "ghost"] | Earlier
Place: TypeAlias = Literal["path", "ahead", "start", "present", "end", "batch", "full"]  # of a run in its landscape
Style: TypeAlias = Literal["", "axis", "target", "noise", "label", "bar", "valley"] | Name | Place
Sign: TypeAlias = tuple[str, Style]
Ink: TypeAlias = dict[tuple[int, int], Sign]  # (row, cell) of the drawing -> sign, style


@final
@dataclass(frozen=True, slots=True)
class Series:
    """One line of the plot: its name, which is also its style, and its points (step, value).

    A ghost is a line that is compared with, such as the learner's prediction; run1 to run4 are earlier runs.
    """

    name: Name
    points: tuple[tuple[float, float], ...]


@final
class Span(NamedTuple):
    """A piece of one row in one style."""

    text: str
    style: Style


@final
@dataclass(frozen=True, slots=True)
class Plot:
    """Rows of spans, all of the same width in cells."""

    rows: tuple[tuple[Span, ...], ...]


def as_text(plot: Plot) -> str:
    """Join a plot's text, without styles and without space at the ends of lines."""
    return "\n".join("".join(text for text, _ in row).rstrip() for row in plot.rows)


def fitted(row: Iterable[Span], width: int) -> tuple[Span, ...]:
    """Fill or cut a row to `width` cells; every sign of a plot takes one.

    >>> fitted((Span("abc", "axis"),), 2), fitted((), 1)
    ((Span(text='ab', style='axis'),), (Span(text=' ', style=''),))
    """
    spans: list[Span] = []
    room = max(0, width)
    for text, style in row:
        if text[:room]:
            spans.append(Span(text[:room], style))
        room -= len(text[:room])
    return (*spans, Span(" " * room, "")) if room else tuple(spans)
