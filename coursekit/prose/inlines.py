r"""Inline Markdown tokens -> spans: emphasis, code, maths, links, images.

    Pick $\eta$ as in [Bottou](https://arxiv.org/abs/1606.04838).
    ->  Pick η as in Bottou <https://arxiv.org/abs/1606.04838>.

>>> from coursekit.prose.parser import parser
>>> text_of(inline_spans(parser().parseInline("![a bowl](bowl.png) of *loss*")[0].children))
'[image: a bowl (bowl.png)] of loss'
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from coursekit.prose.formula import inline_formula
from coursekit.prose.powers import in_text
from coursekit.prose.spans import Line, Span, cells, merge, span, text_of
from coursekit.prose.wrap import GLUE

if TYPE_CHECKING:
    from markdown_it.token import Token

SHORT_FORMULA = 24  # cells; a formula of at most so many is not broken between lines

_STYLES = {"strong_open": "strong", "em_open": "emphasis", "s_open": "strike"}
_STRUCK = {"s_open", "s_close"}
# An address in running text; what ends a sentence or a bracket around it is none of it.
BARE_LINK = re.compile(
    r"(https?://(?:\([^\s<>()]*\)|[^\s<>()])*(?:\([^\s<>()]*\)|[^\s<>().,;:!?'\"\]]))", re.IGNORECASE
)


def inline_spans(tokens: "Sequence[Token] | None", style: str = "") -> Line:
    """Turn the children of an inline token into spans; a hard break is a newline in a span's text.

    Nesting is a stack, not recursion: a stranger may nest ten thousand levels.
    """
    spans: list[Span] = []
    opened = [(style, "", 0)]  # style, address of the link if it is one, where its text begins
    for token in tokens or ():
        if token.type in _STRUCK:  # kept, for those who see no style
            spans.append(Span("~~", "strike"))
        if token.nesting == 1:
            opened.append(_opened(token, opened[-1][0], len(spans)))
        elif token.nesting == -1:
            _, url, begin = opened.pop()
            if url:
                spans.extend(_address(url, text_of(spans[begin:])))
        elif "://" in token.content and token.type == "text":
            spans.extend(_with_addresses(token.content, opened[-1][0]))
        else:
            spans.append(_LEAVES.get(token.type, _text)(token, opened[-1][0]))
    return merge(spans)


def _opened(token: "Token", style: str, begin: int) -> tuple[str, str, int]:
    url = str(token.attrs.get("href", ""))
    if url:
        return "link", url, begin
    return _STYLES.get(token.type, style), "", begin


def _address(url: str, text: str) -> Line:
    return (span(f" <{url}>", "dim"),) if url not in (text, f"mailto:{text}") else ()


def _text(token: "Token", style: str) -> Span:
    return span(in_text(token.content.replace("\n", " ")), style)


def _with_addresses(text: str, style: str) -> Line:
    """Mark the addresses in a text as links."""
    parts = enumerate(BARE_LINK.split(text))
    return tuple(span(part, "link") if number % 2 else span(in_text(part), style) for number, part in parts)


def _break(_: "Token", style: str) -> Span:
    return Span("\n", style)


def _space(_: "Token", style: str) -> Span:
    return Span(" ", style)


def _code(token: "Token", _: str) -> Span:
    return span(token.content, "code")


def _image(token: "Token", _: str) -> Span:
    alt = text_of(inline_spans(token.children)).strip()
    path = str(token.attrs.get("src", ""))
    return span(f"[image: {alt} ({path})]" if alt else f"[image: {path}]", "dim")


def _formula(token: "Token", _: str) -> Span:
    text = inline_formula(token.content)
    short = cells((Span(text),)) <= SHORT_FORMULA
    return span(text.replace(" ", GLUE) if short else text, "math")


_LEAVES: dict[str, Callable[["Token", str], Span]] = {
    "softbreak": _space,
    "hardbreak": _break,
    "code_inline": _code,
    "image": _image,
    "math_inline": _formula,
    "math_inline_double": _formula,
}
