"""What a learner has put beside a question: a bookmark, a note, and that it is not to be asked for a while."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.questions._question import Question
from coursekit.tui.prose_view import ProseView
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.question_text import DONE
from coursekit.tui.telling import tell

if TYPE_CHECKING:  # the app imports the screens, and the screen has opened the record before
    from coursekit.store.asides import Aside
    from coursekit.tui.app import CoursekitApp

_ASIDE = {"snooze": "snoozed", "bury": "buried", "suspend": "suspended"}
_MARKED = "★ Bookmarked. Go over all of them from the search, key /."
_UNMARKED = "No longer bookmarked."
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


@final
class MarginDesk:
    """Reads and changes what stands beside the question of a page; `changed` is called after each change."""

    def __init__(self, page: QuestionPage, changed: Callable[[], None]) -> None:
        self._page, self._changed = page, changed
        self._margin = Margin()

    @property
    def words(self) -> tuple[str, ...]:
        """What there is, in a few words."""
        return self._margin.words

    def read(self) -> None:
        """Look at what there is."""
        question = self._page.question
        self._margin = margin_beside(self._page.app, question) if question else Margin()

    def write(self) -> None:
        """Open the note; it is shown after the verdict."""
        from coursekit.prose import inline
        from coursekit.tui.screens.notes import NoteScreen
        from coursekit.tui.text import line_content

        app, question = self._page.app, self._page.question
        if not question:
            return

        def keep(says: str) -> None:
            app.store.notes.write(question.id, says, app.now())

        over = NoteScreen(line_content(inline(question.title)), self._margin.note, keep)
        app.push_screen(over, lambda _: self._changed())

    def mark(self) -> None:
        """Set the bookmark, or take it away, and say so."""
        app, question, is_set = self._page.app, self._page.question, not self._margin.is_marked
        if not question:
            return
        try:
            app.store.notes.mark(question.id, app.now(), is_set=is_set)
        except CoursekitError as error:
            tell(app, error)
            return
        app.notify(_MARKED if is_set else _UNMARKED, timeout=_NOTICE_SECONDS, markup=False)
        self._changed()

    def show_note(self) -> None:
        """Set the note at the end of the page, in the place of the one before, once the verdict is there."""
        if self._page.phase == DONE:
            self._page.run_worker(self._mount_note(self._margin), group="note", exclusive=True)

    async def _mount_note(self, margin: Margin) -> None:
        page = self._page
        await page.query(".note").remove()
        is_still_there = page.question and page.question.id == margin.question
        if margin.note and is_still_there:
            await page.mount(ProseView(margin.note, label="Note", classes="reason note"))


def margin_beside(app: "CoursekitApp", question: Question) -> Margin:
    """Read what stands beside a question; a record that cannot be read is told where it is written."""
    try:
        store = app.store
        held = store.asides.held(app.now()).get(question.id)
        return Margin(store.notes.read(question.id), question.id in store.notes.marked(), held, question.id)
    except CoursekitError:
        return Margin()
