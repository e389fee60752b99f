r"""Markdown text -> HTML that is safe whoever wrote it: escaped, without scripts, and without anything loaded.

>>> html("At most **32** of $N$; see [Bottou](https://arxiv.org/abs/1606.04838).")[:54]
'<p>At most <strong>32</strong> of <span class="math">N'
>>> html("<script>alert(1)</script> ![x](http://a.b/c.png) [y](javascript:z)")
'<p>&lt;script&gt;alert(1)&lt;/script&gt; [image: x] [y](javascript:z)</p>'
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from coursekit.clean import clean
from coursekit.prose.display import display_formula
from coursekit.prose.formula import inline_formula
from coursekit.prose.inlines import BARE_LINK
from coursekit.prose.links import Link
from coursekit.prose.parser import parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_FORMULA_CELLS = 78
_TAGS = {
    "paragraph": "p",
    "heading": "h5",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
    "strong": "strong",
    "em": "em",
    "s": "s",
}
_SIDES = {f"text-align:{side}": f' class="{side}"' for side in ("left", "center", "right")}


def html(markdown: str) -> str:
    """Write Markdown as HTML; formulas are set in Unicode, pictures are named, only links to the web are links."""
    return _tokens(parser().parse(markdown))


def inline_html(markdown: str) -> str:
    """Write one line of Markdown, such as a title or an option, without a paragraph around it."""
    return _tokens(parser().parseInline(markdown))


def text_html(text: str) -> str:
    """Write a text that is no Markdown, its lines kept."""
    return "<br>\n".join(escape(line) for line in clean(text).split("\n"))


def _tokens(tokens: "Sequence[Token]") -> str:
    parts: list[str] = []
    links: list[bool] = []  # of the links that are open, whether they became one
    for token in tokens:
        if token.type == "link_open":
            links.append(_is_web(token))
            parts.append(_link(token) if links[-1] else "")
        elif token.type == "link_close":
            parts.append("</a>" if links.pop() else "")
        elif token.type == "text" and "://" in token.content and not any(links):
            parts.append(_with_addresses(token.content))
        elif token.type in _LEAVES:
            parts.append(_LEAVES[token.type](token))
        elif not token.hidden:
            parts.append(_tag(token))
    return "".join(parts)


def _tag(token: "Token") -> str:
    """Open or close a tag; one that is not known is left out, and what it holds stays."""
    tag = _TAGS.get(token.type.removesuffix("_open").removesuffix("_close"))
    if not tag:
        return escape(clean(token.content))
    if token.nesting < 0:
        return f"</{tag}>"
    start = f' start="{int(token.attrs["start"])}"' if tag == "ol" and "start" in token.attrs else ""
    return f"<{tag}{start}{_SIDES.get(str(token.attrs.get('style', '')), '')}>"


def _is_web(token: "Token") -> bool:
    return Link("", str(token.attrs.get("href", ""))).is_web


def _link(token: "Token") -> str:
    return _anchor(str(token.attrs["href"]))


def _anchor(address: str) -> str:
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">'


def _with_addresses(text: str) -> str:
    """Make the addresses of the web in a text links."""
    parts = BARE_LINK.split(clean(text))
    return "".join(
        f"{_anchor(part)}{escape(part)}</a>" if place % 2 and Link("", part).is_web else escape(part)
        for place, part in enumerate(parts)
    )


def _image(token: "Token") -> str:
    """Name a picture: loading it would tell its host who reads this."""
    return f"[image: {escape(clean(token.content))}]"


def _code(token: "Token") -> str:
    return f"<code>{escape(clean(token.content))}</code>"


def _block(token: "Token") -> str:
    return f"<pre><code>{escape(clean(token.content))}</code></pre>"


def _formula(token: "Token") -> str:
    return f'<span class="math">{escape(clean(inline_formula(token.content)))}</span>'


def _display(token: "Token") -> str:
    rows = "\n".join(display_formula(token.content, _FORMULA_CELLS))
    return f'<pre class="math">{escape(clean(rows))}</pre>'


_LEAVES: "dict[str, Callable[[Token], str]]" = {
    "inline": lambda token: _tokens(token.children or ()),
    "text": lambda token: escape(clean(token.content)),
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "<br>\n",
    "hr": lambda _: "<hr>",
    "code_inline": _code,
    "fence": _block,
    "code_block": _block,
    "image": _image,
    "math_inline": _formula,
    "math_inline_double": _formula,
    "math_block": _display,
}
