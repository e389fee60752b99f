"""Settings: each with what it is now; enter changes it."""

from functools import partial
from typing import Any, ClassVar, final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.study.days import local_day
from coursekit.study.settings import RATING_HELP, Setting, choose, chosen, settings
from coursekit.tui.keybar import KeyBar
from coursekit.tui.outline import Outline, Row
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.telling import tell
from coursekit.tui.text import QUIET, spread
from coursekit.tui.themes import dress

_WIDEST = 92


@final
class SettingsScreen(CourseScreen):
    """What can be chosen, and how attempts are rated."""

    DEFAULT_CSS = """
    SettingsScreen #title { width: 100%; max-width: 96; padding: 1 2 0 2; height: auto; }
    SettingsScreen Outline { width: 100%; max-width: 96; height: 1fr; padding: 1 1 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "the next choice"),
        Binding("left", "step(-1)", "the choice before"),
        Binding("escape,comma", "dismiss", "go back"),
    ]
    AUTO_FOCUS = "Outline"

    def __init__(self) -> None:
        super().__init__()
        self._every = settings()
        self._values: dict[str, Any] = {}  # JSON

    def compose(self) -> ComposeResult:
        """Lay out the heading, the settings and the keys."""
        yield Static(Content.styled("Settings", "bold"), id="title", markup=False)
        yield Outline(())
        yield KeyBar(("enter", "enter", "change"), ("escape", "esc", "back"), ("question_mark", "?", "keys"))

    def on_mount(self) -> None:
        """Show what is chosen."""
        self._read()
        self._fill()

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        self._fill()

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Take the next of a few choices, or ask for a value."""
        if not self.is_active:  # enter twice: the first has opened something
            return
        setting = self._every[event.name]
        if setting.choices:
            self.action_step(1)
        else:
            self._ask(setting)

    def action_step(self, by: int) -> None:
        """Go to another choice of the setting at the cursor."""
        setting = self._every.get(self.query_one(Outline).at)
        if setting and setting.choices:
            now = setting.choices.index(setting.show(self._now(setting)))
            self._try(setting, setting.choices[(now + by) % len(setting.choices)])

    def _ask(self, setting: Setting) -> None:
        from coursekit.tui.screens.line import LineScreen

        shown = self._now(setting)
        line = LineScreen(
            _sentence(setting.title),
            f"{_sentence(setting.says)}. 'none' takes it back to what it was at first.",
            partial(self._choose, setting),
            "" if shown is None else setting.show(shown),
        )
        self.app.push_screen(line)

    def _choose(self, setting: Setting, text: str) -> None:
        """Keep a value, and let it show at once. Raises UsageError, StoreError."""
        starts = chosen(self.app.store, self._every["day_starts"])
        choose(self.app.store, setting, text or "none", local_day(self.app.now(), starts))
        self._read()
        dress(self.app, self._values["theme"], self._values["animations"])
        self._fill()

    def _try(self, setting: Setting, text: str) -> None:
        try:
            self._choose(setting, text)
        except CoursekitError as error:
            tell(self.app, error)

    def _now(self, setting: Setting) -> Any:  # Any: JSON
        """Return what is chosen; where a later coursekit knew another choice, what it is at first."""
        value = self._values.get(setting.name, setting.default)
        return setting.default if setting.choices and setting.show(value) not in setting.choices else value

    def _read(self) -> None:
        try:
            self._values = {name: chosen(self.app.store, setting) for name, setting in self._every.items()}
        except CoursekitError as error:
            tell(self.app, error)

    def _fill(self) -> None:
        width = min(_WIDEST, self.app.size.width - 4)
        rows = [row for setting in self._every.values() for row in self._rows(setting, width)]
        self.query_one(Outline).show([*rows, Row(lambda: Content("")), *_rating_rows(width)])

    def _rows(self, setting: Setting, width: int) -> list[Row]:
        """Give the setting with its value, and below it what it does."""
        value = setting.show(self._now(setting))
        shown = f"◂ {value} ▸" if setting.choices else value
        says = Content.styled(f"  {setting.says}", QUIET).wrap(width - 2)
        head = partial(spread, Content(setting.title), Content.styled(shown, "bold"), width)
        return [Row(head, setting.name), *(Row(partial(_indented, line)) for line in says)]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _indented(line: Content) -> Content:
    return Content("  ") + Content.styled(line.plain.strip(), QUIET)


def _rating_rows(width: int) -> list[Row]:
    """Say how an attempt is rated: the documented table, line by line."""
    head = Content.styled("How an attempt is rated for the schedule; the first line that fits counts", "bold")
    lines = [Content.assemble((f"{rating:7}", "bold"), what) for what, rating in RATING_HELP]
    wrapped = [piece for line in (head, *lines) for piece in line.wrap(width)]
    return [Row(partial(_same, line)) for line in wrapped]


def _same(line: Content) -> Content:
    return line
