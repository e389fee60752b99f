"""Two options that read the same."""

from functools import lru_cache

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question
from coursekit.model import Choice
from coursekit.prose import inline
from coursekit.prose.spans import text_of
from coursekit.questions._question import Question

_META = "id: half\nlab: bowl\nparams: {b: [B]}"
_OPTIONS = "- [x] {{ b / 2 }}\n- [ ] {{ b - 1 }}"


def _find(case: Case) -> Found:
    for variant in case.variants:
        if same := _same(variant):
            one, other = same
            yield variant.line, f"Options {one} and {other} read the same{case.said(variant)}. Change one."
            return


def _same(question: Question) -> tuple[int, int] | None:
    interaction = question.body.interaction()
    if not isinstance(interaction, Choice):
        return None
    seen: dict[str, int] = {}
    for place, option in enumerate(interaction.options, 1):
        text = " ".join(_plain(option).split()).casefold()
        if text in seen:
            return seen[text], place
        seen[text] = place
    return None


@lru_cache(maxsize=4096)  # most are the same in all variants
def _plain(option: str) -> str:
    return option if option.replace(" ", "").isalnum() else text_of(inline(option))


PLUGIN = QuestionRule(
    finds="Two options that read the same",
    why="A distractor that equals the key, in any variant, makes a right response wrong.",
    example=Example(
        question(metadata=_META.replace("B", "2, 4"), options=_OPTIONS),
        question(metadata=_META.replace("B", "4, 6"), options=_OPTIONS),
    ),
    find=_find,
)
