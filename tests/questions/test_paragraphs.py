"""Whatever a stranger wrote comes out of Markdown as plain paragraphs of the same words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coursekit.document import split
from coursekit.prose.parser import parser
from coursekit.questions._paragraphs import as_paragraphs, as_text, tidied

MEAN = st.sampled_from(
    (*"\\`*_{}[]<>&$~|#+-=:.)(!\"'^%@/ \t\n\n0123a\u00a0\u202e\x07\r", "1. ", "- ", "```", "~~~", "$$", "---", "===")
)
MEAN_TEXTS = st.lists(MEAN | st.sampled_from(["word", "{{ lr }}", "&amp;", "<!--", "[a]: b", "    ", "http://a.b"]))


def texts_of(tokens: list[Token]) -> list[str]:
    """Return what each paragraph says; anything but text in paragraphs is an error."""
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    inlines = [token.children or [] for token in tokens if token.type == "inline"]
    assert {child.type for children in inlines for child in children} <= {"text", "text_special", "softbreak"}
    return ["".join("\n" if c.type == "softbreak" else c.content for c in children) for children in inlines]


@example(["# a\n", "## b\n"])
@example(["a\n", "---"])
@example(["a|b\n", ":--|--"])
@example(["a|b\n", ":--"])
@example(["12) a"])
@given(MEAN_TEXTS)
def test_any_text_is_paragraphs_of_itself(pieces: list[str]) -> None:
    text = tidied("".join(pieces))

    source = as_paragraphs("".join(pieces))

    assert as_text(source) == text
    for markdown in (MarkdownIt("commonmark"), parser()):
        assert texts_of(markdown.parse(source)) == (text.split("\n\n") if text else [])


@given(MEAN_TEXTS)
def test_no_text_cuts_a_file(pieces: list[str]) -> None:
    source = as_paragraphs("".join(pieces))

    document = split(f"---\ntitle: T\n---\n\n## Q\n\n### Hint\n\n{source}\n\n## Next\n", "topic.md")

    assert [section.title for section in document.sections] == ["Q", "Next"]
    assert [part.text.source for part in document.sections[0].parts] == [source]
    assert document.headings == ()


@given(st.text())
def test_a_text_is_tidied_once(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
    assert as_text(as_paragraphs(text)) == tidied(text)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("  a \t b  \r\n\r\n\r\n\r\nc\rd \n", "a b\n\nc\nd"),
        ("a\x1b[31m\u202eb\u200b", "a\ufffd[31mb"),
        (" \n\t\n", ""),
    ],
)
def test_what_is_no_part_of_a_text_is_left_out(text: str, tidy: str) -> None:
    assert tidied(text) == tidy
