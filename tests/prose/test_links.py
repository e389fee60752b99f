import pytest

from coursekit.prose.links import Link, links


def test_links_are_listed_in_order_and_each_address_once():
    markdown = """
- See [*Adam*](https://arxiv.org/abs/1412.6980) and https://keras.io/api.

> [the notes](../notes.md "a title"), [again](https://keras.io/api), [by name][r], <https://e.org>

[r]: https://f.org
"""

    assert links(markdown) == (
        Link("Adam", "https://arxiv.org/abs/1412.6980"),
        Link("https://keras.io/api", "https://keras.io/api"),
        Link("the notes", "../notes.md"),
        Link("by name", "https://f.org"),
        Link("https://e.org", "https://e.org"),
    )


def test_a_linked_picture_and_a_picture_on_the_web():
    assert links("[![a bowl](b.png)](https://c.org) ![d](https://e.org/f.png) ![g](h.png)") == (
        Link("[image: a bowl (b.png)]", "https://c.org"),
        Link("image: d", "https://e.org/f.png"),
    )


def test_code_and_formulas_hold_no_links():
    assert links("`https://a.org` $https://b.org$\n\n    https://c.org\n\n```\nhttps://d.org\n```") == ()


@pytest.mark.parametrize(
    "markdown", ["[a&#27;[31m](https://b.org/&#x202e;c)", "[a\x1b](<https://b.org/\x9bc d>)", "https://b.org/\u202ec"]
)
def test_what_is_listed_is_safe_to_show(markdown: str):
    (link,) = links(markdown)

    assert not {"\x1b", "\x9b", "\u202e", "\n"} & set(link.text + link.address)


@pytest.mark.parametrize(
    ("address", "is_web"),
    [
        ("https://a.org", True),
        ("HTTP://a.org/b?c=d#e", True),
        ("mailto:a@b.org", False),
        ("file:///etc/passwd", False),
        ("ftp://a.org", False),
        ("../d.md", False),
        ("//a.org", False),
        ("https://", False),
        ("https:///etc", False),
        ("https://-option", False),
        ("https://a.org/\ufffd b", False),
        ("#here", False),
    ],
)
def test_only_addresses_of_the_web_can_be_opened(address: str, is_web: bool):
    assert Link("a", address).is_web == is_web
