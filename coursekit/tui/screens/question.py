"""A session: one question after the other, the way to labs and related questions, and what it came to."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from coursekit.errors import CoursekitError
from coursekit.questions._body import Experiment
from coursekit.session import next_seed
from coursekit.tui.keybar import KeyBar
from coursekit.tui.margin import MarginDesk
from coursekit.tui.question.aside_menu import show_menu
from coursekit.tui.question.order import Order
from coursekit.tui.question.record import Drafts, Introductions, advice_on
from coursekit.tui.question.showing import keys, where
from coursekit.tui.question.tally import Tally
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.question_text import ASKING, CONFIRMING, DECIDING, DONE, related_to
from coursekit.tui.screens.base import CourseScreen

_AGAIN_SECONDS = 1 / 30
_DRAFT_SECONDS = 1  # what a power cut may cost of a text


class QuestionScreen(CourseScreen):
    """A session over some questions, in order; `why` says why each comes. One `is_within` another is counted there.

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
        Binding("m,M", "note", "your note on this question"),
        Binding("b,B", "bookmark", "bookmark this question, or no longer"),
        Binding("p,P", "aside", "put it aside, say what is wrong, or rate it"),
        Binding("escape", "back", "leave the text, then the question"),
        Binding("pageup", "scroll('page_up')", "a page up"),
        Binding("pagedown", "scroll('page_down')", "a page down"),
        Binding("home", "scroll('home')", "to the top"),
        Binding("end", "scroll('end')", "to the end"),
    ]
    AT_ONCE: ClassVar[frozenset[str]] = frozenset(("hint", "confidence"))

    def __init__(
        self,
        order: tuple[str, ...],
        place: str,
        *,
        serves: Mapping[str, str] | None = None,
        purpose: str = "study",
        why: Mapping[str, str] | None = None,
        comes_back: bool = False,
        is_within: bool = False,
    ) -> None:
        super().__init__()
        self._order = Order(self.app, order, why or {}, comes_back=comes_back)
        self._place, self._purpose, self._is_within = place, purpose, is_within
        self._page = QuestionPage(id="page", purpose=purpose, serves=serves)
        self._margin = MarginDesk(self._page, self._see_margin)
        self._drafts = Drafts(self._page)
        self._introductions = Introductions(self.app)
        self._tally = Tally(self.app)
        self._related = 0

    @property
    def phase(self) -> str:
        """What the learner can do now."""
        return self._page.phase

    def compose(self) -> ComposeResult:
        """Lay out where you are, the page, the keys."""
        yield Static("", id="where", markup=False)
        yield self._page
        yield KeyBar()

    async def on_mount(self) -> None:
        """Ask the first question, and keep what is being entered while it is."""
        for name in ("scroll_y", "virtual_size"):
            self.watch(self._page, name, self._show_keys, init=False)
        await self._ask()
        self.set_interval(_DRAFT_SECONDS, self.keep_draft)

    async def on_screen_resume(self) -> None:
        """See what was graded in the lab of a question of code."""
        await self._page.catch_up()

    def on_resize(self) -> None:
        """Set the top line for the new width, and the keys for what is seen of the question."""
        self._show_place()
        self.call_after_refresh(self._show_keys)

    def on_question_page_changed(self) -> None:
        """Show the keys that do something now."""
        self._show_keys()

    def on_question_page_finished(self, event: QuestionPage.Finished) -> None:
        """Count the question to what was done."""
        self._tally.count(event.submitted)
        self._show_keys()
        self._margin.show_note()

    async def action_hint(self) -> None:
        """Show the next hint above the interaction."""
        if self._page.has_hint:
            await self._page.hint()
        elif self.phase == ASKING and self._page.question:
            self.app.notify("There are no more hints.", timeout=3, markup=False)

    async def action_enter(self) -> None:
        """Go on after the verdict; before it, go back to the response, or to the lab where that is written."""
        if self.phase == DONE:
            if not self._page.is_just_decided:
                await self.action_next()
        elif self._page.program:
            self.action_lab()
        else:
            self._page.take_focus()

    def action_confidence(self) -> None:
        """Say how sure one is, before the verdict: each press says another."""
        if self.phase == ASKING and not self._page.program:
            self._page.say_how_sure()
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
        self.keep_draft()
        if self._order.go_on():
            with self.app.batch_update():  # drawn once, not with every widget that goes or comes
                await self._ask()
        else:
            self._end(is_left=False)

    def action_lab(self) -> None:
        """Open the question's lab; a prediction comes before its run."""
        question = self._page.question
        if not question or not question.lab or self.phase == DECIDING:
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
            screen = QuestionScreen((name,), "Related", purpose=self._purpose, is_within=True)
            self.app.push_screen(screen, lambda _: self._tally.count(*screen._tally.done))

    def action_links(self) -> None:
        """Ask which link of the page to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self, *self._page.shown_options())

    def action_note(self) -> None:
        """Write a note on the question; it is shown after the verdict."""
        self._margin.write()

    def action_bookmark(self) -> None:
        """Bookmark the question, or no longer."""
        self._margin.mark()

    def action_aside(self) -> None:
        """Ask what to do with the question: put it aside, flag it, or rate the attempt at it."""
        is_cram = self._purpose == "cram"
        show_menu(self, self._page, self._tally, is_cram=is_cram, done=self._see_margin)

    def action_back(self) -> None:
        """Leave the text that is being written, else the screen."""
        self.keep_draft()
        if self._is_writing:
            self.set_focus(None)
            self.refresh_bindings()
            self._show_keys()
        else:
            self._end(is_left=True)

    def on_descendant_focus(self) -> None:
        """Keys differ while a text is written."""
        self._show_keys()

    def keep_draft(self) -> None:
        """Keep what is entered and not submitted; a record that cannot be written says so when it is needed."""
        self._drafts.keep()

    @property
    def _is_writing(self) -> bool:
        return isinstance(self.focused, TextArea) and not self.focused.read_only

    async def _ask(self) -> None:
        """Show the question at hand; one that cannot be read is told, and passed over with n."""
        name, self._related = self._order.now, 0
        try:
            question = self.app.course.question(name, next_seed(self.app.store, name))
            draft = self._drafts.read(name)
        except CoursekitError as error:
            await self._page.say(f"{error}\n\nPress n to go on.")
        else:
            intro = advice_on(self.app, question) or self._introductions.of(question)
            await self._page.ask(question, draft, intro=intro)
        self._see_margin()
        self._show_keys()

    def _end(self, *, is_left: bool) -> None:
        """Say what the session came to; a question within another session leads back to that."""
        if self._is_within or (is_left and not self._tally.done):
            self.dismiss()
            return
        from coursekit.tui.screens.summary import SummaryScreen  # at the end of a session

        found = self._tally.summary(is_cram=self._purpose == "cram")
        self.give_way(SummaryScreen(self._place, found, is_left=is_left))

    def _see_margin(self) -> None:
        """Look at what the learner has put beside the question."""
        self._margin.read()
        self._show_place()
        self._margin.show_note()

    def _show_place(self) -> None:
        said = (*self._margin.words, self._page.confidence or "", self._place)
        for line in self.query("#where").results(Static):
            line.update(where(self._page, self._order, said))

    def _show_keys(self) -> None:
        now, more = keys(self._page, is_writing=self._is_writing)
        for bar in self.query(KeyBar):  # there is none yet, or no more, when a size comes at a bad moment
            bar.show(*now, more=more)
