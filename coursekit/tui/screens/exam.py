"""A mock exam while it runs: the clock, the map, one question at a time. No score, and nothing about what is right."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from coursekit.errors import CoursekitError
from coursekit.exam import desk
from coursekit.exam.clock import HonestClock
from coursekit.exam.report import report
from coursekit.exam.sitting import TIME, Sitting
from coursekit.exam.telling import beside, clock
from coursekit.model import Response
from coursekit.store.store import Store
from coursekit.tui.exam.asked import AskedPage
from coursekit.tui.exam.clock import ExamClock
from coursekit.tui.exam.question_map import QuestionMap
from coursekit.tui.interactions import Responded
from coursekit.tui.keybar import KeyBar
from coursekit.tui.question_text import next_confidence
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.telling import tell

_WIDEST = 92
_TICK_SECONDS = 1
_TELL_SECONDS = 5
_LOOK_TICKS = 10  # between two times that the record is told where we are, and tells us what others did


class ExamScreen(CourseScreen):
    """One sitting, until it is handed in or its time is up.

    Where small letters are partners to match, the capital ones still do what they say.
    """

    SEARCHES: ClassVar[bool] = False  # what is found shows its key, or asks for an attempt

    DEFAULT_CSS = """
    ExamScreen #top { width: 100%; max-width: 96; height: 1; padding: 0 2; }
    ExamScreen #where { width: 1fr; height: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "keep it and go on"),
        Binding("n,N", "next", "next question"),
        Binding("p,P", "previous", "the question before"),
        Binding("f,F", "flag", "flag this question, or take the flag off"),
        Binding("c,C", "confidence", "say how sure you are"),
        Binding("m,M", "review", "look over all questions, and hand in"),
        Binding("u,U", "links", "list the links on this page"),
        Binding("escape", "back", "leave the line, then the exam; the clock goes on"),
        Binding("pageup", "scroll('page_up')", "a page up"),
        Binding("pagedown", "scroll('page_down')", "a page down"),
        Binding("home", "scroll('home')", "to the top"),
        Binding("end", "scroll('end')", "to the end"),
    ]
    AT_ONCE: ClassVar[frozenset[str]] = frozenset(("confidence", "flag"))

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._ticks = 0
        self._is_over = False
        self._was_told_blank = False

    def compose(self) -> ComposeResult:
        """Lay out where you are, the clock, the map, the page, the keys."""
        with Horizontal(id="top"):
            yield Static("", id="where", markup=False)
            yield ExamClock()
        yield QuestionMap(self.sitting)
        yield AskedPage(self.keep)
        yield KeyBar(
            ("enter", "enter", "go on"),
            ("p", "p", "back"),
            ("m", "m", "hand in"),
            ("question_mark", "?", "keys"),
            ("f", "f", "flag"),
            ("escape", "esc", "leave"),
        )

    async def on_mount(self) -> None:
        """Take up where it was left, and keep the time."""
        self._now = HonestClock(self.app.now, time.monotonic, self.sitting.latest or self.sitting.begun)
        await self.go(self.sitting.at if self.sitting.seen else 0)
        self.set_interval(_TICK_SECONDS, self._tick)

    def on_screen_resume(self) -> None:
        """Show the report where it has ended meanwhile."""
        if self._is_over and self.is_active:
            self._show_report()

    @property
    def left(self) -> str:
        """The time that is left, as the clock shows it."""
        return clock(self.sitting.left(self._now()))

    async def go(self, place: int) -> None:
        """Ask the question of a place."""
        self._was_told_blank = False
        self._take(lambda store, now: desk.see(store, self.sitting, place, now), place)
        if self.sitting.ended is not None:
            return
        drawn = self.sitting.places[place]
        page = self.query_one(AskedPage)
        with self.app.batch_update():
            try:
                question = desk.asked(self.app.course, drawn)
            except (CoursekitError, ValueError) as error:
                await page.say(f"This question cannot be read any more, and counts as a miss: {error}")
            else:
                said = beside(question, self.sitting.blueprint.during)
                await page.ask(question, drawn.order, self.sitting.responses[place], said)

    def keep(self, response: Response) -> None:
        """Save what is entered; on return it is on disk."""
        at = self.sitting.at
        self._take(lambda store, now: desk.respond(store, self.sitting, at, response, now), at)

    def hand_in(self) -> None:
        """End the sitting."""
        try:
            self.sitting = desk.hand_in(self.app.course, self.app.store, self.sitting, self._now())
        except CoursekitError as error:
            tell(self.app, error)
        self._end()

    async def on_responded(self, event: Responded) -> None:
        """Go on; what was submitted has been saved. Where it is nothing, say so first, and go on the next time."""
        event.stop()
        page = self.query_one(AskedPage)
        blank = page.nothing_yet()
        is_last = self.sitting.at + 1 == len(self.sitting.places)
        if blank or is_last:
            page.stay()
        if blank and not self._was_told_blank:
            self._was_told_blank = True
            self.app.notify(f"{blank} enter once more leaves it out.", timeout=_TELL_SECONDS, markup=False)
            return
        await self.action_next()

    async def on_question_map_chosen(self, event: QuestionMap.Chosen) -> None:
        """Go where it was clicked."""
        await self.go(event.place)

    async def action_next(self) -> None:
        """Go on; after the last question, look over all."""
        if self.sitting.at + 1 < len(self.sitting.places):
            await self.go(self.sitting.at + 1)
        else:
            self.action_review()

    async def action_previous(self) -> None:
        """Go back by one."""
        await self.go(max(0, self.sitting.at - 1))

    def action_flag(self) -> None:
        """Flag the place at hand, or take its flag off."""
        at = self.sitting.at
        self._take(lambda store, now: desk.flag(store, self.sitting, at, now), at)

    def action_confidence(self) -> None:
        """Say how sure one is: each press says another, and the last takes it back."""
        at = self.sitting.at
        word = next_confidence(self.sitting.confidences[at])
        self._take(lambda store, now: desk.say_how_sure(store, self.sitting, at, word, now), at)

    def action_review(self) -> None:
        """Look over all places."""
        from coursekit.tui.screens.exam_review import ExamReviewScreen

        self.app.push_screen(ExamReviewScreen(self))

    def action_links(self) -> None:
        """Ask which link of the page to open."""
        from coursekit.tui.screens.links import show_links

        show_links(self)

    def action_scroll(self, where: str) -> None:
        """Scroll the page, wherever the focus is."""
        getattr(self.query_one(AskedPage), f"scroll_{where}")(animate=False)

    def action_back(self) -> None:
        """Leave the line that is being written, else the exam."""
        if isinstance(self.focused, Input):
            self.set_focus(None)
            return
        if self.sitting.ended is None:
            self.app.notify("The clock goes on. Choose the exam again to go on with it.", timeout=6, markup=False)
        self.dismiss()

    def _tick(self) -> None:
        """Show the time; now and then tell the record where we are; at the end hand in."""
        if self._is_over:
            return
        self._ticks += 1
        if self.sitting.is_time_up(self._now()):
            self.hand_in()
        elif self._ticks % _LOOK_TICKS == 0:
            at = self.sitting.at
            self._take(lambda store, now: desk.see(store, self.sitting, at, now), at)
        else:
            self.query_one(ExamClock).show(self.left)

    def _take(self, step: Callable[[Store, datetime], Sitting], place: int) -> None:
        """Do one thing that is kept, and show what the sitting is then: other processes may have changed it too."""
        try:
            self.sitting = replace(step(self.app.store, self._now()), at=place)
        except CoursekitError as error:
            tell(self.app, error)
            return
        if self.sitting.ended is not None:
            self._end()
        else:
            self._show()

    def _show(self) -> None:
        width = min(_WIDEST, self.app.size.width - 4) - 8
        many, at = len(self.sitting.places), self.sitting.at
        flagged = "⚑ flagged" if at in self.sitting.flags else ""
        said = [f"{at + 1} of {many}", flagged, self.sitting.confidences[at] or ""]
        where = "  ".join(part for part in (self.sitting.blueprint.title, *said) if part)
        self.query_one("#where", Static).update(Content(where).truncate(width, ellipsis=True))
        self.query_one(QuestionMap).show(self.sitting)
        self.query_one(ExamClock).show(self.left)

    def _end(self) -> None:
        """Go to the report; where another screen is on top, as soon as that is gone."""
        self._is_over = self.sitting.ended is not None
        if self._is_over and self.is_active:
            self._show_report()

    def _show_report(self) -> None:
        from coursekit.tui.screens.exam_report import ExamReportScreen

        if self.sitting.why == TIME:
            self.app.notify("The time is up. What was there is handed in.", timeout=10, markup=False)
        self.give_way(ExamReportScreen(report(self.app.course, self.sitting)))
