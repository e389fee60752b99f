"""One question, from the stem to the explanation: what is asked, hints, the response, the verdict and the reasons.

`phase` says what the learner can do now. The screen around it asks one question after the other.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.css.query import NoMatches
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from coursekit.model import Program, Response
from coursekit.prose import render
from coursekit.questions._question import Question
from coursekit.session import Submitted
from coursekit.tui.interactions import Responded, ResponseWidget
from coursekit.tui.page import Page
from coursekit.tui.question.responding import Responding
from coursekit.tui.question.response_desk import ResponseDesk
from coursekit.tui.question.views import about, asked, hints_read, options, score_text, suggestion, verdict
from coursekit.tui.question.written import Written
from coursekit.tui.question_text import ASKING, CONFIRMING, DECIDING, DONE, next_confidence

if TYPE_CHECKING:  # the app imports the screens; a prediction is rare
    from coursekit.tui.app import CoursekitApp
    from coursekit.tui.prediction import Prediction

_SEEN_SECONDS = 0.7  # from a verdict that comes by itself until one has seen that it is there


class QuestionPage(Page):
    """Shows a question and takes responses to it until it is over."""

    DEFAULT_CSS = """
    QuestionPage { width: 100%; max-width: 96; height: 1fr; padding: 0 2; }
    QuestionPage > * { padding-right: 1; }
    QuestionPage .title { height: auto; margin: 1 0; }
    QuestionPage .intro { color: $text-muted; margin: 1 0 0 0; }
    QuestionPage .problem { color: $text-warning; height: auto; }
    QuestionPage .problem.-empty { display: none; }
    QuestionPage .score { height: auto; margin: 1 0; }
    QuestionPage ProseView { margin: 0 0 1 0; }
    """

    if TYPE_CHECKING:

        @property
        def app(self) -> CoursekitApp:  # pyright: ignore[reportIncompatibleMethodOverride]  # narrower
            """Return the app, by its own type."""
            ...

    class Changed(Message):
        """Other keys do something now, or another question stands here."""

    class Finished(Message):
        """A question is over: its last attempt is saved."""

        def __init__(self, submitted: Submitted) -> None:
            super().__init__()
            self.submitted = submitted

    def __init__(
        self, id: str | None = None, *, purpose: str = "study", serves: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(id=id)
        self.phase = ASKING
        self.question: Question | None = None
        self.is_just_decided = False
        self._is_ready = False  # to be responded to: all of the question is laid out
        self._desk = ResponseDesk(self.app, purpose, serves or {})
        self._written: Written | None = None
        self._responding = Responding(self, self._desk)
        self._feedback: tuple[str, ...] = ()

    @property
    def has_hint(self) -> bool:
        """Whether a further hint can be shown."""
        is_asking = self._is_ready and self.phase == ASKING
        return is_asking and self.question is not None and self._desk.hints < len(self.question.hints)

    @property
    def is_cut(self) -> bool:
        """Whether some of what a response is given with lies below what is seen."""
        if self.phase != ASKING or not self.query("#interaction"):
            return False
        return self.interaction.virtual_region.bottom > self.scroll_offset.y + self.scrollable_content_region.height

    @property
    def is_submitting(self) -> bool:
        """Whether a verdict is on its way."""
        return self._is_ready and self.phase == ASKING and self.interaction.is_submitting

    @property
    def program(self) -> Program | None:
        """What is to be written, where the question asks for code, which its lab grades."""
        interaction = self.question.body.interaction() if self.question else None
        return interaction if isinstance(interaction, Program) else None

    @property
    def confidence(self) -> str | None:
        """How sure the learner says to be."""
        return self._desk.confidence

    def say_how_sure(self) -> None:
        """Say another confidence, or take it back."""
        self._desk.confidence = next_confidence(self._desk.confidence)

    @property
    def interaction(self) -> ResponseWidget:
        """What the response is given with."""
        return self.query_one("#interaction", ResponseWidget)

    async def ask(self, question: Question, draft: Response, *, intro: str = "") -> None:
        """Show a question, with what was entered before; `intro` places its topic above it, below on a low screen."""
        await self._begin(question, ASKING)
        if not self.is_attached:  # the screen was left meanwhile
            return
        is_low = len(render(intro, self.app.size.width)) >= self.app.size.height / 2
        await self.mount(*asked(question, draft, "" if is_low else intro), *about(intro if is_low else ""))
        if self.program:
            self._written = Written(self.app.store, question, self.program)
            await self._show_lab(self._written)
        self._is_ready = True
        self.interaction.take_focus()
        self.call_after_refresh(self.scroll_home, animate=False)  # one begins to read at the top

    async def show(
        self,
        question: Question,
        *,
        intro: str = "",
        hints: int = 0,
        submitted: Submitted | None = None,
        problem: str = "",
        is_exam: bool = False,
    ) -> None:
        """Show a question as it stands after some hints and a response, only to be looked at; the scroll stays."""
        self.question, self.phase, self._feedback = question, DONE, ()
        await self.remove_children()
        views = asked(question, submitted.attempt.response if submitted else (), intro, problem)
        await self.mount(*(view for view in views if not (is_exam and view.has_class("title"))))
        await self.mount(*hints_read(question.hints, hints), before=self.interaction)
        if submitted:
            self.settle(question, submitted)
            suggested = suggestion(submitted) if submitted.mark.evidence else ()
            await self.mount(*suggested, *verdict(self.app, question, submitted))
        for widget in self.query(Widget):
            widget.can_focus = False

    async def say(self, problem: str) -> None:
        """Show what is wrong in place of a question."""
        await self._begin(None, DONE)
        if self.is_attached:
            await self.mount(Static(problem, classes="problem", markup=False))

    async def hint(self) -> None:
        """Show the next hint above the interaction."""
        if not self.has_hint or not self.question:
            return
        self._desk.hints += 1
        hint = hints_read(self.question.hints, self._desk.hints)[-1]
        await self.mount(hint, before=self.interaction)
        self.bring(hint)
        self.post_message(self.Changed())

    async def catch_up(self) -> None:
        """Take over what the lab of a question of code has graded meanwhile."""
        question, written = self.question, self._written
        if not question or not written or self.phase not in (ASKING, DONE):
            return
        submitted = written.take()
        await self._show_lab(written)
        if submitted:
            await self.query(".score, .reason").remove()
            self.settle(question, submitted)
            await self.finish(question, submitted)

    def show_rated(self, submitted: Submitted) -> None:
        """Bring the score line up to date: the learner's own rating makes the question due on another day."""
        for line in list(self.query(".score").results(Static))[-1:]:  # above it a text has what was suggested
            line.update(score_text(submitted, self.app.now()))

    def entered(self) -> Response | None:
        """Return what is entered and not submitted; None where nothing can be entered now."""
        if self.phase != ASKING or not self.question:
            return None
        try:
            return self.interaction.response()
        except NoMatches:  # it is being laid out
            return None

    def shown_options(self) -> tuple[str, ...]:
        """Return the author's Markdown of the options, and of the feedback shown under them."""
        return (*(options(self.question) if self.question else ()), *self._feedback)

    def turn(self, phase: str) -> None:
        """Let the learner do something else now."""
        self.phase = phase
        self.post_message(self.Changed())

    def take_focus(self) -> None:
        """Go back to the response."""
        if self._is_ready and self.phase == ASKING:
            self.interaction.take_focus()

    async def on_responded(self, event: Responded) -> None:
        """Have graded what was submitted, or confirmed; what comes while another is laid out belongs to none."""
        event.stop()
        if not self.question or not self._is_ready:
            return
        if self.phase == CONFIRMING:
            await self._responding.confirm(self.question, event.response)
        elif self.phase == ASKING:
            interaction = self.interaction  # by the time of the verdict the next question may be there
            await self._responding.respond(self.question, event.response)
            interaction.is_submitting = False

    async def on_prediction_decided(self, event: "Prediction.Decided") -> None:
        """Have a prediction graded; a key that was meant for its run may still be on its way."""
        if self.question and self.phase == DECIDING:
            self.is_just_decided = True
            self.set_timer(_SEEN_SECONDS, self._see)
            await self._responding.take_runs(self.question, event)

    async def _begin(self, question: Question | None, phase: str) -> None:
        self.question, self.phase, self.is_just_decided = question, phase, False
        self._feedback, self._written, self._is_ready = (), None, False
        self._desk.begin()
        await self.clear()

    def _see(self) -> None:
        self.is_just_decided = False

    def settle(self, question: Question, submitted: Submitted) -> None:
        """Show the verdict on what was given."""
        if submitted.mark.is_ungraded:
            self.interaction.disabled = True  # there is no verdict to show
        else:
            self.interaction.settle(submitted.mark, question.body.key() if submitted.is_revealed else ())

    async def finish(self, question: Question, submitted: Submitted) -> None:
        """Show score, feedback, explanation, references and where to go from here."""
        self.phase = DONE
        self._feedback = tuple(submitted.mark.options.values())
        await self.query(".try").remove()
        graded = "" if self.program else self._desk.graded(question, submitted)  # else it is said above
        await self.add_below(*verdict(self.app, question, submitted, graded), lines=6)
        self.post_message(self.Finished(submitted))

    async def _show_lab(self, written: Written) -> None:
        """Say below the interaction what the lab of a question of code has graded."""
        await self.query(".lab").remove()
        if view := written.view():
            await self.mount(view, after="#problem")

    def show_problem(self, problem: str) -> None:
        """Say what is wrong, until it is mended."""
        for line in self.query("#problem").results(Static):  # there is none while the next question is laid out
            line.update(problem)
            line.set_class(not problem, "-empty")
            if problem:
                self.bring(line)
