"""From a search to what was found: loaded when somebody searches."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen

from coursekit.errors import StoreError
from coursekit.search.course import LAB, NOTE, QUESTION
from coursekit.search.index import Entry
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.screens.keys import NAMES, SYSTEM
from coursekit.tui.screens.palette import PaletteScreen
from coursekit.tui.telling import tell

if TYPE_CHECKING:  # the app imports this
    from coursekit.tui.app import CoursekitApp

COMMAND, KEY = "command", "key"
_MOVING = ("pageup", "pagedown", "home", "end")


def find(app: "CoursekitApp") -> None:
    """Search, where no screen below forbids it."""

    def go(entry: Entry | None) -> None:
        if entry:
            open_entry(app, entry)

    below = [screen for screen in app.screen_stack if isinstance(screen, CourseScreen)]
    if isinstance(app.screen, CourseScreen) and all(screen.SEARCHES for screen in below):
        app.push_screen(PaletteScreen(app.finder, (*_commands(), *_keys(app.screen))), go)


def open_entry(app: "CoursekitApp", entry: Entry) -> None:
    """Open what was found, or do it."""
    if entry.kind in (QUESTION, NOTE) and entry.name in app.course.topic_of:
        app.study((entry.name,), "Found")
    elif entry.kind == NOTE:
        gone = f"'{entry.name}' is no longer in the course. Your note: {entry.says}"
        app.notify(gone, timeout=60, markup=False)
    elif entry.kind == LAB:
        app.open_lab(entry.name, "Found")
    elif entry.kind == KEY:
        app.simulate_key(entry.name)
    elif entry.kind == COMMAND:
        _do(app, entry.name)


def study_marked(app: "CoursekitApp") -> None:
    """Go over the bookmarked questions, in the order of the course."""
    try:
        marked = app.store.notes.marked()
    except StoreError as error:
        tell(app, error)
        return
    order = tuple(name for name in app.course.topic_of if name in marked)
    if order:
        app.study(order, "Bookmarks")
    else:
        app.notify("Nothing is bookmarked yet: b on a question does it.", timeout=5, markup=False)


def _commands() -> Iterator[tuple[Entry, str]]:
    """Yield what can be done everywhere, each with more words for it."""
    yield Entry(COMMAND, "marked", "Go over the bookmarked questions"), "bookmarks starred"
    yield Entry(COMMAND, "cram", "Cram: go over the weakest, the schedule stays"), "cramming review weak night before"
    words = "suspended suspend buried bury snoozed snooze bring back unsuspend"
    yield Entry(COMMAND, "aside", "What is put aside"), words
    yield Entry(COMMAND, "exam", "Mock exam"), "sitting test blueprint certificate"
    yield Entry(COMMAND, "statistics", "Statistics"), "progress mastery calendar streak forecast calibration time"
    words = "exam date minutes retention marks theme light dark contrast animations day rating"
    yield Entry(COMMAND, "settings", "Settings"), words
    yield Entry(COMMAND, "about", "About this course"), "introduction welcome what it is"


def _do(app: "CoursekitApp", name: str) -> None:
    match name:
        case "marked":
            study_marked(app)
        case "cram":
            from coursekit.tui.starting import cram

            cram(app)
        case "aside":
            from coursekit.tui.screens.put_aside import show_put_aside

            show_put_aside(app)
        case "exam":
            from coursekit.tui.screens.exams import ExamsScreen

            app.push_screen(ExamsScreen())
        case "statistics":
            from coursekit.tui.screens.statistics import StatisticsScreen

            app.push_screen(StatisticsScreen())
        case "about":
            from coursekit.tui.screens.about import AboutScreen

            app.push_screen(AboutScreen())
        case _:
            app.action_settings()


def _keys(screen: CourseScreen) -> Iterator[tuple[Entry, str]]:
    """Yield each thing that a key of a screen does, once; moving about on it is none."""
    said: set[str] = set()
    for key, active in screen.active_bindings.items():
        binding = active.binding
        is_own = isinstance(active.node, Screen | App) and key not in (*SYSTEM, *_MOVING)
        if is_own and binding.action != "app.find" and binding.description and binding.description not in said:
            said.add(binding.description)
            yield Entry(KEY, key, binding.description, binding.key_display or NAMES.get(key, key)), ""
