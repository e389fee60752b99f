from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import coursekit
from coursekit.document import Document, Item, Text, _fields, full_list, last_list, quick_list, split
from coursekit.document import Heading as Uncut
from coursekit.errors import ContentError

ROOT = Path(coursekit.__file__).parents[1]
TOPICS = [path for path in (ROOT / "content").rglob("*.md") if path.name != "README.md"]
FILES = sorted([*TOPICS, *(ROOT / "labs").glob("*/lab.md")])
FRONT = "---\ntitle: T\n---\n"

Heading = tuple[int, int, str]  # line from 1, level, title


def by_commonmark(source: str) -> list[Heading]:
    """The headings of level 2 and 3 at the top level, as markdown-it-py sees them behind the front matter."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    end = lines.index("---", 1) + 1
    tokens = MarkdownIt("commonmark").parse("\n" * end + "\n".join(lines[end:]))
    return [_heading(token, inline) for token, inline in pairwise(tokens) if _is_heading(token)]


def _is_heading(token: Any) -> bool:
    return token.type == "heading_open" and token.level == 0 and token.markup in ("##", "###")


def _heading(token: Any, inline: Any) -> Heading:
    return token.map[0] + 1, len(token.markup), inline.content


def by_split(document: Document) -> list[Heading]:
    groups = [(None, document.parts), *((section, section.parts) for section in document.sections)]
    found: list[Heading] = []
    for section, parts in groups:
        found += [(section.line, 2, section.title)] if section else []
        found += [(part.line, 3, part.title) for part in parts]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_shipped_file_has_the_headings_that_commonmark_sees(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert by_split(split(source, str(path))) == by_commonmark(source)


TRICKY = {
    "plain": "## A\n\ntext\n\n### B\n\ntext\n\n## C\n",
    "no final newline": "## A\n### B",
    "closed by hashes": "## A ##\n### B ###   \n## C#\n### F# #\n## #\n### ###\n",
    "empty": "##\n\n###\n",
    "tabs": "##\tA\n###\t B\t\n",
    "no space": "##A\n###B\n",
    "deeper": "#### A\n##### B\n## C\n",
    "in a fence": "```\n## no\n```\n## A\n",
    "in a fence with a language": "```python\n## no\n### no\n```\n## A\n",
    "in tildes": "~~~\n## no\n```\n## no\n~~~\n## A\n",
    "in four backticks": "````\n```\n## no\n```\n## no\n````\n## A\n",
    "closed by more": "```\n## no\n`````\n## A\n",
    "not closed by fewer": "````\n## no\n```\n## no\n````\n## A\n",
    "not closed by words": "```\n## no\n``` python\n## no\n```\n## A\n",
    "an indented fence": "  ```\n## no\n  ```\n## A\n",
    "a fence in a list": "- item\n\n  ```\n  ## no\n  ```\n\n## A\n",
    "an open fence": "## A\n```\n## no\n",
    "code in a line": "```one line``` of code\n\n## A\n",
    "a rule in mid-file": "## A\n\n---\n\n## B\n",
    "in a list": "- ## no\n- text\n  ### no\n\n## A\n",
    "in a quote": "> ## no\n\n## A\n",
    "after a paragraph": "text\n## A\ntext\n### B\ntext\n",
    "four spaces": "    ## no\n\n## A\n",
    "in a comment": "<!--\n## no\n\n### no\n-->\n## A\n<!-- short -->\n## B\n",
    "a comment that is never closed": "## A\n<!--\n## no\n",
    "a line separator": "text\u2028## no\n## A\x0cB\n\x0b## no\n## B\u0085\n",
    "escaped": "\\## no\n## A \\#\n",
}


@pytest.mark.parametrize("name", TRICKY)
@pytest.mark.parametrize("front", [FRONT, "\ufeff" + FRONT])
def test_a_tricky_file_has_the_headings_that_commonmark_sees(name: str, front: str) -> None:
    source = front + TRICKY[name]

    assert by_split(split(source, "t.md")) == by_commonmark(source)


@pytest.mark.parametrize("name", TRICKY)
def test_windows_line_ends_change_nothing(name: str) -> None:
    source = FRONT + TRICKY[name]

    assert split(source.replace("\n", "\r\n"), "t.md") == split(source, "t.md")


LINES = st.sampled_from(
    [
        "## A",
        "### B",
        "text",
        "",
        "```",
        "````",
        "~~~",
        "```x",
        "- item",
        "  text",
        "<!--",
        "-->",
        "# H",
        "## C ##",
        "***",
    ]
)


@given(st.lists(LINES, max_size=12))
def test_any_mixture_of_lines_has_the_headings_that_commonmark_sees(lines: list[str]) -> None:
    source = FRONT + "\n".join(lines)

    assert by_split(split(source, "t.md")) == by_commonmark(source)


@given(st.text("ab#`~->*1.[] x\n\r\u2028", max_size=80))
def test_any_text_is_cut_into_items_or_refused_with_a_line(body: str) -> None:
    text = split(FRONT + body, "t.md").text

    try:
        lines = [item.line for item in last_list(text, "t.md")[1]]
    except ContentError as error:
        lines = [error.line]

    assert lines == sorted(lines)
    assert all(text.line <= line <= text.line + text.source.count("\n") for line in lines)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "must begin with a line '---'"),
        ("title: T\n", "must begin with a line '---'"),
        ("\n---\ntitle: T\n---\n", "must begin with a line '---'"),
        ("---\ntitle: T\n", "is never closed"),
    ],
)
def test_a_file_without_front_matter_says_how_to_begin(source: str, said: str) -> None:
    with pytest.raises(ContentError, match=said) as caught:
        split(source, "t.md")

    assert caught.value.line == 1


SECTION = """\
---
title: T
# why
lesson: L
---

Before.

## One

```yaml question
id: one

points: 2
```

The stem.

It goes on.

### Hint

Look.
### Explanation
Seen.

## Two
No fence.
"""


def test_each_piece_knows_its_text_and_its_line() -> None:
    document = split(SECTION, "t.md")
    one, two = document.sections

    assert document.front == Text("title: T\n# why\nlesson: L", 2)
    assert document.text == Text("Before.", 7)
    assert (one.title, one.line, one.fence) == ("One", 9, Text("id: one\n\npoints: 2", 12))
    assert one.text == Text("The stem.\n\nIt goes on.", 17)
    assert [(part.title, part.line, part.text) for part in one.parts] == [
        ("Hint", 21, Text("Look.", 23)),
        ("Explanation", 24, Text("Seen.", 25)),
    ]
    assert (two.title, two.line, two.fence, two.text) == ("Two", 27, None, Text("No fence.", 28))


def test_fields_of_front_matter_and_fence_have_the_files_lines() -> None:
    document = split(SECTION, "t.md")

    assert document.fields().line_of("lesson") == 4
    assert document.sections[0].fields().line_of("points") == 14
    assert (document.field("lesson"), document.sections[0].field("id")) == ("L", "one")


def test_a_section_without_a_fence_says_what_it_needs() -> None:
    two = split(SECTION, "t.md").sections[1]

    assert two.field("id") is None
    with pytest.raises(ContentError, match=r"t\.md:27: A question needs a '```yaml question' fence"):
        two.fields()


@pytest.mark.parametrize("mark", ["```", "````", "~~~"])
def test_metadata_may_stand_in_any_fence(mark: str) -> None:
    section = split(f"{FRONT}## A\n\n{mark}yaml question\nid: a\n{mark}\ntext", "t.md").sections[0]

    assert section.field("id") == "a"
    assert section.text == Text("text", 9)


def test_another_fence_is_part_of_the_text() -> None:
    section = split(f"{FRONT}## A\n```python\nx = 1\n```\n", "t.md").sections[0]

    assert section.fence is None
    assert section.text.source == "```python\nx = 1\n```"


OPTIONS = """\
Which one?

- a list
- in the stem

Then:

* [ ] $2$
  > More terms make it *steadier*,
  > not noisier.
* [x] one half,
  in words
  > Yes:
  so lazy that 1 > 0.
* [X] `x > 0` [1](a)
* plain
* [ ]
"""


def test_the_last_list_is_split_into_items_with_box_quote_and_line() -> None:
    stem, items = last_list(Text(OPTIONS.strip(), 5), "t.md")

    assert stem == Text("Which one?\n\n- a list\n- in the stem\n\nThen:", 5)
    assert items == (
        Item("$2$", 12, False, "More terms make it *steadier*,\nnot noisier.", ()),
        Item("one half,\nin words", 15, True, "Yes:\nso lazy that 1 > 0.", ()),
        Item("`x > 0` [1](a)", 19, True, "", ()),
        Item("plain", 20, None, "", ()),
        Item("", 21, False, "", ()),
    )


RUBRIC = """\
- (2) The noise falls.
  - noise | noisy
  - falls

- (1) A larger step
  is safe.
  - step
"""


def test_a_nested_list_belongs_to_its_item() -> None:
    _, (first, second) = last_list(Text(RUBRIC.strip(), 1), "t.md")

    assert (first.text, [item.text for item in first.items]) == ("(2) The noise falls.", ["noise | noisy", "falls"])
    assert (second.text, [item.text for item in second.items]) == ("(1) A larger step\nis safe.", ["step"])
    assert [item.line for item in (*first.items, *second.items)] == [2, 3, 7]


def test_an_ordered_list_is_found_when_asked_for() -> None:
    text = Text("Order:\n\n1. draw\n2. step\n", 1)

    assert [item.text for item in last_list(text, "t.md", ordered=True)[1]] == ["draw", "step"]
    assert last_list(text, "t.md")[1] == ()


def test_code_in_an_item_keeps_its_indentation() -> None:
    _, (item,) = last_list(Text("- [x] so:\n\n  ```\n  if x:\n      y\n  ```\n  > Yes.", 1), "t.md")

    assert item.text == "so:\n\n```\nif x:\n    y\n```"
    assert item.quote == "Yes."


def test_text_after_the_options_is_named_by_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        last_list(Text("- [x] a\n- [ ] b\n\n\nMore text.\n", 20), "t.md")

    assert str(caught.value) == "t.md:24: Text after the list of options. Move it above them."


def test_text_without_a_list_is_all_stem() -> None:
    text = Text("No - list - here.", 3)

    assert last_list(text, "t.md") == (text, ())


@pytest.mark.parametrize("closing", ["```", "  ```", "`````  "])
def test_a_metadata_fence_ends_where_commonmark_ends_it(closing: str) -> None:
    (section,) = split(f"---\ntitle: T\n---\n## A\n```yaml question\nid: a\n{closing}\nStem.", "a.md").sections

    assert (section.fields().text("id"), section.text.source) == ("a", "Stem.")


@pytest.mark.parametrize(
    "rest", ["", "Stem.\n\n```python\nx = 1\n```\n", "Stem.\n\n## B\n\n```yaml question\nid: b\n```\n"]
)
def test_a_metadata_fence_that_is_open_is_told_where_it_begins(rest: str) -> None:
    section, *_ = split(f"---\ntitle: T\n---\n## A\n\n```yaml question\nid: a\n\n{rest}", "a.md").sections

    assert section.field("id") == "a"
    with pytest.raises(ContentError, match=r"^a\.md:6: This fence is never closed"):
        section.fields()


def test_headings_that_cut_nothing_are_kept_with_their_lines() -> None:
    document = split("---\ntitle: T\n---\n# One\n## A\n#### Hint ##\n```\n# no\n```\n##### Why\n", "a.md")

    assert document.headings == (Uncut("One", 4, 1), Uncut("Hint", 6, 4), Uncut("Why", 10, 5))
    assert [str(e) for e in document.too_deep(("Hint",))] == ["a.md:6: '#### Hint' opens no part. Write '### Hint'."]


PIECES = (
    *(
        "- a",
        "- [x] a b",
        "- [ ] $x$",
        "- [X] *c*",
        "-",
        "- ",
        "- [ ]",
        "- 1. a",
        "- > a",
        "- # a",
        "- ```",
        "* a",
        "1. a",
    ),
    *(
        "  > why",
        "  >",
        "  > - a",
        "  >why",
        "  more",
        "  $x$",
        "  - in",
        "    - in",
        "  1. a",
        "  ```",
        "  # h",
        "  ===",
    ),
    *(
        "",
        " ",
        "text",
        "more text",
        "> quote",
        "```",
        "~~~",
        "<div>",
        "<!-- a",
        "-->",
        "    code",
        "\ttab",
        "a\tb",
        "# h",
    ),
    *(
        "---",
        "===",
        "[x]: y",
        "- [x]: y",
        "- \\[x]",
        "- (a)",
        "-  a",
        "-\ta",
        "- a  ",
        "  > a  ",
        "+ a",
        "| a |",
        "- ___",
        "- * b",
        "- ***",
        "- **b** c",
        "- *b*",
        "- _b_",
        "- 12) a",
        "- 12",
    ),
)


@given(lines=st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
@settings(max_examples=1000)
def test_the_quick_reading_of_a_list_is_the_full_one_or_none(lines: list[str]):
    text = Text("\n".join(lines).strip("\n"), 7)

    for ordered in (False, True):
        if quick := quick_list(text, ordered=ordered):
            assert quick == full_list(text, "t.md", ordered=ordered)


def test_most_lists_are_read_quickly():
    text = Text("Which?\n\n- [x] $a$ and\n  more of it\n  > Yes.\n  > Really.\n- [ ] b\n- [ ] *c*\n  > No.", 3)

    assert quick_list(text) == full_list(text, "t.md")
    rubric = Text("- (2) It is\n  calm.\n  - calm | quiet\n  - averag*\n- (1) So.\n  - so", 1)
    assert quick_list(rubric) == full_list(rubric, "t.md")
    steps = Text("In order.\n\n1. draw a\n   batch\n2. go\n10. $w$", 1)
    assert quick_list(steps, ordered=True) == full_list(steps, "t.md", ordered=True)
    assert quick_list(Text("- a\n- b", 1)) == full_list(Text("- a\n- b", 1), "t.md")


def test_the_fences_of_a_session_are_parsed_once_each():
    questions = "".join(f"\n## {n}\n\n```yaml question\nid: parsed-once-{n}\n```\n\nWhy?\n" for n in range(200))
    document = split(f"---\ntitle: Many\n---\n{questions}", "many.md")
    before = _fields.cache_info().misses

    for section in document.sections * 2:
        section.fields()

    assert _fields.cache_info().misses - before == 200


def test_a_fence_that_is_never_closed_loses_no_question_behind_it() -> None:
    source = (
        "---\ntitle: T\n---\n\n## One\n\n```yaml question\nid: one\n# a note\nkey: 2\n\nText.\n\n### Hint\n\nLook.\n\n"
    )
    source += "## Two\n\n```yaml question\nid: two\n```\n\nText.\n"

    one, two = split(source, "t.md").sections

    assert (one.field("id"), two.field("id"), two.line) == ("one", "two", 18)
    with pytest.raises(ContentError, match="never closed") as caught:
        one.fields()
    assert caught.value.line == 7
