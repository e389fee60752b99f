"""A blueprint: which questions an exam draws, how long it lasts, and what passes. One file in `content/exams/`.

    ---
    title: A short test
    questions: 10
    from:
      - {lesson: Training, kinds: [single-choice, true-false], count: 6}
      - {objective: [LO-3.4, LO-3.5], difficulty: [2, 3], count: 4}
    minutes: 20                                    # none: no limit
    pass: 60                                       # percent of the points
    attempts: 3                                    # sittings; 0 is as many as one likes
    shuffle: true                                  # questions, and options among themselves
    show: {during: [topic], after: [score, topics, misses]}
    ---
    What a learner reads before it begins.

What `show` does not list is never shown. Whether it was passed is always said at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, final

from coursekit import plugins
from coursekit.document import split
from coursekit.errors import ContentError, suggest
from coursekit.fields import Fields

DURING = ("points", "title", "topic")
"""What may stand beside a question while the exam runs."""
AFTER = ("misses", "score", "topics")
"""What may be told when it is over; `topics` is by topic and by objective."""
_MOST = 200
_LONGEST_MINUTES = 24 * 60
_BY_PEOPLE = {
    "code": "is graded in its lab",
    "free-response": "is confirmed by the learner",
    "unkeyed": "has no key here",
}
"""Kinds that no machine grades at once, and why."""


@final
@dataclass(frozen=True, slots=True)
class Part:
    """So many questions of those that fit. Of each list that is not empty a question must have one of the words."""

    count: int
    topics: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    line: int = 1

    def data(self) -> dict[str, Any]:
        """Return it as the file has it."""
        lists = {name: getattr(self, plural) for name, plural in _LISTS.items()}
        return {name: list(words) for name, words in lists.items() if words} | {"count": self.count}


_LISTS = {
    "topic": "topics",
    "lesson": "lessons",
    "objective": "objectives",
    "difficulty": "difficulties",
    "kinds": "kinds",
    "tags": "tags",
}


@final
@dataclass(frozen=True, slots=True)
class Blueprint:
    """An exam as its author wrote it. `pass_share` is in [0, 1]; `minutes` is None without a limit."""

    name: str
    title: str
    parts: tuple[Part, ...]
    minutes: float | None = None
    pass_share: float = 0.6
    attempts: int = 0
    shuffle: bool = True
    during: tuple[str, ...] = ()
    after: tuple[str, ...] = AFTER
    intro: str = ""
    """Markdown."""
    path: str = ""

    @property
    def questions(self) -> int:
        """How many are drawn."""
        return sum(part.count for part in self.parts)

    def data(self) -> dict[str, Any]:
        """Return what decides about drawing and passing, as the file's front matter has it."""
        return {
            "title": self.title,
            "questions": self.questions,
            "from": [part.data() for part in self.parts],
            "minutes": self.minutes,
            "pass": float(f"{100 * self.pass_share:.10g}"),
            "attempts": self.attempts,
            "shuffle": self.shuffle,
            "show": {"during": list(self.during), "after": list(self.after)},
        }

    def error(self, part: Part, message: str, *, code: str = "bad-exam") -> ContentError:
        """Make an error at the line of a part; the caller raises it."""
        return ContentError(self.path, part.line, message, code=code)


def read_blueprint(text: str, name: str, path: str) -> Blueprint:
    """Read an exam's file. Raises ContentError at the line that is wrong."""
    document = split(text, path)
    if document.sections:
        message = "An exam has no questions of its own: it draws them. Move this one into a topic file."
        raise ContentError(path, document.sections[0].line, message, code="bad-exam")
    return _blueprint(document.fields(), name, path, document.text.source)


def kept_blueprint(data: Mapping[str, Any], name: str) -> Blueprint:
    """Return the blueprint that a record keeps. Raises ContentError where that is none."""
    known = ("title", "questions", "from", "minutes", "pass", "attempts", "shuffle", "show")
    return _blueprint(_fields({key: data[key] for key in known if key in data}, name), name, name, "")


def _blueprint(fields: Fields, name: str, path: str, intro: str) -> Blueprint:
    show = fields.mapping("show")
    found = Blueprint(
        name=name,
        title=fields.text("title"),
        parts=_parts(fields),
        minutes=_minutes(fields),
        pass_share=_between(fields, "pass", 60, 0, 100) / 100,
        attempts=_whole(fields, "attempts", 0, 0, 1000),
        shuffle=fields.choice("shuffle", ("false", "true"), "true") == "true",
        during=_shown(show, "during", DURING, ()),
        after=_shown(show, "after", AFTER, AFTER),
        intro=intro,
        path=path,
    )
    show.refuse_unknown()
    fields.refuse_unknown()
    return found


def _parts(fields: Fields) -> tuple[Part, ...]:
    """Read what is drawn from where; the counts must make up the number of questions."""
    wanted = _whole(fields, "questions", None, 1, _MOST)
    entries = fields.entries("from") or (Fields(fields.path, fields.line_of("questions"), {}),)
    parts = tuple(_part(fields, each, wanted if len(entries) == 1 else None) for each in entries)
    many = sum(part.count for part in parts)
    if wanted is not None and many != wanted:
        message = f"The counts under 'from' make {many}, not {wanted}. Change 'questions' or a 'count'."
        raise fields.error("questions", message, code="bad-exam")
    if many > _MOST:
        raise fields.error("from", f"An exam has at most {_MOST} questions; these are {many}.", code="bad-exam")
    return parts


def _part(fields: Fields, entry: Any, wanted: int | None) -> Part:  # Any: what YAML holds
    if not isinstance(entry, Fields):
        raise fields.error("from", "'from' is a list of lines like '- {lesson: Training, count: 5}'.")
    lists = {plural: entry.texts(name) for name, plural in _LISTS.items()}
    for kind in lists["kinds"]:
        _refuse_kind(entry, kind)
    if "count" not in entry and wanted is None:
        message = "Say how many: 'count: 5', or for the whole exam 'questions: 15'."
        raise entry.error("count", message, code="missing-field")
    part = Part(count=_whole(entry, "count", wanted, 1, _MOST) or 1, **lists, line=entry.line)
    entry.refuse_unknown()
    return part


def _refuse_kind(entry: Fields, kind: str) -> None:
    known = plugins.names("coursekit.questions")
    if kind not in known:
        raise entry.word_error("kinds", kind, known, f"There is no kind '{kind}'. {suggest(kind, known)}")
    if kind in _BY_PEOPLE:
        message = f"A question of kind '{kind}' {_BY_PEOPLE[kind]}, so no exam can grade it. Take it out of 'kinds'."
        raise entry.error("kinds", message, code="bad-exam")


def _minutes(fields: Fields) -> float | None:
    if fields.value("minutes", None) is None:
        return None
    minutes = fields.number("minutes")
    if not 0 < minutes <= _LONGEST_MINUTES:
        message = f"'minutes' is above 0 and at most {_LONGEST_MINUTES}, got {minutes:g}. Without it there is no limit."
        raise fields.error("minutes", message)
    return minutes


def _between(fields: Fields, name: str, default: float, least: float, most: float) -> float:
    value = fields.number(name, default)
    if not least <= value <= most:
        raise fields.error(name, f"'{name}' is a number from {least:g} to {most:g}, got {value:g}.")
    return float(value)


def _whole(fields: Fields, name: str, default: Any, least: int, most: int) -> Any:  # None where that is the default
    value = fields.number(name, default)
    if value is default:
        return default
    if value != int(value) or not least <= value <= most:
        raise fields.error(name, f"'{name}' is a whole number from {least} to {most}, got {value:g}.")
    return int(value)


def _shown(show: Fields, name: str, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    if name not in show:
        return default
    words = show.texts(name)
    for word in words:
        if word not in known:
            message = f"'{name}' has no '{word}'. {suggest(word, known)} A score is never shown while an exam runs."
            raise show.word_error(name, word, known, message)
    return tuple(sorted(set(words)))


def _fields(value: Any, path: str) -> Any:
    """Make of plain data what a file is read to, all of it at line 1."""
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        return Fields(path, 1, {str(key): (_fields(each, path), 1) for key, each in entries.items()})
    if isinstance(value, list | tuple):
        return tuple(_fields(each, path) for each in cast("list[Any]", value))
    return value
