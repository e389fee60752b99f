"""How responses to the question at hand are saved, with what was done before: hints, tries, how sure one was."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.model import Response
from coursekit.questions._question import Question
from coursekit.session import Submitted, confirm, lab_line, submit

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp


@final
class ResponseDesk:
    """Knows one question at a time, from when it is asked."""

    def __init__(self, app: "CoursekitApp", purpose: str, serves: Mapping[str, str]) -> None:
        self._app, self._purpose, self._serves = app, purpose, serves
        self.begin()

    def begin(self) -> None:
        """Count anew: another question is asked."""
        self.hints = 0
        self.confidence: str | None = None
        self._tries = 0
        self._started = self._app.now()

    def submit(self, question: Question, response: Response) -> Submitted:
        """Save a try and return its verdict. Raises CoursekitError."""
        submitted = submit(
            self._app.store,
            question,
            response,
            started=self._started,
            now=self._app.now(),
            hints=self.hints,
            confidence=self.confidence,
            tries=self._tries + 1,
            purpose=self._purpose,
            serves=self._serves.get(question.id),
        )
        # A text is kept until its mark is confirmed.
        self._app.store.keep_draft(question.id, response if submitted.mark.evidence else ())
        self._tries += 1
        self._started = self._app.now()
        return submitted

    def confirm(self, submitted: Submitted, ticked: Response) -> Submitted:
        """Save which points of the rubric a text has, as its learner says. Raises CoursekitError."""
        from coursekit.tui.interactions.ticks import ticked as ticks_of  # few questions are texts

        ticks = ticks_of(ticked, len(submitted.mark.evidence))
        confirmed = confirm(self._app.store, submitted, ticks, self._app.now())
        self._app.store.keep_draft(confirmed.attempt.question, ())
        return confirmed

    def graded(self, question: Question, submitted: Submitted) -> str:
        """Say what the question's lab was graded; a record that cannot be read says so elsewhere."""
        try:
            return lab_line(self._app.store, submitted, question.lab) if question.lab else ""
        except CoursekitError:
            return ""
