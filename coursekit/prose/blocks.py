"""Block Markdown -> lines: paragraphs, headings, lists, quotes, code, tables, display maths.

1. draw a mini-batch         ->   1. draw a mini-batch
   of $B$ examples                   of B examples
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sys import maxsize
from typing import TYPE_CHECKING, final

from coursekit.clean import clean
from coursekit.prose.code import code_lines
from coursekit.prose.display import display_formula
from coursekit.prose.inlines import inline_spans
from coursekit.prose.parser import parser
from coursekit.prose.spans import Line, Span, text_of
from coursekit.prose.table import table_lines
from coursekit.prose.wrap import hang, wrap

if TYPE_CHECKING:
    from markdown_it.token import Token

NARROWEST = 8  # cells: a page is never narrower, and nothing is indented below it

_BLANK: Line = ()


@final
@dataclass(frozen=True, slots=True)
class Block:
    """One block of the document and the blocks inside it."""

    token: "Token"
    children: tuple["Block", ...]


def render(markdown: str, width: int) -> tuple[Line, ...]:
    """Set `markdown` in lines of at most `width` cells (a `width` under 8 counts as 8).

    >>> [text_of(line) for line in render("> shuffle, then step", 12)]
    ['│ shuffle,', '│ then step']
    """
    return _stack(_tree(parser().parse(markdown)), max(width, NARROWEST))


def plain(markdown: str, width: int) -> str:
    """Set `markdown` as text without styles, for pipes and screen readers."""
    return "\n".join(map(text_of, render(markdown, width)))


def inline(markdown: str) -> Line:
    r"""Set one line of Markdown, such as a title or an option, without breaking it.

    >>> text_of(inline(r"$1/\sqrt{2}$ of *it*"))
    '1/√2 of it'
    """
    (token,) = parser().parseInline(markdown)
    spans = (Span(text.replace("\n", " "), style) for text, style in inline_spans(token.children))
    (line,) = wrap(spans, maxsize)
    return line


def _tree(tokens: "Sequence[Token]") -> tuple[Block, ...]:
    """Nest the parser's flat list; the parser itself bounds the depth."""
    open_tokens: list[Token] = []
    levels: list[list[Block]] = [[]]
    for token in tokens:
        if token.nesting == 1:
            open_tokens.append(token)
            levels.append([])
        elif token.nesting == 0:
            levels[-1].append(Block(token, ()))
        else:
            children = tuple(levels.pop())
            levels[-1].append(Block(open_tokens.pop(), children))
    return tuple(levels[0])


def _stack(blocks: Sequence[Block], width: int) -> tuple[Line, ...]:
    """Set blocks below one another, one blank line apart, except in a tight list."""
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        if number and not (block.token.hidden or blocks[number - 1].token.hidden):
            lines.append(_BLANK)
        lines.extend(_SET[block.token.type](block, width))
    return tuple(lines)


def _paragraph(block: Block, width: int) -> tuple[Line, ...]:
    return wrap(_inlines(block), width)


def _heading(block: Block, width: int) -> tuple[Line, ...]:
    return wrap(_inlines(block, "heading"), width)


def _inlines(block: Block, style: str = "") -> Line:
    return tuple(s for child in block.children for s in inline_spans(child.token.children, style))


def _bullets(block: Block, width: int) -> tuple[Line, ...]:
    marker = "•◦"[block.token.level // 2 % 2] + " "
    return _items(block, [marker] * len(block.children), width)


def _numbers(block: Block, width: int) -> tuple[Line, ...]:
    first = int(block.token.attrs.get("start", 1))
    markers = [f"{first + number}. " for number in range(len(block.children))]
    widest = max(map(len, markers))
    return _items(block, [marker.rjust(widest) for marker in markers], width)


def _items(block: Block, markers: list[str], width: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    loose = any(not child.token.hidden for item in block.children for child in item.children[:1])
    for item, marker in zip(block.children, markers, strict=True):
        if lines and loose:
            lines.append(_BLANK)
        lines.extend(_indented(item, width, Span(marker, "marker"), Span(" " * len(marker))))
    return tuple(lines)


def _quote(block: Block, width: int) -> tuple[Line, ...]:
    bar = Span("│ ", "quote")
    return _indented(block, width, bar, bar)


def _indented(block: Block, width: int, first: Span, rest: Span) -> tuple[Line, ...]:
    """Set what a block holds behind its marker; where there is no room, below its marker."""
    room = width - len(first.text)
    if room >= NARROWEST:
        return hang(_stack(block.children, room) or (_BLANK,), first, rest)
    return (*wrap((first,), width), *_stack(block.children, width))


def _code(block: Block, width: int) -> tuple[Line, ...]:
    return code_lines(clean(block.token.content), block.token.info, width)


def _rule(_: Block, width: int) -> tuple[Line, ...]:
    return ((Span("─" * width, "dim"),),)


def _formula(block: Block, width: int) -> tuple[Line, ...]:
    margin = 2 if width > 2 * NARROWEST else 0
    rows = display_formula(block.token.content, width - margin)
    return tuple((Span(" " * margin + row, "math"),) for row in rows)


def _table(block: Block, width: int) -> tuple[Line, ...]:
    rows = [row for part in block.children for row in part.children]
    cells = [[_inlines(cell) for cell in row.children] for row in rows]
    sides = [str(cell.token.attrs.get("style", "")).removeprefix("text-align:") for cell in rows[0].children]
    return table_lines(cells, sides, width)


_SET: dict[str, Callable[[Block, int], tuple[Line, ...]]] = {
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "bullet_list_open": _bullets,
    "ordered_list_open": _numbers,
    "blockquote_open": _quote,
    "fence": _code,
    "code_block": _code,
    "hr": _rule,
    "math_block": _formula,
    "table_open": _table,
}
