"""The app: one course, one record, and the screens on top of each other."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual._context import active_message_pump
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.errors import NoWidget
from textual.events import Event, MouseDown, Resize
from textual.notifications import Notify
from textual.screen import Screen
from textual.widget import MountError, Widget

from coursekit.course import Course
from coursekit.tui.keybar import KeyBar
from coursekit.tui.memory import forget_what_is_gone

if TYPE_CHECKING:  # 10 ms, and a first visit has no record to read
    from collections.abc import Mapping

    from rich.console import RenderableType
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.filter import LineFilter

    from coursekit.lab.child import Running
    from coursekit.lab.warm import Warm
    from coursekit.search.finder import Finder
    from coursekit.store.store import Store
    from coursekit.study.selection import Choice
    from coursekit.train.jobs import Job

_MOST_TOLD = 4  # notices at a time
_LEAST = (50, 15)  # columns and rows that the screens need


class CoursekitApp(App[None]):
    """Holds what the screens share: the course, the record, the clock."""

    TITLE = "coursekit"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { align: center top; background: $background; }
    VerticalScroll, Outline {
        scrollbar-size-vertical: 1; scrollbar-color: $foreground 30%; scrollbar-background: $background;
        scrollbar-background-hover: $background; scrollbar-background-active: $background;
    }
    DataTable > .datatable--cursor, DataTable:focus > .datatable--cursor,
    DataTable > .datatable--fixed-cursor, DataTable:focus > .datatable--fixed-cursor {
        color: $foreground; background: $background; text-style: reverse;
    }
    Input:nocolor > .input--cursor, TextArea:nocolor .text-area--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,Q", "leave", "leave coursekit"),
        Binding("question_mark", "keys", "show every key", key_display="?"),
    ]

    def __init__(
        self,
        course: Course | Callable[[], Course],
        home: Path,
        ask: "tuple[str | Choice, ...]" = (),
        store: "Store | None" = None,
        first: Callable[[], Screen[None]] | None = None,
        purpose: str = "study",
    ) -> None:
        super().__init__()
        forget_what_is_gone()
        self._open = course if callable(course) else lambda: course
        self.home = home
        self._ask, self._purpose = ask, purpose
        self._store = store
        self._first = first
        self._cover: Screen[None] | None = None
        self._has_crashed = False
        self.has_mouse = True
        if store:
            self._dress(store)

    @cached_property
    def course(self) -> Course:
        """The course, read when it is first needed. Raises CourseError."""
        return self._open()

    @property
    def store(self) -> "Store":
        """The learner's record, opened when it is first needed. Raises StoreError."""
        if self._store is None:
            from coursekit.store.store import open_store

            self._store = open_store(self.home, self.course.id, self.now())
        return self._store

    @property
    def log_file(self) -> Path | None:
        """Where training processes write what they say beside results."""
        from coursekit.lab.log import log_file

        return log_file(self.home)

    def begin_run(self, config: "Job", pace: float | None) -> "Running":
        """Return a run in another process: one of its own, or for TensorFlow the one that is kept for all runs."""
        from coursekit.lab.child import Child

        if config.backend == "tensorflow":
            return self.warm.run(config, pace)
        return Child(config, self.log_file, pace=pace)

    @cached_property
    def warm(self) -> "Warm":
        """The process for runs on TensorFlow; it starts when it is first asked for something, and ends with the app."""
        from coursekit.lab.warm import Warm

        return Warm(self.log_file)

    @cached_property
    def finder(self) -> "Finder":
        """What is found by words; the course is read for it when it is first asked for, and while it is used."""
        from coursekit.search.finder import Finder

        return Finder(self.course)

    def now(self) -> datetime:
        """Return the time now (UTC)."""
        return datetime.now(UTC)

    def _dress(self, store: "Store") -> None:
        """Take on the theme and the animations that the learner has chosen."""
        from coursekit.errors import StoreError

        try:
            chosen = [store.settings.get(name) for name in ("theme", "animations")]
            self.has_mouse = store.settings.get("mouse") is not False
        except StoreError:  # told where the record is used
            return
        if chosen != [None, None]:
            from coursekit.tui.themes import dress

            dress(self, *chosen)

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Return what changes lines: NO_COLOR leaves no colour at all, grey neither; poor terminals get poor signs."""
        colours = super().get_line_filters() if not self.no_color else _no_color()
        return [*colours, *_plain_signs()]

    def get_driver_class(self) -> "type[Driver]":
        """Return what talks to the terminal; Textual's own would end the app for what it cannot read."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":  # in a browser, or on another system
            return driver
        from coursekit.tui.driver import PatientDriver

        return PatientDriver

    def get_default_screen(self) -> Screen[None]:
        """Begin on Home, or where it was said."""
        if self._first:
            return self._first()
        from coursekit.tui.screens.home import HomeScreen  # 8 ms, and a first visit begins with a card

        return HomeScreen()

    def on_mount(self) -> None:
        """Open the questions that were named, and end in order when told to."""
        if not self.is_headless:
            from coursekit.tui.strays import keep_strays

            keep_strays(self.home)
        if self._store and self._store.notice:
            self.notify(self._store.notice, severity="warning", timeout=60, markup=False)
        if self._ask:
            self.study(self._ask, "Cramming" if self._purpose == "cram" else "", self._purpose)
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self.exit, None, 128 + number)

    def on_resize(self, event: Resize) -> None:
        """Cover the screens while the terminal is too small for them."""
        is_small = event.size.width < _LEAST[0] or event.size.height < _LEAST[1]
        if is_small and self._cover is None:
            from coursekit.tui.screens.small import SmallScreen

            self._cover = SmallScreen(_LEAST)
            self.push_screen(self._cover)
        elif self._cover and not is_small:
            if self._cover.is_active:  # else what lies on it would be taken away
                self._cover.dismiss()
            self._cover = None

    def on_unmount(self) -> None:
        """Close the record and end the process that waits for runs."""
        if "warm" in self.__dict__:
            self.warm.close()
        if self._store:
            self._store.close()

    def exit(self, result: None = None, return_code: int = 0, message: "RenderableType | None" = None) -> None:
        """Leave; what is entered and not submitted is kept first."""
        for screen in self.screen_stack[1:]:
            if keep_draft := getattr(screen, "keep_draft", None):  # a question, a note
                keep_draft()
        super().exit(result, return_code, message)

    def study(self, order: "Iterable[str | Choice]", title: str, purpose: str = "study") -> None:
        """Ask questions in order; what is missed comes back where they were chosen for today."""
        from coursekit.study.why import why_words
        from coursekit.tui.screens.question import QuestionScreen

        chosen = tuple(order)
        names = tuple(each if isinstance(each, str) else each.question for each in chosen)
        serves = {each.question: each.serves for each in chosen if not isinstance(each, str) and each.serves}
        why = {each.question: why_words(each) for each in chosen if not isinstance(each, str)}
        comes_back = purpose == "study" and not any(isinstance(each, str) for each in chosen)
        self.push_screen(QuestionScreen(names, title, serves=serves, purpose=purpose, why=why, comes_back=comes_back))

    def open_lab(self, name: str, place: str) -> None:
        """Open a lab; a broken one is told, not shown."""
        from coursekit.errors import CoursekitError
        from coursekit.lab.code.definition import load_any_lab
        from coursekit.lab.definition import Lab

        try:
            lab = load_any_lab(self.course, name)
        except CoursekitError as error:
            self.notify(str(error), severity="error", timeout=60, markup=False)
            return
        if isinstance(lab, Lab):
            from coursekit.tui.screens.lab import LabScreen

            self.push_screen(LabScreen(lab, place))
        else:
            from coursekit.tui.screens.code_lab import CodeLabScreen

            self.push_screen(CodeLabScreen(lab, place))

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """Do what the clicked key does."""
        self.simulate_key(event.key)

    def on_notify(self, event: Notify) -> None:
        """Tell what is not told already; of more than a few things, which take long to lay out, the last."""
        told = tuple(self._notifications)
        if any(each.message == event.notification.message for each in told):
            event.prevent_default()
            return
        for each in told[: max(0, len(told) - _MOST_TOLD + 1)]:
            self._unnotify(each, refresh=False)

    async def on_event(self, event: Event) -> None:
        """Take what comes from the terminal, but no press on what was taken away since it was drawn: that fails."""
        if not (isinstance(event, MouseDown) and self._is_gone(event)):
            await super().on_event(event)

    def _is_gone(self, event: MouseDown) -> bool:
        try:
            return not self.get_widget_at(event.x, event.y)[0].is_attached
        except NoWidget:
            return False

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: "DOMNode | None" = None,
        namespaces: "Mapping[str, DOMNode] | None" = None,
    ) -> bool:
        """Do what a key is bound to, but nothing on a screen that has no parts yet, or another one on it.

        The key came too soon; or it came with another, which has opened something.
        """
        if not _takes_keys(default_namespace):
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def action_keys(self) -> None:
        """Show every key of this screen."""
        from coursekit.tui.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen.active_bindings))

    def action_find(self) -> None:
        """Search questions, labs, notes, and what can be done."""
        from coursekit.tui.finding import find

        find(self)

    def action_settings(self) -> None:
        """Show and change the settings."""
        from coursekit.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_help_quit(self) -> None:
        """Say what ctrl+c is for: it is what people press who want to get out."""
        self.notify("Nothing is selected to be copied. q leaves, ctrl+q at once.", timeout=4, markup=False)

    def action_leave(self) -> None:
        """Leave coursekit."""
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """End with an error; but that what is being closed has no parts, and gets none any more, is none."""
        if not (isinstance(error, (NoMatches, MountError)) and (self._exit or _is_closing())):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Show one sentence instead of a traceback, which goes to a file."""
        from traceback import format_exc

        from coursekit.crash import keep_crash

        if self._has_crashed:  # what comes after the first error comes of it, and would be kept in its place
            return
        self._has_crashed = True
        self.panic(keep_crash(self.home, format_exc(), self.now()))


def _takes_keys(node: "DOMNode | None") -> bool:
    """Say no for a screen that lacks its parts, or on which another one lies."""
    return not isinstance(node, Screen) or (node.is_mounted and node.is_active)


def _is_closing() -> bool:
    """Say whether what handles a message just now is being taken away."""
    pump = active_message_pump.get(None)
    return isinstance(pump, Widget) and pump._pruning  # pyright: ignore[reportPrivateUsage]


def _no_color() -> "Sequence[LineFilter]":
    from textual.filter import NoColor

    return (NoColor(),)


def _plain_signs() -> "Sequence[LineFilter]":
    """Return what draws with few signs, on the console of Linux and where the encoding is not UTF-8."""
    encoding = (sys.__stderr__.encoding if sys.__stderr__ else "").lower()
    if encoding in ("", "utf-8") and os.environ.get("TERM") != "linux":
        return ()
    from coursekit.tui.signs import PlainSigns

    return (PlainSigns("cp437" if encoding == "utf-8" else encoding),)
