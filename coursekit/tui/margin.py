"""What a learner has put beside a question: a bookmark, a note, and that it is not to be asked for a while."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.questions._question import Question
from coursekit.tui.prose_view import ProseView
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.screens.base import CourseScreen

if TYPE_CHECKING:  # the screen has opened the record before
    from coursekit.store.asides import Aside

_ASIDE = {"snooze": "snoozed", "bury": "buried", "suspend": "suspended"}
_NOTICE_SECONDS = 3


@final
@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside one question."""

    note: str = ""
    is_marked: bool = False
    aside: "Aside | None" = None
    question: str = ""
    """Whose margin it is."""

    @property
    def words(self) -> tuple[str, ...]:
        """Say in a few words what there is; the note itself is read after the verdict, or it would give things away.

        >>> Margin("remember", True).words
        ('★ bookmarked', 'note')
        """
        said = (
            "★ bookmarked" if self.is_marked else "",
            "note" if self.note else "",
            _ASIDE.get(self.aside.what, self.aside.what) if self.aside else "",
        )
        return tuple(word for word in said if word)


def margin_beside(screen: CourseScreen, question: Question | None) -> Margin:
    """Read what stands beside a question; a record that cannot be read is told where it is written."""
    if question is None:
        return Margin()
    try:
        store = screen.app.store
        held = store.asides.held(screen.app.now()).get(question.id)
        return Margin(store.notes.read(question.id), question.id in store.notes.marked(), held, question.id)
    except CoursekitError:
        return Margin()


def write_note(screen: CourseScreen, question: Question, margin: Margin, done: Callable[[], None]) -> None:
    """Open the note on a question; `done` is called when it is closed."""
    from coursekit.prose import inline
    from coursekit.tui.screens.notes import NoteScreen
    from coursekit.tui.text import line_content

    app = screen.app

    def keep(says: str) -> None:
        app.store.notes.write(question.id, says, app.now())

    app.push_screen(NoteScreen(line_content(inline(question.title)), margin.note, keep), lambda _: done())


def bookmark(screen: CourseScreen, question: Question, margin: Margin) -> None:
    """Set the bookmark of a question, or take it away, and say so."""
    app = screen.app
    try:
        app.store.notes.mark(question.id, app.now(), is_set=not margin.is_marked)
    except CoursekitError as error:
        app.notify(str(error), severity="error", timeout=60, markup=False)
        return
    said = "No longer bookmarked." if margin.is_marked else "★ Bookmarked. Go over all of them from the search, key /."
    app.notify(said, timeout=_NOTICE_SECONDS, markup=False)


async def show_note(page: QuestionPage, margin: Margin) -> None:
    """Set the note at the end of a page, in the place of the one before, unless another question stands there now."""
    await page.query(".note").remove()
    if margin.note and page.question and page.question.id == margin.question:
        await page.mount(ProseView(margin.note, label="Note", classes="reason note"))
