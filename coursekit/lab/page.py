"""A `lab.md`, whatever sort of lab it is: front matter, instructions, hints, explanation; no link, not too long."""

from pathlib import Path

from coursekit.document import Document, split
from coursekit.errors import ContentError, suggest
from coursekit.files import read_text, shown

_PARTS = ("Hint", "Explanation", "References")
_LONGEST = 100_000  # characters, as of a question


def open_page(path: Path) -> Document:
    """Read the file, which lies in its course in `labs/<name>/`. Raises ContentError."""
    _refuse_link(path, path.parents[2])
    document = split(read_text(path), shown(path))
    _check_headings(document)
    _refuse_excess(document)
    return document


def hints_of(document: Document) -> tuple[str, ...]:
    """Return its hints, in order."""
    return tuple(part.text.source for part in document.parts if part.title == "Hint")


def explanation_of(document: Document) -> str:
    """Return its explanation, nothing where it has none."""
    return "\n\n".join(part.text.source for part in document.parts if part.title == "Explanation")


def _refuse_link(path: Path, course: Path) -> None:
    """Raise ContentError when the file, or a folder above it, is a link that leads out of the course."""
    try:
        is_inside = path.resolve().is_relative_to(course.resolve())
    except (OSError, RuntimeError):
        return  # its reader says what is wrong with it
    if not is_inside:
        raise ContentError(
            shown(path), 1, "This is a link out of the course. Put the file itself here.", code="unreadable-file"
        )


def _refuse_excess(document: Document) -> None:
    """Raise ContentError for a text that takes so long to set that a learner would wait."""
    long = len(document.text.source) + sum(len(part.text.source) for part in document.parts)
    if long > _LONGEST:
        message = f"This lab has {long:,} characters of text; at most {_LONGEST:,} are read. Shorten it."
        raise ContentError(document.path, document.text.line, message, code="bad-lab")


def _check_headings(document: Document) -> None:
    for section in document.sections:
        message = f"A lab has no '## {section.title}', only parts. Write '### …': {', '.join(_PARTS)}."
        raise ContentError(document.path, section.line, message, code="bad-lab")
    for error in document.too_deep(_PARTS):
        raise error
    for part in document.parts:
        if part.title not in _PARTS:
            message = f"Unknown part '### {part.title}'. {suggest(part.title, _PARTS)}"
            raise ContentError(document.path, part.line, message, code="bad-lab")
