from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.prose import STYLES, Span, cells, inline, plain, render
from coursekit.prose.blocks import NARROWEST
from tests.work import work

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


def test_every_link_shows_its_address_and_a_script_is_none():
    text = plain("[a](https://b.org) [c](../d.md) [e](javascript:f) [g][r]\n\n[r]: https://h.org 'title'", 80)

    assert text == "a <https://b.org> c <../d.md> [e](javascript:f) g <https://h.org>"


def test_an_address_in_running_text_is_a_link():
    (line,) = render("See (https://b.org/a_(c)?d=1), or <https://e.org>.", 80)

    assert [text for text, style in line if style == "link"] == ["https://b.org/a_(c)?d=1", "https://e.org"]


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


def test_table_aligns_left_right_and_centre_with_maths_and_code_in_it():
    page = plain("| left | centre | right |\n|:--|:-:|--:|\n| `a` | $x^2$ | 1 |\n| b \\| c | wide words | 100 |", 40)

    assert page == (
        "left     centre    right\n─────  ──────────  ─────\na          x²          1\nb | c  wide words    100"
    )


def test_table_wraps_in_its_cells_and_breaks_no_word():
    markdown = "| name | what it does |\n|--|--|\n| SGD | one step at a time |\n| `adaptive_moment` | scales |"

    assert plain(markdown, 26) == (
        "name             what it\n"
        "                 does\n"
        "───────────────  ─────────\n"
        "SGD              one step\n"
        "                 at a time\n"
        "adaptive_moment  scales"
    )


def test_table_whose_words_have_no_room_becomes_a_list():
    code = "tf.keras.optimizers.SGD(learning_rate=0.01)"

    assert code in plain(f"| a | b |\n|--|--|\n| `{code}` | `{code}` |", 56)


def test_table_without_room_becomes_a_list():
    markdown = "| a | bb | c |\n|--|--|--|\n| eleven words | two | three |"

    assert plain(markdown, 10) == "a: eleven\nwords\nbb: two\nc: three"


def test_lists_nest_count_on_and_hold_blocks():
    markdown = "7. seven\n   - > quote\n     - [ ] to do\n     - [x] done\n8. eight\n   ```\n   a = 1\n   ```"

    assert plain(markdown, 40) == "7. seven\n   ◦ │ quote\n\n     • [ ] to do\n     • [x] done\n8. eight\n     a = 1"


def test_breaks_rules_headings_and_entities():
    assert plain("one  \ntwo\\\nthree\n\n***\n\nHead\n====\n\n### $x^2$ &lt;b&gt;", 10) == (
        "one\ntwo\nthree\n\n──────────\n\nHead\n\nx² <b>"
    )


def test_what_is_struck_out_says_so_without_its_style():
    assert render("so ~~not~~ this", 40) == ((Span("so "), Span("~~not~~", "strike"), Span(" this")),)


def test_notes_comments_and_images_are_shown():
    assert plain("a[^1] <!-- b --> ![c *d*](e/f.png 'g') ![](h.png)\n\n[^1]: The note.", 80) == (
        "a[^1] <!-- b --> [image: c d (e/f.png)] [image: h.png]\n\n[^1]: The note."
    )


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        (r"$a*b*c$ and $x_i + y_i$", "a * b * c and xᵢ + yᵢ"),
        (r"$\{1, 2\}$ and $w^{*}_{*}$", "{1, 2} and w*_*"),
        (r"`$x$` and \$x\$", "$x$ and $x$"),
        (r"$5 and $6, $5-$10, ($5)/($6)", "$5 and $6, $5-$10, ($5)/($6)"),
        (r"5$ and 6$", "5$ and 6$"),
        (r"from $20/month or $200/year", "from $20/month or $200/year"),
        (r"so $$E = mc^2$$ holds", "so E = mc² holds"),
    ],
)
def test_dollars_are_maths_or_money(markdown: str, shown: str):
    assert plain(markdown, 80) == shown


@pytest.mark.parametrize("width", [12, 40, 60])
def test_nothing_of_a_long_line_of_code_is_lost(width: int):
    code = 'model = tf.keras.Sequential([tf.keras.layers.Dense(128, activation="relu"), Dense(10)])  # one line'

    shown = plain(f"```python\n{code}\n```", width)

    assert "".join(shown.replace("↪", "").split()) == "".join(code.split())
    assert max(map(len, shown.split("\n"))) <= width


def test_inline_is_one_line():
    line = inline("A **bold**\nclaim about $\\eta$  \nand `code`")

    assert "".join(text for text, _ in line) == "A bold claim about η and code"
    assert ("bold", "strong") in line


HOSTILE = [
    *(("", piece, "") for piece in ("[", "![", "*a ", "`", "$a ", "- $$ a\n", "$$ a\n", "> ", "- ", "{", "a", "a ")),
    *(("", piece, "") for piece in ("&#27;", "损")),
    *(("$", "{", "$"), ("$", "\\hat", "$"), ("$$", "\\frac", "$$"), ("```py\n", "(", "")),
]


@pytest.mark.parametrize(("before", "piece", "after"), HOSTILE)
def test_hostile_text_of_any_length_is_set(before: str, piece: str, after: str):
    markdown = before + piece * (100_000 // len(piece)) + after

    lines = render(markdown, 76)

    assert len(lines) <= len(markdown)


@pytest.mark.parametrize(("before", "piece", "after"), HOSTILE)
def test_twice_the_hostile_text_is_twice_the_work(before: str, piece: str, after: str):
    short = before + piece * (4_000 // len(piece)) + after
    long = before + piece * (8_000 // len(piece)) + after
    render(short, 76)  # what is read once is read now

    assert work(lambda: render(long, 76)) < 2.2 * work(lambda: render(short, 76)) + 1_000


def test_a_table_of_twice_the_columns_is_twice_the_work():
    short, long = ("\n".join(("|a" * many, "|-" * many, *["|b" * many] * 5)) for many in (100, 200))
    assert "a: b" in plain(long, 76)

    assert work(lambda: render(long, 76)) < 2.2 * work(lambda: render(short, 76)) + 1_000
