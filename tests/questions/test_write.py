"""A question written canonically and read again is the same question, whatever its author's layout."""

from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import coursekit
from coursekit import plugins
from coursekit.document import Section, split
from coursekit.errors import ContentError
from coursekit.questions._question import Question
from coursekit.questions._read import FAMILY, Defaults, read_question
from coursekit.questions._write import write_section

FRONT = "---\ntitle: T\n---\n\n"
CONTENT = Path(coursekit.__file__).parents[1] / "content"
SEEDS = (0, 1, 2, 7, 2**31)
SPACES = st.sampled_from(["", "", " ", "  ", "   ", "\t"])
PIECES = (
    "- [ ] a",
    "- ",
    "  - x",
    "1. y",
    "2) z",
    "> q",
    "> ```",
    ">     c",
    "```",
    "```py",
    "  ```",
    "````",
    "~~~",
    "`` ",
)
PIECES += (
    "$$",
    "$x",
    "x$",
    "$$ a $$",
    "`a",
    "b`",
    "**b**",
    "    code",
    "-     ic",
    "     ",
    "  ",
    "",
    "\t",
    "[l]: u",
    "a \\",
)
PIECES += ("text", "text ", "more  ", " lazy", "a\\", "---", "===", "<div>", "</div>", "<!-- c", "-->", "<b", "c>")

CANONICAL = """\
## Half of the noise

```yaml question
# what others call it
id: half
kind: free-response
objective: LO-1        # the first of two
tags:
  - sgd
  - variance
difficulty: 2
points: 4
related: [whole]
params: {b: [2, 4]}
where:
  - b > 1
```

Why is a batch of {{ b }} calmer?

```python
mean(gradients)@@
```

### Hint

A mean

of how many?

### Hint

Look at $b$.

### Explanation

It averages.

### References

- Bottou, 2018

### Rubric

- (2) Less noise.
  - noise | noisy
- (1) A longer step.
  - larger | bigger

### Model response

The noise falls.
""".replace("@@", "  ")


def section_of(source: str) -> Section:
    (section,) = split(FRONT + source, "t.md").sections
    return section


def again(section: Section) -> Section:
    return section_of(write_section(section))


def read(section: Section, seed: int = 0) -> Question:
    """Read a question apart from its place in a file."""
    return unplaced(read_question(section, Defaults("L", "T", lab="bowl"), seed))


def unplaced(value: Any) -> Any:  # Any: a question, or what it is made of
    """Set each path to '' and each line to 0; the options of a body have lines too."""
    if isinstance(value, tuple):
        return tuple(unplaced(entry) for entry in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {field.name: unplaced(getattr(value, field.name)) for field in fields(value)}
    return replace(
        value, **changes | {name: "" if name == "path" else 0 for name in changes if name in ("path", "line")}
    )


def sections() -> list[Section]:
    docs = {kind: import_module(f"{FAMILY}.{kind.replace('-', '_')}").__doc__ or "" for kind in plugins.names(FAMILY)}
    examples = [f"## {kind}\n```yaml {doc.partition('```yaml ')[2]}" for kind, doc in docs.items()]
    paths = [path for path in sorted(CONTENT.rglob("*.md")) if path.name != "README.md"]
    files = [path.read_text(encoding="utf-8") for path in paths]
    return [section for file in files for section in split(file, "t.md").sections] + [*map(section_of, examples)]


every_section = pytest.mark.parametrize("section", sections(), ids=lambda section: section.title)


@every_section
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_written_reads_as_the_same_question(section: Section, seed: int) -> None:
    written, source = read(again(section), seed), read(section, seed)

    assert replace(written, fingerprint="") == replace(source, fingerprint="")


@every_section
def test_writing_twice_changes_nothing_more_and_keeps_the_fingerprint(section: Section) -> None:
    once = again(section)

    assert write_section(again(once)) == write_section(once) == write_section(section)
    assert read(again(once)) == read(once)


@every_section
def test_text_and_parts_without_trailing_spaces_stay_byte_for_byte(section: Section) -> None:
    written = again(section)

    assert written.text.source == section.text.source
    assert sorted((part.title, part.text.source) for part in written.parts) == sorted(
        (part.title, part.text.source) for part in section.parts
    )


@every_section
def test_the_fingerprint_stays_where_the_fields_stand_in_order(section: Section) -> None:
    written = again(section)

    assert section.fence
    assert written.fence
    if written.fence.source == section.fence.source:
        assert read(written) == read(section)


def test_a_canonical_section_is_written_as_it_is() -> None:
    assert write_section(section_of(CANONICAL)) == CANONICAL


FIELDS = (
    "# what others call it\nid: half",
    "kind: free-response",
    "objective: LO-1        # the first of two",
    "tags:\n  - sgd\n  - variance",
    "difficulty: 2",
    "points: 4",
    "related: [whole]",
)
OWN = "params: {b: [2, 4]}\nwhere:\n  - b > 1"
PARTS = CANONICAL[CANONICAL.index("### ") :].strip().split("\n\n### ")
PARTS = [PARTS[0], *(f"### {part}" for part in PARTS[1:])]
HEAD, TEXT = CANONICAL.split("```yaml question\n")[0], CANONICAL.split("```\n\n", 1)[1].split("### ")[0].strip()


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """The canonical question as another author would have laid it out."""
    entries = draw(st.permutations([*FIELDS, OWN]))
    others = draw(st.permutations(PARTS[1:]))
    parts = draw(st.permutations([PARTS[0], *others]))
    hints = iter(PARTS[:2])
    parts = [next(hints) if part.startswith("### Hint") else part for part in parts]
    blank = st.integers(1, 3).map(lambda count: "\n" * count)
    fence = draw(st.sampled_from(["```", "````", "~~~"]))
    metadata = draw(blank).join(_spaced(draw, field, "\n") for field in entries)
    blocks = [_spaced(draw, HEAD.strip(), ""), f"{fence}yaml question\n{metadata}\n{fence}", _loose(draw, TEXT)]
    blocks += [_loose(draw, part) for part in parts]
    source = "".join(block + draw(blank) + draw(SPACES) + "\n" for block in blocks)
    return source.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _spaced(draw: st.DrawFn, text: str, end: str) -> str:
    return "\n".join(line + draw(SPACES) for line in text.split("\n"))


def _loose(draw: st.DrawFn, text: str) -> str:
    """Spaces after what ends a paragraph, never inside the fence."""
    before, mark, code = text.partition("```")
    lines = before.split("\n")
    ends = [not after.strip() or after.startswith("- ") for after in [*lines[1:], ""]]
    loose = [line + (draw(SPACES) if end and line else "") for line, end in zip(lines, ends, strict=True)]
    return "\n".join(loose) + mark + code


@given(source=layouts())
def test_every_layout_is_written_the_same_way(source: str) -> None:
    written = write_section(section_of(source))

    assert written == CANONICAL


@pytest.mark.parametrize("own", ["note: |+\n  kept\n\n", "note: |\n  a  \n  # no comment\n\n  b", 'note: "a  \n\n  b"'])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_yaml_scalar_of_several_lines_keeps_its_value(own: str, order: tuple[int, ...]) -> None:
    entries = [own, "id: q  ", "tags: [a,\n  b]"]
    source = "\n".join(entries[i] for i in order)
    section = section_of(f"## Q\n```yaml question\n{source}\n```\n")

    assert again(section).fields().data() == section.fields().data()
    assert write_section(again(section)) == write_section(section)


def test_block_scalars_stay_byte_for_byte_when_they_move() -> None:
    section = section_of("## Q\n```yaml question\nnote: |\n  a  \n   \n  # b\n\nkey: 1  \nid: q\n```\n")

    assert "\nid: q\nnote: |\n  a  \n   \n  # b\nkey: 1\n```\n" in write_section(section)


@pytest.mark.parametrize("source", ["note: |\n  a\nid: q", "note: |\n  a\nkey: 1\ntags: |\n  b"])
def test_a_block_scalar_does_not_move_to_or_from_the_end_where_it_loses_its_newline(source: str) -> None:
    section = section_of(f"## Q\n```yaml question\n{source}\n```\n")

    assert write_section(section) == f"## Q\n\n```yaml question\n{source}\n```\n"


@pytest.mark.parametrize(
    "source", ["{tags: [a], id: q}", "--- \ntags: [a]\nid: q", "tags: [a]\nid: q\n...", "note: 'a\u2028\u2028b'\nid: q"]
)
def test_unusual_yaml_keeps_its_values(source: str) -> None:
    section = section_of(f"## Q\n```yaml question\n{source}\n```\n")

    assert again(section).fields().data() == section.fields().data()
    assert write_section(again(section)) == write_section(section)


def test_a_comment_after_the_last_field_stays_last() -> None:
    section = section_of("## Q\n```yaml question\nkey: 1\n# above\nid: q # beside\n\n# below\n```\n")

    assert write_section(section) == "## Q\n\n```yaml question\n# above\nid: q # beside\nkey: 1\n# below\n```\n"


def test_a_fence_holds_backticks_of_its_own() -> None:
    section = section_of("## Q\n~~~yaml question\nid: q\nnote: |\n ```\n x\n ```\n~~~\nText.\n")

    assert again(section).fields().data() == section.fields().data()
    assert again(section).text.source == "Text."


@pytest.mark.parametrize("title", ["", "C#", "In C # ##", "# ##", r"a \#", "Größe", "a `b` $c$"])
def test_a_title_stays_what_it_is(title: str) -> None:
    section = section_of(f"## {title}  \n```yaml question\nid: q\n```\n")

    assert again(section).title == section.title
    assert not write_section(section).split("\n")[0].endswith(" ")


@pytest.mark.parametrize(
    "kept",
    [
        "```\nx  \n```",
        "~~~\n \n~~~",
        "$$\n\na  \n\n$$",
        "- \n  a",
        "    x  ",
        "two  \nlines",
        "`a \nb`",
        "- ```\n  x  \n  ```",
        "a\\ \nb",
    ],
)
def test_spaces_that_are_read_stay(kept: str) -> None:
    section = section_of(f"## Q\n```yaml question\nid: q\n```\nText  \n\n{kept}\n\n.\n")

    assert again(section).text.source == f"Text\n\n{kept}\n\n."


@given(lines=st.lists(st.tuples(st.sampled_from(PIECES), SPACES), min_size=1, max_size=9))
@example(lines=[("> q", "  "), ("> q", "")])
@example(lines=[("$$", ""), ("</div>", "  "), ("$$", ""), ("text", "  ")])
def test_tidied_text_renders_as_before(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(piece + spaces for piece, spaces in lines)
    section = section_of(f"## Q\n```yaml question\nid: q\n```\n\n{text}")
    markdown = MarkdownIt("commonmark").enable("table")

    written = again(section)

    assert markdown.render(written.text.source) == markdown.render(section.text.source)
    assert write_section(written) == write_section(section)


@pytest.mark.parametrize("body", ["", "Text alone.", "```python\nx\n```"])
def test_a_section_without_a_fence_raises_its_error(body: str) -> None:
    with pytest.raises(ContentError, match=r"t\.md:5: A question needs a '```yaml question' fence"):
        write_section(section_of(f"## Q\n\n{body}"))


def test_a_section_with_an_open_fence_raises_its_error() -> None:
    with pytest.raises(ContentError, match=r"t\.md:6: This fence is never closed"):
        write_section(section_of("## Q\n```yaml question\nid: q\n\nText.\n"))


@pytest.mark.parametrize("other", ["It is.", "```\n## x\n```", "```\n### Explanation\n\nIt is.\n```"])
def test_a_part_that_would_swallow_the_next_is_refused(other: str) -> None:
    source = f"## Q\n```yaml question\nid: q\n```\n### Explanation\n\n{other}\n\n### Hint\n\n```\nopen\n"

    with pytest.raises(ContentError, match=r"t\.md:1\d: A fence or comment in this part is never closed"):
        write_section(section_of(source))


def test_unknown_parts_go_last_and_stay_unknown() -> None:
    section = section_of("## Q\n```yaml question\nid: q\n```\n### Hnt\n\na\n\n### Hint\n\nb\n")

    assert [part.title for part in again(section).parts] == ["Hint", "Hnt"]
