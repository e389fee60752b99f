"""One question after the other: ask, hint, verdict, explanation, and the way to the lab."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Static, TextArea

from coursekit.errors import CoursekitError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Response
from coursekit.prose import inline
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted, confirm, next_seed, observe, score_line, submit
from coursekit.tui.interactions import Responded, ResponseWidget, widget_for
from coursekit.tui.keybar import KeyBar
from coursekit.tui.page import Page
from coursekit.tui.prose_view import ProseView
from coursekit.tui.question_text import (
    ASKING,
    CONFIDENCES,
    CONFIRMING,
    DECIDING,
    DONE,
    OVER,
    keys_now,
    outcome_text,
    place_content,
    score_content,
    spoken,
    suggestion_text,
    summary,
    ways_on,
)
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import line_content

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.lab.report import LabReport
    from coursekit.tui.prediction import Prediction

_WIDEST = 92
_AGAIN_SECONDS = 1 / 30
_DRAFT_SECONDS = 1  # what a power cut may cost of a text


class QuestionScreen(CourseScreen):
    """A session over some questions, in order. `phase` says what the learner can do now."""

    DEFAULT_CSS = """
    QuestionScreen #where { width: 100%; max-width: 96; height: auto; padding: 0 2; color: $text-muted; }
    QuestionScreen #page { width: 100%; max-width: 96; height: 1fr; padding: 0 2; }
    QuestionScreen #page > * { padding-right: 1; }
    QuestionScreen .title { height: auto; margin: 1 0; }
    QuestionScreen .intro { color: $text-muted; margin: 1 0 0 0; }
    QuestionScreen .problem { color: $text-warning; height: auto; }
    QuestionScreen .problem.-empty { display: none; }
    QuestionScreen .score { height: auto; margin: 1 0; }
    QuestionScreen ProseView { margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "go on after the verdict"),
        Binding("h", "hint", "show a hint"),
        Binding("n", "next", "next question, or skip this one"),
        Binding("l", "lab", "open the lab"),
        Binding("r", "related", "ask a related question"),
        Binding("c", "confidence", "say how sure you are"),
        Binding("escape", "back", "leave the text, then the question"),
        Binding("pageup", "scroll('page_up')", "a page up"),
        Binding("pagedown", "scroll('page_down')", "a page down"),
        Binding("home", "scroll('home')", "to the top"),
        Binding("end", "scroll('end')", "to the end"),
    ]

    def __init__(self, order: tuple[str, ...], place: str) -> None:
        super().__init__()
        self._order = order
        self._place = place
        self._at = 0
        self._done: list[Submitted] = []
        self._related = 0
        self._confidence: str | None = None
        self._intro = ""
        self._draft: Response = ()
        self.phase = ASKING
        self.question: Question | None = None

    def compose(self) -> ComposeResult:
        """Lay out where you are, the page, the keys."""
        yield Static("", id="where", markup=False)
        yield Page(id="page")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Ask the first question, and keep what is being entered while it is."""
        await self._ask()
        self.set_interval(_DRAFT_SECONDS, self.keep_draft)

    def on_resize(self) -> None:
        """Set the top line for the new width."""
        self._show_place()

    async def on_responded(self, event: Responded) -> None:
        """Grade what was submitted, or say what is missing."""
        event.stop()
        if self.phase == CONFIRMING:
            await self._confirm(event.response)
        elif self.phase == ASKING and self.question:
            await self._respond(self.question, event.response)
            self._interaction.is_submitting = False

    async def on_prediction_decided(self, event: "Prediction.Decided") -> None:
        """Grade a prediction by the run that decided it."""
        await self._decide(event.report)

    async def action_hint(self) -> None:
        """Show the next hint above the interaction."""
        question = self.question
        if self.phase != ASKING or not question:
            return
        if self._hints >= len(question.hints):
            self.app.notify("There are no more hints.", timeout=3, markup=False)
            return
        self._hints += 1
        label = f"Hint {self._hints}" if len(question.hints) > 1 else "Hint"
        await self._page.mount(ProseView(question.hints[self._hints - 1], label=label), before=self._interaction)
        self._show_keys()

    async def action_enter(self) -> None:
        """Go on after the verdict; before it, go back to the response."""
        if self.phase in (DONE, OVER):
            await self.action_next()
        elif self.phase == ASKING and self.question:
            self._interaction.take_focus()

    def action_confidence(self) -> None:
        """Say how sure one is, before the verdict: each press says another."""
        if self.phase == ASKING:
            steps = (None, *CONFIDENCES)
            self._confidence = steps[(steps.index(self._confidence) + 1) % len(steps)]
            self._show_place()

    def action_scroll(self, where: str) -> None:
        """Scroll the page, wherever the focus is."""
        getattr(self._page, f"scroll_{where}")(animate=False)

    async def action_next(self) -> None:
        """Go on to the next question; at the end, back to where the session began."""
        if self.phase in (DECIDING, CONFIRMING):
            return
        if self.phase == ASKING and self.question and self._interaction.is_submitting:
            self.set_timer(_AGAIN_SECONDS, self.action_next)  # the verdict first
            return
        if self.phase == OVER:
            self.dismiss()
            return
        self.keep_draft()
        self._at += 1
        with self.app.batch_update():  # drawn once, not with every widget that goes or comes
            await (self._ask() if self._at < len(self._order) else self._sum_up())

    def action_lab(self) -> None:
        """Open the question's lab; a prediction comes before its run."""
        question = self.question
        if not question or not question.lab or self.phase in (DECIDING, OVER):
            return
        if self.phase == ASKING and isinstance(question.body, Experiment):
            self.app.notify("First your prediction; then the run.", timeout=4, markup=False)
            return
        self.app.open_lab(question.lab, f"{question.topic} › {question.title}")

    def action_related(self) -> None:
        """Ask a related question on top of this one, another each time."""
        question = self.question
        known = [name for name in question.related if name in self.app.course.topic_of] if question else []
        if known and self.phase == DONE:
            name = known[self._related % len(known)]
            self._related += 1
            self.app.push_screen(QuestionScreen((name,), "Related"))

    def action_back(self) -> None:
        """Leave the text that is being written, else the screen."""
        self.keep_draft()
        if self._is_writing:
            self.set_focus(None)
            self.refresh_bindings()
            self._show_keys()
        else:
            self.dismiss()

    def on_descendant_focus(self) -> None:
        """Keys differ while a text is written."""
        self._show_keys()

    def keep_draft(self) -> None:
        """Keep what is entered and not submitted; a record that cannot be written says so when it is needed."""
        if self.phase != ASKING or not self.question:
            return
        try:
            draft = self._interaction.response()
            if draft != self._draft:
                self.app.store.keep_draft(self.question.id, draft)
                self._draft = draft
        except (CoursekitError, NoMatches):
            return

    @property
    def _page(self) -> Page:
        return self.query_one(Page)

    @property
    def _is_writing(self) -> bool:
        return isinstance(self.focused, TextArea) and not self.focused.read_only

    @property
    def _interaction(self) -> ResponseWidget:
        return self.query_one("#interaction", ResponseWidget)

    async def _ask(self) -> None:
        """Show the question at hand; one that cannot be read is told, and passed over with n."""
        name = self._order[self._at]
        self.phase, self._hints, self._started, self._related = ASKING, 0, self.app.now(), 0
        self._confidence = None
        await self._page.clear()
        try:
            self.question = self.app.course.question(name, next_seed(self.app.store.attempts(name)))
            self._draft = self.app.store.draft(name)
        except CoursekitError as error:
            self.question, self.phase = None, DONE
            await self._page.mount(Static(f"{error}\n\nPress n to go on.", classes="problem", markup=False))
        else:
            await self._show(self.question, self._draft)
        self._show_place()
        self._show_keys()

    async def _show(self, question: Question, draft: Response) -> None:
        interaction = widget_for(question.body.interaction(), draft)
        interaction.id = "interaction"
        title = Static(line_content(inline(question.title)).stylize("bold"), classes="title", markup=False)
        stem = [ProseView(question.stem)] if question.stem else []
        await self._page.mount(
            *self._introduction(question),
            title,
            *stem,
            interaction,
            Static("", classes="problem -empty", id="problem", markup=False),
        )
        interaction.take_focus()
        self.call_after_refresh(self._page.scroll_home, animate=False)  # one begins to read at the top

    def _introduction(self, question: Question) -> list[Widget]:
        """Place a topic in a few lines, above the first of its questions."""
        if question.topic == self._intro:
            return []
        self._intro = question.topic
        text = self.app.course.topic_of[question.id].document.text.source
        return [ProseView(text, classes="intro")] if text else []

    async def _respond(self, question: Question, response: Response) -> None:
        problem = what_is_missing(question.body.interaction(), response)
        self._tell(problem or "")
        if problem:
            return
        if isinstance(question.body, Experiment):
            await self._predict(question, response)
        else:
            await self._submit(question, response)

    async def _predict(self, question: Question, response: Response) -> None:
        """Hold the prediction and let the lab's trainer decide it, in sight."""
        from coursekit.lab.definition import load_lab
        from coursekit.tui.prediction import Prediction

        assert isinstance(question.body, Experiment)
        try:
            lab = load_lab(self.app.course, question.lab or "")
            config = lab.configure(question.body.settings())
        except CoursekitError as error:
            self._tell(str(error))
            return
        self.phase, self._response = DECIDING, response
        for old in self.query(Prediction):
            await old.remove()
        self._interaction.can_focus = False
        await self._page.add(Prediction(lab, config, self.app.begin_run, spoken(question, response)))
        self._show_keys()

    async def _decide(self, report: "LabReport | CoursekitError") -> None:
        question = self.question
        if not question or self.phase != DECIDING:
            return
        try:
            if isinstance(report, CoursekitError):
                raise ValueError(str(report))
            await self._submit(observe(question, report.points), self._response)
        except ValueError as error:
            self._ask_again(f"{error} Your prediction is kept: press enter to run again.")

    def _ask_again(self, problem: str) -> None:
        """Say why a response was not taken, and let it be submitted once more."""
        self.phase = ASKING
        self._tell(problem)
        self._interaction.can_focus = True
        self._interaction.take_focus()
        self._show_keys()

    async def _submit(self, question: Question, response: Response) -> None:
        """Save first, show after."""
        try:
            submitted = submit(
                self.app.store,
                question,
                response,
                started=self._started,
                now=self.app.now(),
                hints=self._hints,
                confidence=self._confidence,
            )
            # A text is kept until its mark is confirmed.
            self.app.store.keep_draft(question.id, response if submitted.mark.is_suggestion else ())
        except CoursekitError as error:
            self._ask_again(str(error))
            return
        self.question = question
        self._interaction.settle(submitted.mark, question.body.key())
        self.set_focus(None)
        if submitted.mark.is_suggestion:
            await self._suggest(submitted)
        else:
            await self._finish(submitted)

    async def _suggest(self, submitted: Submitted) -> None:
        """Show the evidence for each rubric point, ticked as suggested, for the learner to correct."""
        from coursekit.tui.interactions.ticks import rubric_ticks

        self.phase, self._submitted = CONFIRMING, submitted
        ticks = rubric_ticks(submitted.mark.evidence)
        ticks.id = "ticks"
        notes = [ProseView(text) for text in submitted.mark.feedback]  # they may change what one ticks
        await self._page.add(Static(suggestion_text(submitted), classes="score", markup=False), *notes, ticks)
        ticks.focus(scroll_visible=False)
        self._show_keys()

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
        self.set_focus(None)
        await self._finish(confirmed, model=self.question.body.key()[0] if self.question else "")

    async def _finish(self, submitted: Submitted, model: str = "") -> None:
        """Show score, feedback, explanation, references and where to go from here."""
        question = self.question
        if not question:
            return
        self.phase = DONE
        self._done.append(submitted)
        score = Static(score_content(submitted, score_line(submitted, self.app.now())), classes="score", markup=False)
        parts = [("Model", model), ("Why", question.explanation), ("Sources", question.references)]
        said = outcome_text(question, submitted.attempt.response)
        notes = () if submitted.mark.is_suggestion else submitted.mark.feedback
        views = [ProseView(text) for text in (said, *notes) if text]
        views += [ProseView(text, label=label) for label, text in (*parts, *ways_on(self.app.course, question)) if text]
        await self._page.add_below(score, *views, lines=6)
        self._show_keys()

    async def _sum_up(self) -> None:
        """End the session with what it came to."""
        self.phase, self.question = OVER, None
        await self._page.clear()
        await self._page.mount(Static(summary(self._done), classes="title", markup=False))
        self._show_place()
        self._show_keys()

    def _tell(self, problem: str) -> None:
        """Say what is wrong, until it is mended."""
        line = self.query_one("#problem", Static)
        line.update(problem)
        line.set_class(not problem, "-empty")
        if problem:
            self._page.bring(line)

    def _show_place(self) -> None:
        width = min(_WIDEST, self.app.size.width - 4)
        said = " · ".join(part for part in (self._confidence, self._place) if part)
        count = f"{said}  {min(self._at + 1, len(self._order))} of {len(self._order)}".strip()
        self.query_one("#where", Static).update(place_content(self.app.course, self.question, count, width))

    def _show_keys(self) -> None:
        has_hint = self.question is not None and self._hints < len(self.question.hints)
        self.query_one(KeyBar).show(*keys_now(self.phase, has_hint=has_hint, is_writing=self._is_writing))
