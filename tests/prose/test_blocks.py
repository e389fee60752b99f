import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.prose import STYLES, cells, inline, plain, render
from coursekit.prose.blocks import NARROWEST

HERE = Path(__file__).parent
SAMPLE = (HERE / "sample.md").read_text(encoding="utf-8")

PIECES = r"* _ ` $ $$ \frac{ } ^ [ ]( ) ![ > | |-|-| # --- &#27; &#x202e; 損 x̂ 👩‍👩‍👧 word"
BREAKS = ("\n", "\n\n", "    ", " ", "\t", "- ", "1. ", "> ", "# ", "```py\n", "$$\n")
MARKUP = st.lists(st.sampled_from((*PIECES.split(), *BREAKS)), max_size=40).map("".join)
TEXTS = st.one_of(st.text(max_size=200), MARKUP)


@pytest.mark.parametrize("width", [40, 72])
def test_sample_page_looks_as_it_did(width: int):
    golden = HERE / "golden" / f"sample-{width}.txt"

    page = plain(SAMPLE, width) + "\n"

    assert page == golden.read_text(encoding="utf-8")


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.integers(1, 200))
def test_every_line_fits_the_width(markdown: str, width: int):
    lines = render(markdown, width)

    assert all(cells(line) <= max(width, NARROWEST) for line in lines)


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.integers(1, 200))
def test_every_span_is_printable_and_of_a_known_style(markdown: str, width: int):
    spans = [span for line in (*render(markdown, width), inline(markdown)) for span in line]

    assert {style for _, style in spans} <= STYLES
    assert not any(hidden in text for text, _ in spans for hidden in "\n\t\r\x00\x1b\x7f\x9b\u202e\u2066\u200e")


@pytest.mark.parametrize("code", ["&#27;[31m", "\x1b[31m", "\x9b31m", "`\x1b[31m`", "$\x1b[31m$", "$$\x1b[31m$$"])
def test_escape_sequences_are_defused(code: str):
    text = plain(f"red: {code}", 40) + plain(code, 40) + plain(f"```\n{code}\n```", 40)

    assert "\x1b" not in text
    assert "\x9b" not in text


@pytest.mark.parametrize("markdown", ["[a\x1b](http://b\x1b.org)", "![a&#27;](b&#27;.png)", "|a\x1b|\n|-|\n|&#27;|"])
def test_links_images_and_tables_are_defused(markdown: str):
    assert "\x1b" not in plain(markdown, 40)


def test_half_a_character_is_shown_as_unknown():
    assert plain("a\ud800b", 40) == "a\ufffdb"


def test_direction_marks_vanish_after_decoding():
    assert plain("user&#x202e;txt.exe&#8294;", 40) == "usertxt.exe"


def test_web_links_show_their_address_and_others_do_not():
    assert plain("[a](https://b.org) [c](../d.md) [e](javascript:f)", 80) == "a <https://b.org> c [e](javascript:f)"


def test_link_that_shows_its_address_shows_it_once():
    assert plain("[https://b.org](https://b.org)", 80) == "https://b.org"


def test_raw_html_and_autolinks_are_text():
    assert plain("<b>x</b> <https://b.org>\n\n<div>\ny\n</div>", 80) == "<b>x</b> <https://b.org>\n\n<div> y </div>"


def test_maths_is_read_before_emphasis():
    assert plain("$a * b$ and $c * d$, $1 and 2$", 80) == "a * b and c * d, 1 and 2"


def test_prices_are_no_maths():
    assert plain("It costs $5 or 6$7.", 80) == "It costs $5 or 6$7."


def test_display_maths_may_follow_a_line_of_text():
    assert plain("So\n$$\nx = 1\n$$\nholds.", 80) == "So\n\n  x = 1\n\nholds."


def test_markers_hang_and_give_way_on_a_narrow_page():
    markdown = "- one two three four\n  - five six\n"

    assert plain(markdown, 16) == "• one two three\n  four\n  ◦ five six"
    assert plain(markdown, 8) == "•\none two\nthree\nfour\n◦\nfive six"


def test_code_is_coloured_when_it_names_its_language():
    (line,) = render('```python\nif x: y = "a" + 1  # why\n```', 60)

    styles = {text.strip(): style for text, style in line}
    assert styles["if"] == "code.keyword"
    assert styles['"a"'] == "code.string"
    assert styles["1"] == "code.number"
    assert styles["# why"] == "code.comment"


def test_code_in_an_unknown_language_stays_plain():
    (line,) = render("```no-such-language\nif x:\n```", 60)

    assert {style for _, style in line} == {"code"}


def test_long_code_goes_on_behind_a_mark():
    assert plain("```\n" + "x" * 20 + "\n```", 12) == "  xxxxxxxxxx\n  ↪ xxxxxxxx\n  ↪ xx"


def test_table_without_room_becomes_a_list():
    markdown = "| a | bb | c |\n|--|--|--|\n| eleven words | two | three |"

    assert plain(markdown, 10) == "a: eleven\nwords\nbb: two\nc: three"


def test_inline_is_one_line():
    line = inline("A **bold**\nclaim about $\\eta$  \nand `code`")

    assert "".join(text for text, _ in line) == "A bold claim about η and code"
    assert ("bold", "strong") in line


@pytest.mark.parametrize(
    "markdown",
    [
        *("[" * 100_000, "![" * 50_000, "*a " * 33_000, "*" * 50_000 + "a" + "*" * 50_000, "`" * 100_000),
        *("$a " * 33_000, "- $$ a\n" * 14_000, "$$ a\n" * 20_000, "> " * 50_000, "- " * 50_000),
        *(
            "{" * 100_000,
            "$" + "{" * 99_000 + "$",
            "$" + "\\hat" * 24_000 + "$",
            "$$" + "\\frac" * 20_000 + "$$",
        ),
        *("a" * 100_000, "a " * 50_000, "```py\n" + "(" * 100_000, "&#27;" * 20_000, "损" * 50_000),
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_takes_seconds_at_most(markdown: str):
    start = time.process_time()

    render(markdown, 76)

    assert time.process_time() - start < 20  # measured under 2 s; the bound only tells linear from quadratic
