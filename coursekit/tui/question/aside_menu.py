"""What can be done with a question beside responding to it: put it aside, flag it, rate the attempt at it."""

from collections.abc import Callable

from coursekit.tui.question.tally import Tally
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.question_text import DONE
from coursekit.tui.screens.base import CourseScreen


def show_menu(
    screen: CourseScreen, page: QuestionPage, tally: Tally, *, is_cram: bool, done: Callable[[], None]
) -> None:
    """Ask what to do; `done` is called when it is done. A rating changes the schedule, which cramming does not."""
    from coursekit.tui.screens.aside import show_asides  # few ask for it

    question = page.question
    if not question:
        return

    def see() -> None:
        done()
        if page.phase == DONE and (rated := tally.look_again(question.id)):
            page.show_rated(rated)

    attempt = tally.attempt_at(question.id) if page.phase == DONE and not is_cram else None
    show_asides(screen, question, attempt and attempt.id, see)
