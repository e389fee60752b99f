"""A session: one question after the other, the way to labs and related questions, and what it came to."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from coursekit.errors import CoursekitError
from coursekit.model import Response
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted, next_seed
from coursekit.tui.keybar import KeyBar
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.question_text import (
    ASKING,
    CONFIDENCES,
    CONFIRMING,
    DECIDING,
    DONE,
    OVER,
    keys_now,
    place_content,
    related_to,
    summary,
)
from coursekit.tui.screens.base import CourseScreen

_WIDEST = 92
_AGAIN_SECONDS = 1 / 30
_DRAFT_SECONDS = 1  # what a power cut may cost of a text


class QuestionScreen(CourseScreen):
    """A session over some questions, in order.

    Where small letters are partners to match, the capital ones still do what they say.
    """

    DEFAULT_CSS = """
    QuestionScreen #where { width: 100%; max-width: 96; height: auto; padding: 0 2; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "go on after the verdict"),
        Binding("h,H", "hint", "show a hint"),
        Binding("n,N", "next", "next question, or skip this one"),
        Binding("l,L", "lab", "open the lab"),
        Binding("r,R", "related", "ask a related question"),
        Binding("u,U", "links", "list the links on this page"),
        Binding("c,C", "confidence", "say how sure you are"),
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
        self._intro = ""
        self._draft: Response = ()

    @property
    def phase(self) -> str:
        """What the learner can do now."""
        return self._page.phase

    def compose(self) -> ComposeResult:
        """Lay out where you are, the page, the keys."""
        yield Static("", id="where", markup=False)
        yield QuestionPage(id="page")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Ask the first question, and keep what is being entered while it is."""
        await self._ask()
        self.set_interval(_DRAFT_SECONDS, self.keep_draft)

    def on_resize(self) -> None:
        """Set the top line for the new width."""
        self._show_place()

    def on_question_page_changed(self) -> None:
        """Show the keys that do something now."""
        self._show_keys()

    def on_question_page_finished(self, event: QuestionPage.Finished) -> None:
        """Count the question to what was done."""
        self._done.append(event.submitted)
        self._show_keys()

    async def action_hint(self) -> None:
        """Show the next hint above the interaction."""
        if self._page.has_hint:
            await self._page.hint()
        elif self.phase == ASKING and self._page.question:
            self.app.notify("There are no more hints.", timeout=3, markup=False)

    async def action_enter(self) -> None:
        """Go on after the verdict; before it, go back to the response."""
        if self.phase in (DONE, OVER):
            await self.action_next()
        else:
            self._page.take_focus()

    def action_confidence(self) -> None:
        """Say how sure one is, before the verdict: each press says another."""
        if self.phase == ASKING:
            steps = (None, *CONFIDENCES)
            self._page.confidence = steps[(steps.index(self._page.confidence) + 1) % len(steps)]
            self._show_place()

    def action_scroll(self, where: str) -> None:
        """Scroll the page, wherever the focus is."""
        getattr(self._page, f"scroll_{where}")(animate=False)

    async def action_next(self) -> None:
        """Go on to the next question; at the end, back to where the session began."""
        if self.phase in (DECIDING, CONFIRMING):
            return
        if self._page.is_submitting:
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
        question = self._page.question
        if not question or not question.lab or self.phase in (DECIDING, OVER):
            return
        if self.phase == ASKING and isinstance(question.body, Experiment):
            self.app.notify("First your prediction; then the run.", timeout=4, markup=False)
            return
        self.app.open_lab(question.lab, f"{question.topic} › {question.title}")

    def action_related(self) -> None:
        """Ask a related question on top of this one, another each time."""
        known = related_to(self.app.course, self._page.question)
        if known and self.phase == DONE:
            name = known[self._related % len(known)]
            self._related += 1
            self.app.push_screen(QuestionScreen((name,), "Related"))

    def action_links(self) -> None:
        """Ask which link of the page to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self, *self._page.shown_options())

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
        draft, question = self._page.entered(), self._page.question
        if draft is None or question is None or draft == self._draft:
            return
        try:
            self.app.store.keep_draft(question.id, draft)
            self._draft = draft
        except CoursekitError:
            return

    @property
    def _page(self) -> QuestionPage:
        return self.query_one(QuestionPage)

    @property
    def _is_writing(self) -> bool:
        return isinstance(self.focused, TextArea) and not self.focused.read_only

    async def _ask(self) -> None:
        """Show the question at hand; one that cannot be read is told, and passed over with n."""
        name, self._related = self._order[self._at], 0
        try:
            question = self.app.course.question(name, next_seed(self.app.store.attempts(name)))
            self._draft = self.app.store.draft(name)
        except CoursekitError as error:
            await self._page.say(f"{error}\n\nPress n to go on.", phase=DONE, classes="problem")
        else:
            await self._page.ask(question, self._draft, intro=self._introduction(question))
        self._show_place()
        self._show_keys()

    def _introduction(self, question: Question) -> str:
        """Place a topic in a few lines, above the first of its questions."""
        if question.topic == self._intro:
            return ""
        self._intro = question.topic
        return self.app.course.topic_of[question.id].document.text.source

    async def _sum_up(self) -> None:
        """End the session with what it came to."""
        await self._page.say(summary(self._done), phase=OVER)
        self._show_place()
        self._show_keys()

    def _show_place(self) -> None:
        width = min(_WIDEST, self.app.size.width - 4)
        said = " · ".join(part for part in (self._page.confidence, self._place) if part)
        count = f"{said}  {min(self._at + 1, len(self._order))} of {len(self._order)}".strip()
        self.query_one("#where", Static).update(place_content(self.app.course, self._page.question, count, width))

    def _show_keys(self) -> None:
        page = self._page
        has = {"lab": page.question and page.question.lab, "related": related_to(self.app.course, page.question)}
        ways = [name for name, found in has.items() if found]
        keys = keys_now(page.phase, has_hint=page.has_hint, is_writing=self._is_writing, ways=ways)
        self.query_one(KeyBar).show(*keys)
