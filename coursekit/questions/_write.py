r"""A question's section -> its Markdown in one canonical layout, so that `parse(write(question)) == question`.

    ## Doubling the batch

    ```yaml question
    id: batch-noise
    tags: [sgd]            # a comment stays on its line, or above the field it stands above
    ```

    The text, then the parts in the order of `PARTS`, one blank line between blocks.

Only layout changes. A section is written and not a drawn Question, which no longer knows its params. Where a change of
layout could be one of meaning, the author's bytes stay: see `tidy` and `write_fields`. A first line that names a schema
to an editor (`# yaml-language-server: $schema=…`) stays the first.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from coursekit.document import Section, Text, split
from coursekit.errors import ContentError
from coursekit.fields import Fields
from coursekit.questions._read import PARTS

ORDER = ("id", "kind", "objective", "tags", "difficulty", "points", "lab", "related")
_MODELINE = re.compile(r"#\s*yaml-language-server:")
# What may open a YAML scalar of several lines, in which each space counts.
_SCALAR = re.compile(r"[\"']|[|>][-+\d]*[ \t]*(?:#.*)?$", re.MULTILINE)
_FENCE = re.compile(r"(`{3,}|~{3,})")
# HTML, or a fence or display maths inside a list or quote: only a parser knows where that ends.
_DOUBTFUL = re.compile(r"[ \t]*(?:[>*+-]|\d{1,9}[.)])?[ \t>]*(?:<|(?<=.)(?:```|~~~|\$\$))")
_CODE = re.compile(r"(?:[ >]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*?(?: {4}|\t)")  # perhaps an indented code block
_BARE_MARKER = re.compile(r"[ >]*(?:[-*+]|\d{1,9}[.)])[ \t]*")
_ITEM = re.compile(r" {0,3}[-*+] +\S")  # ends the paragraph before it
_QUOTE = re.compile(r" {0,3}>")  # so does this, unless that is a quote already


def write_section(section: Section) -> str:
    """Write a section canonically. Raises ContentError when its fence is missing, open, or no YAML mapping."""
    fields = section.fields()
    ordered = sorted(section.parts, key=lambda part: _rank(part.title, PARTS))
    parts = [(part.title, tidy(part.text.source)) for part in ordered]
    blocks = [
        heading("##", section.title),
        _fence(write_fields(section.fence, fields, ORDER) if section.fence else ""),
        tidy(section.text.source),
    ]
    for title, text in parts:
        blocks += [heading("###", title), text]
    written = "\n\n".join(block for block in blocks if block) + "\n"
    again = split(f"---\n---\n{written}", section.path).sections
    if [(part.title, part.text.source) for found in again for part in found.parts] != parts:
        line = section.parts[-1].line  # only the last part of a file can stay open
        raise ContentError(section.path, line, "A fence or comment in this part is never closed. Close it.")
    return written


def _rank(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)


def heading(marks: str, title: str) -> str:
    """Write a heading; one whose title ends with `#` is closed, or that would be taken for the closing."""
    closing = f" {marks}" if re.search(r"(?:^|[ \t])#+$", title) else ""
    return f"{marks} {title}{closing}".rstrip(" ")


def _fence(source: str) -> str:
    """Put backticks round the metadata, more of them than any line of it begins with."""
    marks = re.findall(r"^ {0,3}(`{3,})", source, re.MULTILINE)
    fence = "`" * max([3, *(len(mark) + 1 for mark in marks)])
    return "\n".join(filter(None, (f"{fence}yaml question", source, fence)))


def write_fields(fence: Text, fields: Fields, order: tuple[str, ...]) -> str:
    """Put the fields in this order, each with its comments. What would then read otherwise stays as it is.

    So does metadata that ends with a `|` block: the newline before the closing fence is no part of its value.
    """
    lines = fence.source.split("\n")
    starts = [fields.line_of(name) - fence.line for name in fields]
    if not starts or any(start >= stop for start, stop in pairwise([*starts, len(lines)])):
        return fence.source  # several fields in one line: {id: a, kind: b}
    modelines = next((i for i, line in enumerate(lines) if not _MODELINE.match(line)), len(lines))
    starts = [max(modelines, _above(lines, start)) for start in starts]
    footer = _above(lines, len(lines))
    chunks = [_chunk(lines[start:stop]) for start, stop in pairwise([*starts, footer])]
    named = sorted(zip(fields, chunks, strict=True), key=lambda entry: _rank(entry[0], order))
    before, after = lines[: starts[0]], _chunk(lines[footer:])
    written = "\n".join([*before, *(line for _, chunk in named for line in chunk), *after])
    return written if _reads(written, fields) else fence.source


def _above(lines: list[str], start: int) -> int:
    """Go up over the comments at the margin, and blank lines, that stand above a field."""
    while start and (lines[start - 1].startswith("#") or not lines[start - 1].strip()):
        start -= 1
    return start


def _chunk(lines: list[str]) -> list[str]:
    """Take trailing spaces and the blank lines round comments off a field, unless a scalar may hold them."""
    entry = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    comments = [line.rstrip(" \t") for line in lines[:entry] if line.strip()]
    rest = lines[entry:]
    if len(rest) > 1 and _SCALAR.search("\n".join(rest)):
        return [*comments, *rest]
    return [*comments, *(line.rstrip(" \t") for line in rest if line.strip())]


def _reads(source: str, fields: Fields) -> bool:
    """Tell whether this YAML holds the same values, when it has been cut out of a file again."""
    try:
        again = Fields.parse(source.strip("\n"), path=fields.path, line=fields.line).data()
    except ContentError:
        return False
    return {name: repr(value) for name, value in again.items()} == {
        name: repr(value) for name, value in fields.data().items()
    }


def tidy(source: str) -> str:
    """Take trailing spaces off where CommonMark does not read them.

    They stay in fences, display maths and indented code, at a hard line break (two spaces), and inside a paragraph with
    code, maths or a tag, which may go over the line. Behind HTML, or a fence in a list or quote, nothing is touched.
    """
    return "\n".join(_tidied(source.split("\n")))


def _tidied(lines: list[str]) -> Iterator[str]:
    closing, in_code = "", False
    for number, line in enumerate(lines):
        was_open = bool(closing)
        closing = _closing_after(closing, line)
        if closing == "never":
            yield from lines[number:]
            return
        if line.strip():
            in_code = bool(_CODE.match(line))
        is_kept = was_open or closing or in_code or _counts(lines, number)
        yield line if is_kept else line.rstrip(" \t")


def _closing_after(closing: str, line: str) -> str:
    """Return what ends the fence or maths that is open after a line, '' outside, 'never' when that is in doubt."""
    if closing == "$$":
        if _FENCE.search(line) or _DOUBTFUL.match(line):
            return "never"
        return "" if "$$" in line else "$$"
    mark = _FENCE.match(line)
    if closing:
        closes = re.fullmatch(rf" {{0,3}}{closing}{closing[0]}*[ \t]*", line)
        return "" if closes else closing
    if mark and not (mark[1][0] == "`" and "`" in line[mark.end() :]):
        return mark[1]
    if mark or _DOUBTFUL.match(line):
        return "never"
    return "$$" if line.count("$$") % 2 else ""


def _counts(lines: list[str], number: int) -> bool:
    """Tell whether spaces at the end of this line may be read."""
    line, after = lines[number], lines[number + 1] if number + 1 < len(lines) else ""
    if not line.strip():
        return False
    if _BARE_MARKER.fullmatch(line):
        return True
    is_option = _ITEM.match(line) and ">" not in line
    if not after.strip() or _ITEM.match(after) or (is_option and _QUOTE.match(after)):
        return False
    text = line.rstrip(" \t")
    return line[len(text) :] not in ("", " ") or text.endswith("\\") or bool(re.search("[`$<]", _around(lines, number)))


def _around(lines: list[str], number: int) -> str:
    """Return the lines round this one, up to blank ones."""
    start = next((i for i in range(number, -1, -1) if not lines[i].strip()), -1)
    stop = next((i for i in range(number, len(lines)) if not lines[i].strip()), len(lines))
    return "\n".join(lines[start + 1 : stop])
