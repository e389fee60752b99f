"""What was done in a session so far, and what it came to."""

from contextlib import suppress
from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.model import Attempt
from coursekit.session import Submitted, as_rated

if TYPE_CHECKING:  # the app imports the screens; a summary comes at the end of a session
    from coursekit.study.summary import Summary
    from coursekit.tui.app import CoursekitApp


@final
class Tally:
    """The last attempt at each question; the lab of a question of code may grade it again."""

    def __init__(self, app: "CoursekitApp") -> None:
        self.done: tuple[Submitted, ...] = ()
        self._app, self._begun = app, app.now()

    def count(self, *submitted: Submitted) -> None:
        """Count attempts to what was done."""
        for one in submitted:
            others = [each for each in self.done if each.attempt.question != one.attempt.question]
            self.done = (*others, one)

    def attempt_at(self, question: str) -> Attempt | None:
        """Return the last attempt at a question, None before there is one."""
        return next((each.attempt for each in self.done if each.attempt.question == question), None)

    def look_again(self, question: str) -> Submitted | None:
        """Read how a question's attempt was rated meanwhile, if it has one."""
        before = next((each for each in self.done if each.attempt.question == question), None)
        if before is None:
            return None
        rated = as_rated(self._app.store, before)
        self.done = tuple(rated if each is before else each for each in self.done)
        return rated

    def summary(self, *, is_cram: bool) -> "Summary":
        """Say what the session came to."""
        from coursekit.study.summary import comes_back, summed_up

        app, now, back = self._app, self._app.now(), ()
        if self.done:
            with suppress(CoursekitError):  # told where the record is used
                back = comes_back(app.store, app.course.topic_of, now)
        return summed_up(
            [each.attempt for each in self.done],
            now - self._begun,
            back,
            ungraded=[each.attempt.question for each in self.done if each.mark.is_ungraded],
            is_cram=is_cram,
        )
