"""Something that is left to do."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question


def _find(case: Case) -> Found:
    fence = case.section.fence
    pieces = [
        *case.texts,
        *((part.text.line, part.text.source) for part in case.section.parts if part.title == "Rubric"),
    ]
    for line, text in (*pieces, *([(fence.line, fence.source)] if fence else [])):
        for number, written in enumerate(text.split("\n"), line) if "TODO" in text else ():
            if "TODO" in written:
                yield number, "Something is left to do here."
    if "TODO" in case.section.title:
        yield case.section.line, "Something is left to do here."


PLUGIN = QuestionRule(
    finds="Something that is left to do",
    why="'coursekit new' leaves TODO where an author has to write.",
    example=Example(question(stem="TODO: ask something."), question()),
    is_error=False,
    find=_find,
)
