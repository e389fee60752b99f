"""A session: one question after the other, the way to labs and related questions, and what it came to."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from coursekit.course import Topic
from coursekit.errors import CoursekitError
from coursekit.model import Response
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.scheduling import Card
from coursekit.session import Submitted, as_rated, next_seed
from coursekit.tui.keybar import KeyBar
from coursekit.tui.margin import Margin, bookmark, margin_beside, show_note, write_note
from coursekit.tui.question_page import QuestionPage
from coursekit.tui.question_text import (
    ASKING,
    CONFIDENCES,
    CONFIRMING,
    DECIDING,
    DONE,
    keys_now,
    more_keys,
    place_content,
    related_to,
)
from coursekit.tui.screens.base import CourseScreen

if TYPE_CHECKING:  # at the end of a session
    from coursekit.study.summary import Summary

_WIDEST = 92
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
        self._order = order
        self._why, self._is_within = dict(why or {}), is_within
        self._serves, self._purpose, self._comes_back = serves or {}, purpose, comes_back
        self._place = place
        self._at = 0
        self._done: list[Submitted] = []
        self._related = 0
        self._introduced: set[str] = set()
        self._draft: Response = ()
        self._margin = Margin()

    @property
    def phase(self) -> str:
        """What the learner can do now."""
        return self._page.phase

    @property
    def done(self) -> tuple[Submitted, ...]:
        """The last attempt at each question."""
        return tuple(self._done)

    def compose(self) -> ComposeResult:
        """Lay out where you are, the page, the keys."""
        yield Static("", id="where", markup=False)
        yield QuestionPage(id="page")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Ask the first question, and keep what is being entered while it is."""
        self._page.purpose, self._page.serves = self._purpose, self._serves
        self._since = self._begun = self.app.now()
        await self._ask()
        self.set_interval(_DRAFT_SECONDS, self.keep_draft)

    async def on_screen_resume(self) -> None:
        """See what was graded in the lab of a question of code."""
        await self._page.catch_up()

    def on_resize(self) -> None:
        """Set the top line for the new width."""
        self._show_place()

    def on_question_page_changed(self) -> None:
        """Show the keys that do something now."""
        self._show_keys()

    def on_question_page_finished(self, event: QuestionPage.Finished) -> None:
        """Count the question to what was done."""
        self._count((event.submitted,))
        self._show_keys()
        self.run_worker(show_note(self._page, self._margin), group="note", exclusive=True)

    async def action_hint(self) -> None:
        """Show the next hint above the interaction."""
        if self._page.has_hint:
            await self._page.hint()
        elif self.phase == ASKING and self._page.question:
            self.app.notify("There are no more hints.", timeout=3, markup=False)

    async def action_enter(self) -> None:
        """Go on after the verdict; before it, go back to the response, or to the lab where that is written."""
        if self.phase == DONE:
            await self.action_next()
        elif self._page.program:
            self.action_lab()
        else:
            self._page.take_focus()

    def action_confidence(self) -> None:
        """Say how sure one is, before the verdict: each press says another."""
        if self.phase == ASKING and not self._page.program:
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
        self.keep_draft()
        self._at += 1
        if self._at == len(self._order) and self._comes_back:
            self._order += self._missed_again()
        if self._at < len(self._order):
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
            self.app.push_screen(screen, lambda _: self._count(screen.done))

    def action_links(self) -> None:
        """Ask which link of the page to open."""
        from coursekit.tui.screens.links import show_links  # few ask for it

        show_links(self, *self._page.shown_options())

    def action_note(self) -> None:
        """Write a note on the question; it is shown after the verdict."""
        if self._page.question:
            write_note(self, self._page.question, self._margin, self._see_margin)

    def action_bookmark(self) -> None:
        """Bookmark the question, or no longer."""
        if self._page.question:
            bookmark(self, self._page.question, self._margin)
            self._see_margin()

    def action_aside(self) -> None:
        """Ask what to do with the question: put it aside, flag it, or rate the attempt at it."""
        question = self._page.question
        if question:
            from coursekit.tui.screens.aside import show_asides

            attempts = (done.attempt for done in self._done if done.attempt.question == question.id)
            counts = self.phase == DONE and self._purpose != "cram"  # a rating changes the schedule, cramming does not
            attempt = next(attempts, None) if counts else None
            show_asides(self, question, attempt and attempt.id, self._see_aside)

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
            self._advise(question)
        self._see_margin()
        self._show_keys()

    def _count(self, submitted: Iterable[Submitted]) -> None:
        """Count attempts to what was done, the last at each question: the lab of code may be graded again."""
        for one in submitted:
            before = [each for each in self._done if each.attempt.question != one.attempt.question]
            self._done = [*before, one]

    def _missed_again(self) -> tuple[str, ...]:
        """Return what was missed since the session began, or this was last asked, and is due again by now."""
        from coursekit.study.again import missed_again  # at the end of a session

        since, self._since = self._since, self.app.now()
        again = missed_again(self._order, self._cards(), since, self._since)
        self._why |= dict.fromkeys(again, "missed before")
        return again

    def _advise(self, question: Question) -> None:
        """Say what may help with a question that was learnt and missed again and again."""
        from coursekit.study.leeches import advice, is_leech

        card = self._cards().get(question.id)
        if card and is_leech(card):
            self.app.notify(advice(question, card), timeout=12, markup=False)

    def _cards(self) -> Mapping[str, Card]:
        """Return where each question stands; a record that cannot be read says so when it is needed."""
        try:
            return self.app.store.cards()
        except CoursekitError:
            return {}

    def _introduction(self, question: Question) -> str:
        """Place a topic in a few lines, above the first of its questions, where none of them was tried before."""
        if question.topic in self._introduced:
            return ""
        self._introduced.add(question.topic)
        topic = self.app.course.topic_of[question.id]
        return "" if self._is_known(topic) else topic.document.text.source

    def _is_known(self, topic: Topic) -> bool:
        try:
            return bool(self.app.store.cards_of(topic.names))
        except CoursekitError:
            return False

    def _end(self, *, is_left: bool) -> None:
        """Say what the session came to; a question within another session leads back to that."""
        if self._is_within or (is_left and not self._done):
            self.dismiss()
            return
        from coursekit.tui.screens.summary import SummaryScreen  # at the end of a session

        over = SummaryScreen(self._place, self._summary(), is_left=is_left)
        self.app.switch_screen(over)  # pyright: ignore[reportUnknownMemberType]  # of any app

    def _summary(self) -> "Summary":
        from coursekit.study.summary import comes_back, summed_up

        app, back = self.app, ()
        if self._done:
            with suppress(CoursekitError):  # told where the record is used
                back = comes_back(app.store, app.course.topic_of, app.now())
        return summed_up(
            [each.attempt for each in self._done],
            app.now() - self._begun,
            back,
            ungraded=[each.attempt.question for each in self._done if each.mark.is_ungraded],
            is_cram=self._purpose == "cram",
        )

    def _see_aside(self) -> None:
        """Look at what was chosen of the menu: put aside, or rated."""
        self._see_margin()
        question = self._page.question
        for place, done in enumerate(self._done):
            if question and done.attempt.question == question.id and self.phase == DONE:
                self._done[place] = rated = as_rated(self.app.store, done)
                self._page.show_rated(rated)

    def _see_margin(self) -> None:
        """Look at what the learner has put beside the question."""
        self._margin = margin_beside(self, self._page.question)
        self._show_place()
        if self.phase == DONE:
            self.run_worker(show_note(self._page, self._margin), group="note", exclusive=True)

    def _show_place(self) -> None:
        width = min(_WIDEST, self.app.size.width - 4)
        said = " · ".join(part for part in (*self._margin.words, self._page.confidence, self._place) if part)
        count = f"{said}  {min(self._at + 1, len(self._order))} of {len(self._order)}".strip()
        question = self._page.question
        why = self._why.get(question.id, "") if question else ""
        self.query_one("#where", Static).update(place_content(self.app.course, question, count, width, why))

    def _show_keys(self) -> None:
        page = self._page
        has = {"lab": page.question and page.question.lab, "related": related_to(self.app.course, page.question)}
        ways = [name for name, found in has.items() if found]
        is_program = page.program is not None
        keys = keys_now(
            page.phase, has_hint=page.has_hint, is_writing=self._is_writing, ways=ways, is_program=is_program
        )
        self.query_one(KeyBar).show(*keys, more=more_keys(page.phase, is_writing=self._is_writing))
