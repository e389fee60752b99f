"""One question, from the stem to the explanation: what is asked, hints, the response, the verdict and the reasons.

`phase` says what the learner can do now. The screen around it asks one question after the other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Choice, Program, Response
from coursekit.prose import inline, render
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted, code_line, confirm, lab_line, score_line, submit, written_attempt
from coursekit.tui.interactions import Responded, ResponseWidget, widget_for
from coursekit.tui.page import Page
from coursekit.tui.prose_view import ProseView
from coursekit.tui.question_text import (
    ASKING,
    CONFIRMING,
    DECIDING,
    DONE,
    outcome_text,
    score_content,
    spoken,
    suggestion_text,
    ways_on,
)
from coursekit.tui.text import line_content

if TYPE_CHECKING:  # the app imports the screens; a prediction is rare
    from coursekit.tui.app import CoursekitApp
    from coursekit.tui.prediction import Prediction


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

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.phase = ASKING
        self.question: Question | None = None
        self.confidence: str | None = None
        self.purpose = "study"
        self.serves: Mapping[str, str] = {}
        self._hints = 0
        self._tries = 0
        self._started: datetime | None = None
        self._response: Response = ()
        self._feedback: tuple[str, ...] = ()
        self._newest = 0  # the last attempt at a question of code that is known here

    @property
    def has_hint(self) -> bool:
        """Whether a further hint can be shown."""
        return self.phase == ASKING and self.question is not None and self._hints < len(self.question.hints)

    @property
    def is_submitting(self) -> bool:
        """Whether a verdict is on its way."""
        return self.phase == ASKING and self.question is not None and self._interaction.is_submitting

    @property
    def program(self) -> Program | None:
        """What is to be written, where the question asks for code, which its lab grades."""
        interaction = self.question.body.interaction() if self.question else None
        return interaction if isinstance(interaction, Program) else None

    async def ask(self, question: Question, draft: Response, *, intro: str = "") -> None:
        """Show a question, with what was entered before; `intro` places its topic above it, below on a low screen."""
        await self._begin(question, ASKING)
        leaves_room = len(render(intro, self.app.size.width)) < self.app.size.height / 2
        await self.mount(*_asked(question, draft, intro if leaves_room else ""))
        if not leaves_room:
            await self.mount(ProseView(intro, label="About this topic", classes="intro"))
        if self.program:
            self._newest = max((attempt.id for attempt in self.app.store.attempts(question.id)), default=0)
            await self._show_lab(question, self.program)
        self._interaction.take_focus()
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
        views = _asked(question, submitted.attempt.response if submitted else (), intro, problem)
        await self.mount(*(view for view in views if not (is_exam and view.has_class("title"))))
        await self.mount(*_hints(question.hints[:hints], len(question.hints)), before=self._interaction)
        if submitted:
            self._settle(submitted, question)
            suggested = _suggested(submitted) if submitted.mark.evidence else ()
            await self.mount(*suggested, self._score(submitted), *self._reasons(question, submitted))
        for widget in self.query(Widget):
            widget.can_focus = False

    def _settle(self, submitted: Submitted, question: Question) -> None:
        if submitted.mark.is_ungraded:
            self._interaction.disabled = True  # there is no verdict to show
        else:
            self._interaction.settle(submitted.mark, question.body.key() if submitted.is_revealed else ())

    async def say(self, text: str, *, phase: str, classes: str = "title") -> None:
        """Show a text in place of a question."""
        await self._begin(None, phase)
        await self.mount(Static(text, classes=classes, markup=False))

    async def hint(self) -> None:
        """Show the next hint above the interaction."""
        if not self.has_hint or not self.question:
            return
        self._hints += 1
        view = _hints(self.question.hints[: self._hints], len(self.question.hints))[-1]
        await self.mount(view, before=self._interaction)
        self.post_message(self.Changed())

    async def catch_up(self) -> None:
        """Take over what the lab of a question of code has graded meanwhile."""
        question, program = self.question, self.program
        if not question or not program or self.phase not in (ASKING, DONE):
            return
        try:
            submitted = written_attempt(self.app.store, question, self._newest)
        except CoursekitError:  # told where the record is written
            return
        await self._show_lab(question, program)
        if submitted:
            self._newest = submitted.attempt.id
            await self.query(".score, .reason").remove()
            self._settle(submitted, question)
            await self._finish(submitted)

    def show_rated(self, submitted: Submitted) -> None:
        """Bring the score line up to date: the learner's own rating makes the question due on another day."""
        for line in list(self.query(".score").results(Static))[-1:]:  # above it a text has what was suggested
            line.update(self._score_text(submitted))

    def entered(self) -> Response | None:
        """Return what is entered and not submitted; None where nothing can be entered now."""
        if self.phase != ASKING or not self.question:
            return None
        try:
            return self._interaction.response()
        except NoMatches:  # it is being laid out
            return None

    def shown_options(self) -> tuple[str, ...]:
        """Return the author's Markdown of the options, and of the feedback shown under them."""
        interaction = self.question.body.interaction() if self.question else None
        options = interaction.options if isinstance(interaction, Choice) else ()
        return (*options, *self._feedback)

    def take_focus(self) -> None:
        """Go back to the response."""
        if self.phase == ASKING and self.question:
            self._interaction.take_focus()

    async def on_responded(self, event: Responded) -> None:
        """Grade what was submitted, or say what is missing."""
        event.stop()
        if self.phase == CONFIRMING:
            await self._confirm(event.response)
        elif self.phase == ASKING and self.question:
            interaction = self._interaction  # by the time of the verdict the next question may be there
            await self._respond(self.question, event.response)
            interaction.is_submitting = False

    async def on_prediction_decided(self, event: "Prediction.Decided") -> None:
        """Grade a prediction by the runs that decided it."""
        from coursekit.lab.experiment import decide

        if not self.question or self.phase != DECIDING:
            return
        try:
            if event.error:
                raise ValueError(str(event.error))
            question = decide(self.question, event.runs)
        except ValueError as error:
            self._ask_again(f"{error} Your prediction is kept: press enter to run again.")
        else:
            await self._submit(question, self._response)

    @property
    def _interaction(self) -> ResponseWidget:
        return self.query_one("#interaction", ResponseWidget)

    async def _begin(self, question: Question | None, phase: str) -> None:
        self.question, self.phase, self.confidence = question, phase, None
        self._hints, self._tries, self._started, self._feedback = 0, 0, self.app.now(), ()
        await self.clear()

    async def _respond(self, question: Question, response: Response) -> None:
        problem = what_is_missing(question.body.interaction(), response)
        self._tell(problem or "")
        if problem:
            return
        if isinstance(question.body, Experiment):
            await self._predict(question, question.body, response)
        else:
            await self._submit(question, response)

    async def _predict(self, question: Question, body: Experiment, response: Response) -> None:
        """Hold the prediction and let the lab's trainer decide it, in sight."""
        from coursekit.lab.definition import load_lab
        from coursekit.lab.experiment import configurations
        from coursekit.tui.prediction import Prediction

        try:
            lab = load_lab(self.app.course, question.lab or "")
            configs = configurations(question, lab)
        except CoursekitError as error:
            self._tell(str(error))
            return
        self.phase, self._response = DECIDING, response
        for old in self.query(Prediction):
            await old.remove()
        self._interaction.can_focus = False
        await self.add(Prediction(lab, configs, self.app.begin_run, spoken(question, response), body.guess(response)))
        self.post_message(self.Changed())

    def _ask_again(self, problem: str) -> None:
        """Say why a response was not taken, and let it be submitted once more."""
        self.phase = ASKING
        self._tell(problem)
        self._interaction.can_focus = True
        self._interaction.take_focus()
        self.post_message(self.Changed())

    async def _submit(self, question: Question, response: Response) -> None:
        """Save first, show after."""
        try:
            submitted = submit(
                self.app.store,
                question,
                response,
                started=self._started or self.app.now(),
                now=self.app.now(),
                hints=self._hints,
                confidence=self.confidence,
                tries=self._tries + 1,
                purpose=self.purpose,
                serves=self.serves.get(question.id),
            )
            # A text is kept until its mark is confirmed.
            self.app.store.keep_draft(question.id, response if submitted.mark.evidence else ())
        except CoursekitError as error:
            self._ask_again(str(error))
            return
        self.question, self._tries = question, self._tries + 1
        if submitted.tries_left:
            await self._let_try_again(submitted)
            return
        self._feedback = tuple(submitted.mark.options.values())
        self._settle(submitted, question)
        self.screen.set_focus(None)
        if submitted.mark.evidence:
            await self._suggest(submitted)
        else:
            await self._finish(submitted)

    async def _let_try_again(self, submitted: Submitted) -> None:
        """Say what the try was worth and, without the key, why; the response can be changed."""
        await self.query(".try").remove()
        mark, score = submitted.mark, self._score(submitted)
        score.add_class("try")
        said = [ProseView(text, classes="try") for text in (*mark.options.values(), *mark.feedback)]
        self._started = self.app.now()
        await self.mount(score, *said)
        self.bring(score, lines=4)
        self._interaction.take_focus()

    async def _suggest(self, submitted: Submitted) -> None:
        """Show the evidence for each rubric point, ticked as suggested, for the learner to correct."""
        self.phase, self._submitted = CONFIRMING, submitted
        await self.add(*_suggested(submitted))
        self.query_one("#ticks", Widget).focus(scroll_visible=False)
        self.post_message(self.Changed())

    async def _confirm(self, response: Response) -> None:
        from coursekit.tui.interactions.ticks import ticked

        ticks = ticked(response, len(self._submitted.mark.evidence))
        try:
            confirmed = confirm(self.app.store, self._submitted, ticks, self.app.now())
            self.app.store.keep_draft(confirmed.attempt.question, ())
        except CoursekitError as error:
            self.app.notify(str(error), severity="error", timeout=60, markup=False)
            return
        self.query_one("#ticks", Widget).can_focus = False
        self.screen.set_focus(None)
        await self._finish(confirmed)

    async def _finish(self, submitted: Submitted) -> None:
        """Show score, feedback, explanation, references and where to go from here."""
        question = self.question
        if not question:
            return
        self.phase = DONE
        await self.query(".try").remove()
        graded = self._graded(question, submitted)
        await self.add_below(self._score(submitted), *self._reasons(question, submitted, graded), lines=6)
        self.post_message(self.Finished(submitted))

    def _score(self, submitted: Submitted) -> Static:
        return Static(self._score_text(submitted), classes="score", markup=False)

    def _score_text(self, submitted: Submitted) -> Content:
        return score_content(submitted, score_line(submitted, self.app.now()))

    def _graded(self, question: Question, submitted: Submitted) -> str:
        """Say what the question's lab was graded; a record that cannot be read says so elsewhere."""
        if not question.lab or self.program:  # the lab's grade is the response, and said above
            return ""
        try:
            return lab_line(self.app.store, submitted, question.lab)
        except CoursekitError:
            return ""

    async def _show_lab(self, question: Question, program: Program) -> None:
        """Say below the interaction what the lab of a question of code has graded."""
        await self.query(".lab").remove()
        try:
            said = code_line(self.app.store, question.lab or "", program.entry)
        except CoursekitError:  # it is told where the record is written
            return
        await self.mount(ProseView(f"**{question.lab}**, {said}", label="Lab", classes="lab"), after="#problem")

    def _reasons(self, question: Question, submitted: Submitted, graded: str = "") -> list[ProseView]:
        is_text = bool(submitted.mark.evidence)
        said = (outcome_text(question, submitted.attempt.response), *(() if is_text else submitted.mark.feedback))
        parts = [("Sources", question.references), *ways_on(self.app.course, question, graded)]
        if submitted.is_revealed:
            model = question.body.key()[0] if is_text else ""
            parts = [("Model", model), ("Why", question.explanation), *parts]
        views = [ProseView(text, classes="reason") for text in said if text]
        return views + [ProseView(text, label=label, classes="reason") for label, text in parts if text]

    def _tell(self, problem: str) -> None:
        """Say what is wrong, until it is mended."""
        line = self.query_one("#problem", Static)
        line.update(problem)
        line.set_class(not problem, "-empty")
        if problem:
            self.bring(line)


def _asked(question: Question, draft: Response, intro: str, problem: str = "") -> list[Widget]:
    """Make what stands there when a question is asked."""
    title = Static(line_content(inline(question.title)).stylize("bold"), classes="title", markup=False)
    above = [ProseView(intro, classes="intro")] if intro else []
    stem = [ProseView(question.stem)] if question.stem else []
    interaction = widget_for(question.body.interaction(), draft)
    interaction.id = "interaction"
    said = Static(problem, classes="problem" if problem else "problem -empty", id="problem", markup=False)
    return [*above, title, *stem, interaction, said]


def _hints(hints: Sequence[str], total: int) -> list[ProseView]:
    """Make the first hints, numbered where there are several."""
    return [ProseView(text, label=f"Hint {n}" if total > 1 else "Hint") for n, text in enumerate(hints, 1)]


def _suggested(submitted: Submitted) -> list[Widget]:
    """Make the suggestion, what may change it, and the points to tick."""
    from coursekit.tui.interactions.ticks import rubric_ticks

    ticks = rubric_ticks(submitted.mark.evidence)
    ticks.id = "ticks"
    said = Static(suggestion_text(submitted), classes="score", markup=False)
    return [said, *(ProseView(text) for text in submitted.mark.feedback), ticks]
