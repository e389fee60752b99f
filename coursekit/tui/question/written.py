"""What the lab of a question of code has graded of it. A record that cannot be read says so where it is written."""

from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.model import Program
from coursekit.questions._question import Question
from coursekit.session import Submitted, code_line, written_attempt
from coursekit.tui.prose_view import ProseView

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.store.store import Store


@final
class Written:
    """The attempts that the lab makes at one question, from when it is asked."""

    def __init__(self, store: "Store", question: Question, program: Program) -> None:
        self._store, self._question, self._program = store, question, program
        self._newest = max((attempt.id for attempt in store.attempts(question.id)), default=0)

    def take(self) -> Submitted | None:
        """Return the newest attempt since the last call, None where there is none."""
        try:
            submitted = written_attempt(self._store, self._question, self._newest)
        except CoursekitError:
            return None
        self._newest = submitted.attempt.id if submitted else self._newest
        return submitted

    def view(self) -> ProseView | None:
        """Say what the last grade says of the function."""
        name = self._question.lab or ""
        try:
            said = code_line(self._store, name, self._program.entry)
        except CoursekitError:
            return None
        return ProseView(f"**{name}**, {said}", label="Lab", classes="lab")
