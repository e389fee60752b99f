from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.prose.html import html, inline_html, text_html

_VOID = {"br", "hr"}
_ALLOWED = {"p", "h5", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "s"}
_ALLOWED |= {"a", "code", "pre", "span", "br", "hr"}
_ATTRIBUTES = {"href", "rel", "class", "start"}


class Strict(HTMLParser):
    """Fails on a tag that is not allowed, an attribute, or what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _ALLOWED
        assert {name for name, _ in attrs} <= _ATTRIBUTES
        assert all(name != "href" or (value or "").lower().startswith(("http://", "https://")) for name, value in attrs)
        self.open += [tag] if tag not in _VOID else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def is_safe(text: str) -> None:
    strict = Strict()
    strict.feed(text)
    strict.close()
    assert strict.open == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d](https:alert)",
        '[a](https://x.y/"onmouseover="alert(1)) ![p](https://x.y/pixel.png)',
        "https://x.y/'\"><script>",
        "`<b>` and\n\n```html\n</code></pre><script>\n```",
        "$<script>$ and $$\n\\text{</pre><script>}\n$$",
        "| a |\n|:-:|\n| <b onclick=x> |",
        "> - 1. <!-- -->\n\n***\n\n# <h1>",
        "\x1b]8;;http://evil\x07text\x1b]8;;\x07 \u202egpj.exe",
        "5. five\n6. six",
        "- a\n- b\n\n  c",
    ],
)
def test_hostile_markdown_becomes_harmless_html(hostile: str):
    for written in (html(hostile), inline_html(hostile), text_html(hostile)):
        is_safe(written)
        assert "<script" not in written
        assert "<img" not in written
        assert "\x1b" not in written
        assert "\u202e" not in written


@given(st.text(alphabet=st.sampled_from("ab<>&\"'`*_~#[]()!|-\n $\\:/https1.")))
def test_any_markdown_is_well_formed(text: str):
    is_safe(html(text))


def test_what_an_author_writes_is_kept():
    written = html("Take **small** steps:\n\n1. draw\n2. `step`\n\n| a | b |\n|--:|---|\n| 1 | $\\eta^2$ |")

    assert "<p>Take <strong>small</strong> steps:</p>" in written
    assert "<ol><li>draw</li><li><code>step</code></li></ol>" in written
    assert '<td class="right">1</td>' in written
    assert '<span class="math">η²</span>' in written


def test_a_bare_address_is_a_link_and_a_link_within_a_link_is_not():
    assert html("see https://keras.io.").count("<a href=") == 1
    assert html("[https://keras.io](https://keras.io/api)").count("<a href=") == 1
