r"""A topic file -> the same topic in one canonical layout.

    ---
    title: Mini-batches        # title, lesson, objectives, defaults; each with its comments
    ---

    The text above the first question, then each question as `write_section` lays it out.

Only layout changes, and formatting twice changes nothing more. Lines end as the file's first line does, so that a
checkout with CRLF shows no difference in every line; a byte order mark, which UTF-8 does not need, goes.

A question's fingerprint is made of its fence and texts as they stand: it changes where fields change places or spaces
at line ends go. Progress does not hang on it; only what was answered before can no longer be adopted.
"""

import re
from typing import Any

from coursekit.document import Document, Section, split
from coursekit.errors import ContentError
from coursekit.questions._write import heading, tidy, write_fields, write_section

FRONT = ("title", "lesson", "objectives", "defaults")
_LINE_END = re.compile(r"\r\n?|\n")


def format_bytes(data: bytes, path: str) -> bytes:
    """Format a topic file's bytes. Raises ContentError when they cannot be read; then the file is to stay as it is."""
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(path, line, "Not UTF-8 text. Save the file as UTF-8.") from None
    first = _LINE_END.search(source)
    written = format_topic(source, path)
    return written.replace("\n", first[0] if first else "\n").encode()


def format_topic(source: str, path: str) -> str:
    """Format a topic's text, lines ended by newlines. Raises ContentError when it cannot be read."""
    document = split(source, path)
    written = "\n\n".join(filter(None, _blocks(document))) + "\n"
    refuse_change(document, split(written, path))
    return written


def refuse_change(before: Document, after: Document) -> None:
    """Raise ContentError when a topic says something else than before: no fault of ours may cost an author a file."""
    if _outline(after) != _outline(before):
        message = "This file cannot be formatted without changing what it says. Lay it out by hand."
        raise ContentError(before.path, 1, message)


def _blocks(document: Document) -> list[str]:
    front = write_fields(document.front, document.fields(), FRONT)
    blocks = ["\n".join(filter(None, ("---", front, "---"))), tidy(document.text.source)]
    for part in document.parts:
        blocks += [heading("###", part.title), tidy(part.text.source)]
    return [*blocks, *(write_section(section).removesuffix("\n") for section in document.sections)]


def _outline(document: Document) -> list[Any]:  # Any: nested tuples of texts
    """Return all that a topic says, apart from its layout."""
    parts = [(part.title, tidy(part.text.source)) for part in document.parts]
    sections = [_said(section) for section in document.sections]
    return [repr(sorted(document.fields().data().items())), tidy(document.text.source), parts, sections]


def _said(section: Section) -> tuple[Any, ...]:
    parts = sorted((part.title, number, tidy(part.text.source)) for number, part in _numbered(section))
    return section.title, repr(sorted(section.fields().data().items())), tidy(section.text.source), parts


def _numbered(section: Section) -> list[tuple[int, Any]]:
    """Count the parts of each title, since several hints keep their order."""
    seen: dict[str, int] = {}
    numbered: list[tuple[int, Any]] = []
    for part in section.parts:
        seen[part.title] = seen.get(part.title, 0) + 1
        numbered.append((seen[part.title], part))
    return numbered
