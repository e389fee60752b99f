"""The links of a text, for a key that opens them.

>>> links("See [Bottou](https://arxiv.org/abs/1606.04838), https://keras.io and [below](#why).")[1:]
(Link(text='https://keras.io', address='https://keras.io'), Link(text='below', address='#why'))
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, final

from coursekit.clean import clean
from coursekit.prose.inlines import BARE_LINK, inline_spans
from coursekit.prose.parser import parser
from coursekit.prose.spans import text_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_WEB = ("http://", "https://")


@final
class Link(NamedTuple):
    """What a link says and where it leads; both are safe to show."""

    text: str
    address: str

    @property
    def is_web(self) -> bool:
        """Tell whether a browser can open it: an address of the web, with a host."""
        scheme, _, rest = self.address.lower().partition("://")
        return f"{scheme}://" in _WEB and rest[:1].isalnum() and self.address.isprintable() and " " not in self.address


def links(markdown: str) -> tuple[Link, ...]:
    """List links, bare addresses and pictures on the web, in order, each address once."""
    found: dict[str, Link] = {}
    for block in parser().parse(markdown):
        for link in _links(block.children or []):
            found.setdefault(link.address, link)
    return tuple(found.values())


def _links(tokens: "list[Token]") -> Iterator[Link]:
    """List the links of one paragraph; one link does not stand in another."""
    begin, href = 0, ""
    for place, token in enumerate(tokens):
        if token.type == "link_open":
            begin, href = place + 1, str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            yield _link(text_of(inline_spans(tokens[begin:place])), href)
            href = ""
        elif token.type == "text" and not href:
            yield from (_link(url, url) for url in BARE_LINK.findall(token.content))
        elif token.type == "image" and not href and str(token.attrs.get("src", "")).lower().startswith(_WEB):
            yield _link(f"image: {text_of(inline_spans(token.children))}", str(token.attrs["src"]))


def _link(text: str, address: str) -> Link:
    words = " ".join(clean(text).split())
    address = clean(address).replace("\n", " ").replace("\t", " ")
    return Link(words or address, address)
