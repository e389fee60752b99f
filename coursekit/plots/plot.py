"""What a plot is made of: series in, rows of spans out.

>>> as_text(Plot(((Span("0.5 ┤", "axis"), Span("⣷ ", "training")),)))
'0.5 ┤⣷'
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, final

Name: TypeAlias = Literal["training", "validation", "ghost"]
Style: TypeAlias = Literal["", "axis", "training", "validation", "target", "ghost"]
Ink: TypeAlias = dict[tuple[int, int], tuple[str, Style]]  # (row, cell) of the drawing -> sign, style


@final
@dataclass(frozen=True, slots=True)
class Series:
    """One line of the plot: its name, which is also its style, and its points (step, value).

    A ghost is a line that is compared with, such as the learner's prediction.
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
