"""One question -> the same question without its key, and the key in the numbers that a student sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, final

from coursekit.document import Part, Section, Text, last_list
from coursekit.model import Choice, Interaction, Matching, Ordering, Program, Response
from coursekit.packs._yaml import write_yaml
from coursekit.questions._body import Body, Experiment
from coursekit.questions._question import Question
from coursekit.questions.cloze import VERBATIM
from coursekit.questions.unkeyed import as_data

POLICY = ("attempts", "reveal")
"""What an author says for those whose response is graded at once."""

_KEPT_FIELDS = ("objective", "difficulty", "points", "lab", "related")
_FILLED_IN = ("figures", "params", "where")
_AUTHORS_FIELDS = (*POLICY, "tags")  # a tag names what a question is about, which may be its key
_COMMENT = re.compile(rf"{VERBATIM}|(?P<comment><!--.*?(?:-->|\Z))", re.DOTALL | re.MULTILINE)


@final
@dataclass(frozen=True, slots=True)
class StudentQuestion:
    """A question as a student gets it; `shown` has the author's numbers of what is shown, () where nothing moves."""

    question: Question
    author: Section
    student: Section
    key: Response
    shown: tuple[int, ...]

    def is_asked_by(self, other: Question) -> bool:
        """Say whether a question that was read back asks for the same."""
        mine, read = self.question, other
        same = ("id", "title", "points", "objective", "difficulty", "lab", "related")
        return (
            all(getattr(mine, name) == getattr(read, name) for name in same)
            and _lines(bare(mine.stem)) == _lines(read.stem)
            and [_lines(bare(hint)) for hint in mine.hints] == [_lines(hint) for hint in read.hints]
            and _asked(mine.body) == _asked(read.body)
        )


def take_key_out(question: Question, section: Section) -> StudentQuestion:
    """Write a question anew, of nothing but what a student may see."""
    references = question.references
    if keeps_its_kind(question.body):
        text, hints = _texts(question, section)
        left_out = (*_AUTHORS_FIELDS, *(_FILLED_IN if question.figures else ()))
        fence = {name: value for name, value in section.fields().data().items() if name not in left_out}
        key, shown = (), ()
    else:
        text, hints = question.stem, question.hints
        interaction, shown = renumbered(question.body.interaction())
        key = _in_their_numbers(question.body.key(), shown)
        given = section.fields().data()
        kept = {name: given[name] for name in _KEPT_FIELDS if name in given}
        fence = {"id": question.id, "kind": "unkeyed", **kept, "interaction": bare(as_data(interaction))}
    parts = [("Hint", hint) for hint in hints] + ([("References", references)] if references else [])
    student = replace(
        section,
        fence=Text(write_yaml(fence).rstrip("\n"), 1),
        text=Text(bare(text).strip("\n"), 1),
        parts=tuple(Part(title, 1, Text(bare(source).strip("\n"), 1)) for title, source in parts),
    )
    return StudentQuestion(question, section, student, key, shown)


def keeps_its_kind(body: Body) -> bool:
    """Say whether a run decides a question, so that no key is written in it."""
    return isinstance(body, Experiment) or isinstance(body.interaction(), Program)


def renumbered(interaction: Interaction) -> tuple[Interaction, tuple[int, ...]]:
    """Give what is shuffled the numbers in which it is shown; return the author's numbers in that order too."""
    match interaction:
        case Ordering(items=items, shown=shown):
            return Ordering(tuple(items[number - 1] for number in shown), _counted(shown)), shown
        case Matching(prompts=prompts, partners=partners, shown=shown):
            return Matching(prompts, tuple(partners[number - 1] for number in shown), _counted(shown)), shown
        case _:
            return interaction, ()


def bare(data: Any) -> Any:  # Any: JSON-like data
    """Take HTML comments out of every text; they may hold an author's notes. Code and maths stay as they are."""
    match data:
        case str():
            return _COMMENT.sub(lambda found: "" if found["comment"] else found[0], data)
        case dict():
            return {name: bare(value) for name, value in cast("dict[str, Any]", data).items()}
        case list() | tuple():
            return tuple(bare(value) for value in cast("tuple[Any, ...]", data))
        case _:
            return data


def _counted(shown: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(range(1, len(shown) + 1))


def _in_their_numbers(key: Response, shown: tuple[int, ...]) -> Response:
    return tuple(str(shown.index(int(number)) + 1) for number in key) if shown else key


def _texts(question: Question, section: Section) -> tuple[str, tuple[str, ...]]:
    """Return the text and the hints of a question that keeps its kind.

    They are the author's; where they tell figures, which no student's pack keeps, those of one variant.
    """
    if not question.figures:
        return _without_feedback(question.body, section), _parts(section, "Hint")
    interaction = question.body.interaction()
    options = interaction.options if isinstance(interaction, Choice) else ()
    return "\n".join([question.stem, "", *map(_option, options)]), question.hints


def _without_feedback(body: Body, section: Section) -> str:
    """Leave the quotes under a prediction's options out."""
    text = section.text
    if not isinstance(body.interaction(), Choice):
        return text.source
    before, items = last_list(text, section.path)
    options = (_option(item.text) for item in items)
    return "\n".join([before.source, "", *options])


def _option(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


def _parts(section: Section, title: str) -> tuple[str, ...]:
    return tuple(part.text.source for part in section.parts if part.title == title)


def _asked(body: Body) -> Mapping[str, Any]:
    """Return what is asked, as data that can be compared."""
    if isinstance(body, Experiment):
        return {"interaction": bare(as_data(body.interaction())), "runs": body.runs(), "asks": body.asks()}
    interaction = body.interaction()
    if isinstance(interaction, Program):
        return {"entry": interaction.entry}
    return bare(as_data(renumbered(interaction)[0]))


def _lines(text: str) -> list[str]:
    """Cut a text into its lines, without the spaces at their ends that writing may tidy away."""
    return [line.rstrip() for line in text.strip("\n").split("\n")]
