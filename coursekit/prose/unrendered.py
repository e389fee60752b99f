r"""Formulas that cannot be shown as their author meant them, for the check of a course.

>>> unrendered("A rate\nof $\\eta$ and $\\foo{x}$.")
(Unrendered(line=1, formula='\\foo{x}', why="'\\foo' is not known"),)
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, final

from coursekit.prose.display import display_formula
from coursekit.prose.formula import inline_formula, unknown_commands
from coursekit.prose.parser import parser
from coursekit.prose.spans import Span, cells

if TYPE_CHECKING:
    from markdown_it.token import Token

WIDEST = 72  # cells of the text on a terminal of 80

_ESCAPED = re.compile(r"\\[\\{}]")
_PAIRS = ((r"\\begin(?![A-Za-z])", r"\\end(?![A-Za-z])"), (r"\\left(?![A-Za-z])", r"\\right(?![A-Za-z])"))


@final
class Unrendered(NamedTuple):
    """A formula, the line of the text that it begins in, counted from 0, and what is wrong with it."""

    line: int
    formula: str
    why: str


def unrendered(markdown: str) -> tuple[Unrendered, ...]:
    """List the formulas that the reader would see with TeX in them, torn apart, or not whole."""
    if _is_plainly_good(markdown):
        return ()
    lines = markdown.split("\n")
    return tuple(
        Unrendered(line, tex, why)
        for token in parser().parse(markdown)
        for line, tex, is_display in _formulas(token, lines)
        if (why := what_is_wrong(tex, is_display=is_display))
    )


def _is_plainly_good(markdown: str) -> bool:
    """Say without a parser that nothing is wrong, where every piece between two dollars could be shown.

    A formula is one of these pieces, and has no space at its ends.
    """
    if "$$" in markdown or "\\$" in markdown:
        return False
    pieces = markdown.split("$")[1:-1]
    return not any(what_is_wrong(piece) for piece in pieces if piece == piece.strip())


@lru_cache(maxsize=4096)  # formulas are short, and repeat
def what_is_wrong(tex: str, *, is_display: bool = False) -> str:
    """Say why a formula cannot be shown as it is meant; "" if it can."""
    if not tex.strip():
        return "it is empty"
    if unknown := unknown_commands(tex):
        names = ", ".join(f"'{name}'" for name in unknown)
        return f"{names} {'is' if len(unknown) == 1 else 'are'} not known"
    if odd := _unbalanced(tex):
        return odd
    rows = display_formula(tex, WIDEST) if is_display else ()
    one_line = inline_formula(tex)
    width = cells((Span(one_line),))
    if len(rows) <= 1 and not one_line:
        return "nothing of it is shown"
    if width > WIDEST and not _is_laid_out(rows, one_line):
        return f"it takes {width} cells in one line, and a line has {WIDEST}"
    return ""


def _is_laid_out(rows: tuple[str, ...], one_line: str) -> bool:
    """Tell rows in two dimensions from one line that was broken like text."""
    return len(rows) > 1 and " ".join(rows).split() != one_line.split()


def _unbalanced(tex: str) -> str:
    bare = _ESCAPED.sub("", tex)
    if bare.count("{") != bare.count("}"):
        return "its braces do not pair"
    for begin, end in _PAIRS:
        if len(re.findall(begin, tex)) != len(re.findall(end, tex)):
            return f"'{begin[1:].partition('(')[0]}' and '{end[1:].partition('(')[0]}' do not pair"
    return ""


def _formulas(token: "Token", lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """List a block's formulas: line, TeX, whether it is display."""
    begin, end = token.map or (0, len(lines))
    if token.type == "math_block":
        yield begin, token.content.strip("\n"), True
    line = begin
    for child in token.children or ():
        if child.type.startswith("math_inline"):
            first = child.content.split("\n")[0]
            line = next((place for place in range(line, end) if first in lines[place]), line)
            yield line, child.content, False
