"""A course -> an index of its questions, labs and the learner's notes, a piece at a time.

Titles come first, so that one can search at once; what the questions say follows, file by file.
"""

import re
from collections.abc import Iterator, Mapping

from coursekit.course import Course, Topic
from coursekit.document import Document, Section, split
from coursekit.errors import ContentError
from coursekit.files import read_text
from coursekit.lab.page import open_page
from coursekit.search.index import ABOUT, TEXT, Entry, Index

QUESTION, LAB, NOTE = "question", "lab", "note"
_AT_ONCE = 50  # questions between two moments in which a key may be served
_TAGS = re.compile(r"^tags:(.*(?:\n[ \t]*-.*)*)", re.MULTILINE)
_GAP = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_NOT_STEM = re.compile(r"[ \t]*(?:[-*+>]|\d{1,9}[.)])(?:[ \t]|$).*", re.DOTALL)


def fill(index: Index, course: Course) -> Iterator[None]:
    """Take in a course's questions and labs; the caller may do something else between two pieces."""
    placed: dict[str, int] = {}
    for topic in course.topics:
        for place, name in enumerate(topic.names, 1):
            placed[name] = index.add(Entry(QUESTION, name, topic.entries[name].title, topic.title), topic.lesson)
            if not place % _AT_ONCE:
                yield
        yield
    for name in course.lab_names():
        _add_lab(index, course, name)
        yield
    for topic in course.topics:
        yield from _add_texts(index, topic, placed)


def add_notes(index: Index, course: Course, notes: Mapping[str, str]) -> None:
    """Take in the learner's notes, by question; those on questions that are gone too, so that none is lost."""
    for name, says in notes.items():
        topic = course.topic_of.get(name)
        title = topic.entries[name].title if topic else name
        index.add(Entry(NOTE, name, title, topic.title if topic else "", says))


def index_all(course: Course, notes: Mapping[str, str]) -> Index:
    """Return a whole index."""
    index = Index()
    for _ in fill(index, course):
        pass
    add_notes(index, course, notes)
    return index


def stem_words(section: Section) -> str:
    """Return what a question says before its options, without the keys of its gaps.

    Options, feedback, hints and explanations are not searched: a search must not give a key away.
    """
    lines = _GAP.sub(" ", section.text.source).split("\n")
    return "\n".join(line for line in lines if not _NOT_STEM.fullmatch(line))


def _add_lab(index: Index, course: Course, name: str) -> None:
    try:
        page = open_page(course.folder / "labs" / name / "lab.md")
    except ContentError:  # it can be found by its name, and says what is wrong when it is opened
        index.add(Entry(LAB, name, name))
        return
    number = index.add(Entry(LAB, name, page.field("title") or name), "lab")
    index.put(number, TEXT, page.text.source)


def _add_texts(index: Index, topic: Topic, placed: Mapping[str, int]) -> Iterator[None]:
    """Add what the questions of one file say. Its text is not kept."""
    try:
        document = topic.read or split(read_text(topic.file), topic.path)
    except ContentError:
        return
    yield
    objectives = _objectives(document)
    at = {(section.line, section.title): section for section in document.sections}
    for place, name in enumerate(topic.names, 1):
        section = at.get(topic.entries[name][1:])
        if section:
            tags = _TAGS.search(section.fence.source) if section.fence else None
            objective = objectives.get(topic.facts[name].objective, "")
            index.put(placed[name], ABOUT, f"{tags[1] if tags else ''} {topic.facts[name].objective} {objective}")
            index.put(placed[name], TEXT, stem_words(section))
        if not place % _AT_ONCE:
            yield
    yield


def _objectives(document: Document) -> Mapping[str, str]:
    """Return the words of a topic's objectives, by their ids."""
    try:
        given = document.fields().mapping("objectives")
        return {name: given.text(name, "") for name in given}
    except ContentError:  # 'check' says what is wrong
        return {}
