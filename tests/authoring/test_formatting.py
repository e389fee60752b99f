"""A formatted topic says what it said, in questions, comments and headings, and formatting it again changes nothing."""

import json
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coursekit
from coursekit import plugins
from coursekit.authoring.examples import example
from coursekit.authoring.formatting import format_bytes, format_topic, refuse_change
from coursekit.document import Document, Section, split
from coursekit.errors import ContentError
from coursekit.questions._read import FAMILY, Defaults, read_question

CONTENT = Path(coursekit.__file__).parents[1] / "content"
FILES = [path for path in sorted(CONTENT.rglob("*.md")) if path.name not in ("course.md", "README.md")]
TOPICS = [path.read_text(encoding="utf-8") for path in FILES]
KINDS = plugins.names(FAMILY)

CANONICAL = """\
---
# yaml-language-server: $schema=topic.schema.json
title: Steps        # what others call updates
lesson: Training
objectives:
  # the first
  LO-1: Know a step
defaults: {points: 1, lab: bowl}
# the end
---

# A heading of its own

What a step is.

### Hint

Before any question.

## One

```yaml question
# yaml-language-server: $schema=question.schema.json
# why it is asked
id: one
kind: true-false
tags: [a]  # of one
key: true
```

It is.

#### A deep heading

More.

### Hint

Look.
"""


def questions(document: Document) -> list[Any]:
    """Read every question, apart from its place; of one that cannot be read, its error."""
    return [unplaced(read(section)) for section in document.sections]


def read(section: Section) -> Any:
    try:
        return replace(read_question(section, Defaults("L", "T", lab="bowl"), 3), fingerprint="")
    except ContentError as error:
        return error.message


def unplaced(value: Any) -> Any:
    """Set each path to '' and each line to 0, and take spaces off line ends, which `test_write` compares rendered."""
    if isinstance(value, str):
        return re.sub(r"[ \t]+$", "", value, flags=re.MULTILINE)
    if isinstance(value, tuple):
        return tuple(unplaced(entry) for entry in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {each.name: unplaced(getattr(value, each.name)) for each in fields(value)}
    return replace(
        value, **changes | {name: "" if name == "path" else 0 for name in changes if name in ("path", "line")}
    )


def comments(source: str) -> list[str]:
    return sorted(line.strip() for line in re.findall(r"(?:^|(?<= ))# .*", source, re.MULTILINE))


def headings(document: Document) -> list[tuple[str, int]]:
    return [(heading.title, heading.level) for heading in document.headings]


def assert_same(before: str, after: str) -> None:
    old, new = split(before, "t.md"), split(after, "t.md")
    assert questions(new) == questions(old)
    assert new.fields().data() == old.fields().data()
    assert [section.fields().data() for section in new.sections] == [s.fields().data() for s in old.sections]
    assert headings(new) == headings(old)
    assert [part.title for part in new.parts] == [part.title for part in old.parts]
    assert comments(after) == comments(before)


@pytest.mark.parametrize("source", TOPICS, ids=[path.name for path in FILES])
def test_the_shipped_topics_are_formatted_already(source: str) -> None:
    assert format_topic(source, "t.md") == source


@pytest.mark.parametrize("kind", KINDS)
def test_each_kinds_example_keeps_its_question_and_fingerprint(kind: str) -> None:
    source = f"---\ntitle: T\n---\n## Example\n{example(kind)}"

    written = format_topic(source, "t.md")

    assert_same(source, written)
    before, after = (
        read_question(split(text, "t.md").sections[0], Defaults("", "", lab="x")) for text in (source, written)
    )
    assert after.fingerprint == before.fingerprint
    assert format_topic(written, "t.md") == written


def test_a_canonical_topic_stays_as_it_is() -> None:
    assert format_topic(CANONICAL, "t.md") == CANONICAL


def test_fields_are_put_in_order_with_their_comments_and_the_schema_line_stays_first() -> None:
    source = (
        "---\n# yaml-language-server: $schema=a.json\n# of lessons\nlesson: L\n\n\ntitle: T  # beside\n---\n"
        "## Q\n```yaml question\n# yaml-language-server: $schema=b.json\n"
        "# of the key\nkey: true\nkind: true-false\nid: q\n```\nYes."
    )

    assert format_topic(source, "t.md") == (
        "---\n# yaml-language-server: $schema=a.json\ntitle: T  # beside\n# of lessons\nlesson: L\n---\n\n"
        "## Q\n\n```yaml question\n# yaml-language-server: $schema=b.json\n"
        "id: q\nkind: true-false\n# of the key\nkey: true\n```\n\nYes.\n"
    )


SPACES = st.sampled_from(["", "", "", " ", "  ", "\t"])


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A topic as another author would have laid it out: fields, blank lines, spaces and line ends."""
    source = draw(st.sampled_from([CANONICAL, *TOPICS]))
    document = split(source, "t.md")
    front = _shuffled(draw, document.front.source)
    blocks = [f"---\n{front}\n---", document.text.source]
    blocks += [f"### {part.title}\n{part.text.source}" for part in document.parts]
    for section in document.sections:
        assert section.fence
        blocks += [
            f"## {section.title}{draw(SPACES)}",
            f"~~~yaml question\n{_shuffled(draw, section.fence.source)}\n~~~",
        ]
        blocks += [section.text.source, *(f"###  {part.title}\n\n\n{part.text.source}" for part in section.parts)]
    text = "".join(
        block + draw(SPACES) + draw(st.sampled_from(["\n\n", "\n \n", "\n\n\n\n"])) for block in blocks if block
    )
    return draw(st.sampled_from(["", "\ufeff"])) + text


def _shuffled(draw: st.DrawFn, source: str) -> str:
    """Put top-level fields, with what belongs to each, in another order."""
    modelines = [line for line in source.split("\n") if "yaml-language-server" in line]
    rest = "\n".join(line for line in source.split("\n") if "yaml-language-server" not in line)
    entries = re.findall(r"(?:^#.*\n)*^\w[^\n]*(?:\n[ \t].*)*", rest, re.MULTILINE)
    footer = re.findall(r"(?:^#.*\n?)+\Z", rest, re.MULTILINE)
    return "\n".join([*modelines, *draw(st.permutations(entries)), *footer])


@given(source=layouts(), newline=st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=60, deadline=None)
def test_every_layout_keeps_what_it_says_and_is_formatted_once_for_all(source: str, newline: str) -> None:
    data = source.replace("\n", newline).encode()

    written = format_bytes(data, "t.md")

    text = written.decode().replace(newline, "\n")
    assert_same(source.removeprefix("\ufeff"), text)
    assert format_bytes(written, "t.md") == written
    assert newline == "\n" or b"\n" not in written.replace(newline.encode(), b"")


PIECES = (
    *("# h", "## q", "```yaml question", "```", "id: a", "kind: numeric", "key: 1", "# c", "### Hint", "#### x"),
    *("", "- [x] a", "<!-- c", "-->", "$$", "~~~", "---", "title: T", "defaults: {lab: a}", "> q", "    code", "a: |"),
    *("text  ", "a: {b: 1}  # d", "  # e", "# yaml-language-server: $schema=x", "# h ##", "    - y", "- ", "1. z  "),
)


@given(lines=st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=300, deadline=None)
def test_any_lines_are_kept_or_refused(lines: list[str]) -> None:
    source = "\n".join(["---", "title: T", "---", *lines])
    try:
        written = format_topic(source, "t.md")
    except ContentError:
        return

    assert_same(source, written)
    assert format_topic(written, "t.md") == written


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no front matter", "t.md:1: The file must begin with a line '---'"),
        (b"---\ntitle: T\n---\n\n## Q\n\nNo fence.\n", "t.md:5: A question needs a '```yaml question' fence"),
        (b"---\ntitle: [\n---\n", "The YAML cannot be read"),
        (b"---\ntitle: T\n---\n\xff", "t.md:4: Not UTF-8 text"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_line(data: bytes, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        format_bytes(data, "t.md")

    assert said in str(caught.value)


CHANGES = (
    *(("title: Steps", "title: Stops"), ("LO-1", "LO-2"), ("What a step is.", "What?"), ("Before any", "After any")),
    *(("## One", "## Two"), ("[a]", "[b]"), ("It is.", "It was."), ("#### A", "#### No"), ("### Hint", "### Hnt")),
)


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_topic_that_would_say_something_else_is_refused(old: str, new: str) -> None:
    document = split(CANONICAL, "t.md")

    refuse_change(document, split(CANONICAL.replace("\n\n## ", "\n\n\n## "), "t.md"))
    with pytest.raises(ContentError, match=r"t\.md:1: This file cannot be formatted"):
        refuse_change(document, split(CANONICAL.replace(old, new), "t.md"))


def test_a_json_front_matter_on_one_line_stays() -> None:
    source = f"---\n{json.dumps({'lesson': 'L', 'title': 'T'})}\n---\n"

    assert format_topic(source, "t.md") == source
