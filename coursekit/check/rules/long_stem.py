"""A stem that is too long, or has a sentence that is hard to read."""

import re

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question

_MOST_WORDS = 120
_LONGEST_SENTENCE = 40
_SENTENCES = re.compile(r"[.?!:;]\s|\n\n")


def _find(case: Case) -> Found:
    stem = case.question.stem
    if stem.count(" ") < _LONGEST_SENTENCE:
        return
    words = len(stem.split())
    longest = max(len(sentence.split()) for sentence in _SENTENCES.split(stem))
    if words > _MOST_WORDS:
        yield (
            case.section.text.line,
            f"The stem has {words} words; more than {_MOST_WORDS} are hard to hold. Shorten it.",
        )
    elif longest > _LONGEST_SENTENCE:
        said = f"A sentence of the stem has {longest} words; more than {_LONGEST_SENTENCE} are hard to read. Split it."
        yield case.section.text.line, said


PLUGIN = QuestionRule(
    finds="A stem that is too long, or has a sentence that is hard to read",
    why="It should be the matter that is hard, not the reading.",
    example=Example(question(stem="What happens " + "and then what happens " * 12 + "?"), question()),
    is_error=False,
    find=_find,
)
