"""A response that its learner confirmed as full, written into its topic file as a further model response.

    ### Model response

    What the author wrote.

    ### Model response

    What a learner wrote, as plain paragraphs.

The file is written beside itself, read again and only then put in its place: what is not this one part stays as it is,
byte for byte.
"""

import os
import re
import stat
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import final

import coursekit
from coursekit.clean import clean
from coursekit.course import Course
from coursekit.document import Document, Section, split
from coursekit.errors import ContentError, UsageError
from coursekit.files import shown
from coursekit.model import Attempt
from coursekit.questions._paragraphs import as_paragraphs, as_text, tidied
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question
from coursekit.questions.free_response import FreeResponse
from coursekit.store.store import Store

TITLE = "Model response"
_LINE_END = re.compile(rb"(?<=\n)|(?<=\r)(?!\n)")
_Outline = list[tuple[str, str, str, tuple[tuple[str, str], ...]]]


@final
@dataclass(frozen=True, slots=True)
class Candidate:
    """A confirmed full-mark response to free text; `obstacle` says why it cannot be adopted, '' if it can."""

    attempt: Attempt
    text: str
    obstacle: str


@final
@dataclass(frozen=True, slots=True)
class Adopted:
    """Where a model response was written: the line of its heading, and how many the question has now."""

    question: str
    attempt: int
    path: str
    line: int
    count: int


def candidates(course: Course, store: Store) -> tuple[Candidate, ...]:
    """List the confirmed full-mark responses to free-text questions, in the order of the course."""
    order = {name: place for place, name in enumerate(course.topic_of)}
    found = [
        Candidate(attempt, text_of(attempt), obstacle(course, store, attempt))
        for attempt in store.attempts()
        if attempt.question in order and attempt.mark >= 1 and store.confirmations(attempt.id)
    ]
    return tuple(sorted(found, key=lambda each: order[each.attempt.question]))


def obstacle(course: Course, store: Store, attempt: Attempt) -> str:
    """Say why a response cannot be adopted, '' when it can. A question that cannot be read is told in its words."""
    if attempt.question not in course.topic_of:
        return f"The course has no question '{attempt.question}' any more."
    section = course.topic_of[attempt.question].sections[attempt.question]
    try:
        question = read_question(section, Defaults("", ""))
    except ContentError as error:
        return str(error)
    if not isinstance(question.body, FreeResponse):
        return f"'{attempt.question}' is no free-text question: only free text has model responses."
    return _not_full(store, attempt) or _not_of_now(section, question, question.body, attempt)


def adopt(course: Course, store: Store, number: int) -> Adopted:
    """Write an attempt's response into its topic file. Raises UsageError when that cannot be done, OSError."""
    attempt = next((each for each in store.attempts() if each.id == number), None)
    if attempt is None:
        raise UsageError(f"Your record has no attempt {number} at this course. 'coursekit adopt' lists what it has.")
    if problem := obstacle(course, store, attempt):
        raise UsageError(f"Attempt {number} cannot be adopted. {problem}")
    if course.folder.resolve().is_relative_to(Path(coursekit.__file__).resolve().parent):
        raise UsageError("This course came with coursekit and stays as it is. Name a copy of it with --course DIR.")
    section = course.topic_of[attempt.question].sections[attempt.question]
    return _write(_file_of(course, section), section, attempt)


def text_of(attempt: Attempt) -> str:
    """Return what was written, tidied."""
    return tidied("\n".join(attempt.response))


def _not_full(store: Store, attempt: Attempt) -> str:
    if not store.confirmations(attempt.id):
        return "Its mark is a suggestion that nobody has confirmed."
    if attempt.mark < 1:
        return f"Its confirmed mark is {attempt.mark:.0%}; a model response has all points."
    return "" if text_of(attempt) else "It has no text."


def _not_of_now(section: Section, question: Question, body: FreeResponse, attempt: Attempt) -> str:
    if "params" in section.fields():
        return f"'{attempt.question}' has other numbers each time, and a model response must fit all of them."
    if attempt.fingerprint != question.fingerprint:
        return f"'{attempt.question}' was changed since: the response may not fit what it asks now."
    known = {" ".join(text.split()) for model in body.model_responses for text in (model, as_text(model))}
    return "It is a model response already." if " ".join(text_of(attempt).split()) in known else ""


def _file_of(course: Course, section: Section) -> Path:
    """Find the file that a section was read from; its shown path is for people."""
    path = next(path for path in (course.folder / "content").rglob("*.md") if shown(path) == section.path)
    if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
        message = "may only be read. Make it writable, or name a copy of the course with --course DIR."
        raise UsageError(f"{section.path} {message}")
    return path.resolve()  # what a link points to is replaced, not the link


def _write(path: Path, section: Section, attempt: Attempt) -> Adopted:
    before, source = path.read_bytes(), as_paragraphs(text_of(attempt))
    document = _document(before, section.path)
    if section not in document.sections:
        raise _changed(section)
    line, after = _with_part(before, section, source)
    with _beside(path, after) as written:
        count = _check(_document(written.read_bytes(), section.path), document, section, source)
        if path.read_bytes() != before:
            raise _changed(section)
        os.replace(written, path)
    return Adopted(attempt.question, attempt.id, section.path, line, count)


def _changed(section: Section) -> UsageError:
    return UsageError(f"{section.path} was changed meanwhile, and nothing was written. Try again.")


def _document(data: bytes, path: str) -> Document:
    """Read a file's bytes as a course reads the file."""
    return split(clean(re.sub(r"\r\n?", "\n", data.decode("utf-8"))), path)


def _with_part(before: bytes, section: Section, source: str) -> tuple[int, bytes]:
    """Put a part behind the section's last model response; return the line of its heading, and the file."""
    last = [part.text for part in section.parts if part.title == TITLE][-1]
    lines = _LINE_END.split(before)
    end = last.line + last.source.count("\n")
    newline = lines[0][len(lines[0].rstrip(b"\r\n")) :]
    head, tail = b"".join(lines[:end]), b"".join(lines[end:])
    block = f"\n### {TITLE}\n\n{source}\n"
    if not head.endswith((b"\n", b"\r")):
        block = f"\n{block}"
    if tail and lines[end].strip():
        block = f"{block}\n"
    return end + 2, head + block.encode().replace(b"\n", newline) + tail


@contextmanager
def _beside(path: Path, data: bytes) -> Generator[Path, None, None]:
    """Write a file of the same mode in the same folder, under a name that nobody reads; afterwards it is gone."""
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(stat.S_IMODE(path.stat().st_mode))
        yield written
    finally:
        written.unlink(missing_ok=True)


def _check(after: Document, before: Document, section: Section, source: str) -> int:
    """Hold what was written to what was there: one part more. Return how many model responses there are."""
    place = before.sections.index(section)
    wanted = _outline(before)
    title, fence, text, parts = wanted[place]
    last = max(number for number, (name, _) in enumerate(parts) if name == TITLE)
    wanted[place] = (title, fence, text, (*parts[: last + 1], (TITLE, source), *parts[last + 1 :]))
    if _outline(after) != wanted:
        raise UsageError(
            f"{section.path}:{section.line}: A fence or comment of this question is never closed. Close it."
        )
    read_question(after.sections[place], Defaults("", ""))
    return sum(name == TITLE for name, _ in wanted[place][3])


def _outline(document: Document) -> _Outline:
    """Return all that a topic says, without the numbers of lines."""
    return [
        (
            section.title,
            section.fence.source if section.fence else "",
            section.text.source,
            tuple((part.title, part.text.source) for part in section.parts),
        )
        for section in document.sections
    ]
