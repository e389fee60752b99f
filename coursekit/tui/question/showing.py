"""The line above a question and the keys below it, drawn from what stands on its page."""

from collections.abc import Sequence

from textual.content import Content

from coursekit.model import Matching
from coursekit.tui.keybar import Key
from coursekit.tui.question.order import Order
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.question_text import ASKING, keys_now, more_keys, place_content, related_to

_WIDEST = 92


def where(page: QuestionPage, order: Order, said: Sequence[str]) -> Content:
    """Say where in the course one is, what else is said of the question, how far one has come, and why it comes."""
    words = " · ".join(part for part in said if part)
    why = order.why(page.question.id) if page.question else ""
    width = min(_WIDEST, page.app.size.width - 4)
    return place_content(page.app.course, page.question, f"{words}  {order.count}".strip(), width, why)


def keys(page: QuestionPage, *, is_writing: bool) -> tuple[list[Key], list[Key]]:
    """List the keys that do something now, and more where there is room."""
    question = page.question
    ways = {"lab": question and question.lab, "related": related_to(page.app.course, question)}
    now = keys_now(
        page.phase,
        has_hint=page.has_hint,
        is_writing=is_writing,
        ways=[name for name, found in ways.items() if found],
        is_program=page.program is not None,
        is_cut=page.is_cut,
    )
    taken = _partners(page)
    return [_free(key, taken) for key in now], [
        _free(key, taken) for key in more_keys(page.phase, is_writing=is_writing)
    ]


def _partners(page: QuestionPage) -> str:
    """List the letters that are partners to match, as long as these are to be assigned."""
    interaction = page.question.body.interaction() if page.question and page.phase == ASKING else None
    if not isinstance(interaction, Matching):
        return ""
    from coursekit.tui.interactions.matching import LETTERS  # few questions match

    return LETTERS[: len(interaction.partners)]


def _free(key: Key, taken: str) -> Key:
    """Name the capital letter where the small one means something else."""
    pressed, name, what = key
    return (pressed.upper(), name.upper(), what) if pressed in taken else key
