r"""Spans, the atoms of a page: text that is safe to show, and the name of its style.

>>> span("a\x1b[31mb", "strong")
Span(text='a�[31mb', style='strong')
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias, final

from rich.cells import cell_len

from coursekit.clean import clean

STYLES = frozenset(
    {"", "strong", "emphasis", "code", "math", "link", "heading", "quote", "marker", "dim", "strike"}
    | {f"code.{kind}" for kind in ("keyword", "string", "comment", "number", "name", "operator")}
)


@final
class Span(NamedTuple):
    """A piece of one line in one style; the style is one of `STYLES`."""

    text: str
    style: str = ""


Line: TypeAlias = tuple[Span, ...]


def span(text: str, style: str = "") -> Span:
    """Make a span of a stranger's text: without control characters, without invisible ones."""
    return Span(clean(text), style)


def cells(line: Iterable[Span]) -> int:
    """Count the terminal cells that a line takes.

    >>> cells((Span("損失"), Span(" x̂", "math")))
    6
    """
    return sum(cell_len(text) for text, _ in line)


def text_of(line: Iterable[Span]) -> str:
    """Join the text of a line, without styles."""
    return "".join(text for text, _ in line)


def merge(spans: Iterable[Span]) -> Line:
    """Join neighbours of the same style, and leave out empty spans.

    >>> merge([Span("a"), Span("b"), Span("", "code"), Span("c", "code")])
    (Span(text='ab', style=''), Span(text='c', style='code'))
    """
    merged: list[Span] = []
    for text, style in spans:
        if merged and text and merged[-1].style == style:
            merged[-1] = Span(merged[-1].text + text, style)
        elif text:
            merged.append(Span(text, style))
    return tuple(merged)


def trim_end(line: Line) -> Line:
    """Drop the space at the end of a line.

    >>> trim_end((Span("a"), Span(" ", "code"), Span("  ")))
    (Span(text='a', style=''),)
    """
    while line and not line[-1].text.rstrip():
        line = line[:-1]
    return (*line[:-1], Span(line[-1].text.rstrip(), line[-1].style)) if line else ()
