"""Open the app, or the plain mode where there is no screen for it."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from coursekit.cli._context import the_course, the_folder, the_home, the_store
from coursekit.course import Course, read_cover
from coursekit.store.place import exists, make_home

if TYPE_CHECKING:  # 3 ms; and 5 ms, when a first visit has no record to read
    from argparse import Namespace

    from coursekit.store.store import Store
    from coursekit.study.selection import Choice
    from coursekit.tui.app import CoursekitApp
    from coursekit.tui.preview_deck import Leaf
    from coursekit.tui.screens.base import CourseScreen


def has_screen() -> bool:
    """Say whether the app can draw here."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def open_here() -> int:
    """Open the app as the bare command does, without having loaded a parser."""
    return run(cast("Namespace", SimpleNamespace(course=None, home=None, plain=False)))


def run(given: "Namespace") -> int:
    """Open the app on Home."""
    if given.plain:
        return _plain(given)
    if not has_screen():
        say_no_screen()
        return _plain(given)
    return open_app(given)


def say_no_screen() -> None:
    """Tell why there is no app."""
    print("No terminal to draw on: going on line by line, as with --plain.", file=sys.stderr)


def open_app(given: "Namespace", ask: "tuple[str | Choice, ...]" = (), purpose: str = "study") -> int:
    """Run the app, at first on these questions; return its exit status. Raises StoreError before it draws."""
    home = the_home(given)
    if not ask and not exists(home):
        return _first_visit(given, home)
    course = the_course(given)
    store = _old_record(given, course, home)

    def app() -> "CoursekitApp":
        from coursekit.tui.app import CoursekitApp  # 200 ms, so only when there is a screen

        return CoursekitApp(course, home, ask, store, purpose=purpose)

    return _draw(app)


def _first_visit(given: "Namespace", home: Path) -> int:
    """Begin with a card, which says what the course is called; the rest is read while somebody looks at it."""
    cover = read_cover(the_folder(given))
    make_home(home)

    def app() -> "CoursekitApp":
        from coursekit.tui.app import CoursekitApp
        from coursekit.tui.screens.welcome import WelcomeScreen

        return CoursekitApp(lambda: the_course(given), home, first=lambda: WelcomeScreen(cover))

    return _draw(app)


def open_screen(given: "Namespace", course: Course, first: "Callable[[], CourseScreen]") -> int:
    """Run the app on one screen, made when the app is; return its exit status. Raises StoreError before it draws."""
    home = the_home(given)
    store = _old_record(given, course, home)

    def app() -> "CoursekitApp":
        from coursekit.tui.app import CoursekitApp

        return CoursekitApp(course, home, store=store, first=first)

    return _draw(app)


def open_preview(given: "Namespace", course: Course, leaf: "Leaf", reopen: Callable[[], Course], state: str) -> int:
    """Run the app on one question as an author sees it; the learner's record is not touched. Raises StoreError."""
    home = the_home(given)

    def app() -> "CoursekitApp":
        from coursekit.tui.app import CoursekitApp
        from coursekit.tui.screens.preview import PreviewScreen

        return CoursekitApp(course, home, first=lambda: PreviewScreen(leaf, reopen, state))

    return _draw(app)


def _draw(make: "Callable[[], CoursekitApp]") -> int:
    """Make an app and run it to its end."""
    # Textual's clock lets one or two of its periods pass after each refresh. While a run is drawn, that would be 33 ms.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    gc.disable()  # 20 ms: nothing that is made up to the first frame is garbage
    app = make()
    app.call_after_refresh(_collect_garbage)
    app.run()
    return app.return_code or 0


def _collect_garbage() -> None:
    """Begin to, and leave alone what is there by now."""
    gc.freeze()
    gc.enable()


def _old_record(given: "Namespace", course: Course, home: Path) -> "Store | None":
    """Open a record that is there; else only see that one can be begun, which is quicker."""
    if exists(home):
        return the_store(given, course)
    make_home(home)
    return None


def _plain(given: "Namespace") -> int:
    """Say what the day has, as Home does, and ask it."""
    from contextlib import closing

    from coursekit.cli._context import utc_now
    from coursekit.cli._today import ask_and_tell, day_lines, share
    from coursekit.study.welcome import PLAIN

    if not exists(the_home(given)):
        print(f"{PLAIN}\n")
    course, now = the_course(given), utc_now()
    with closing(the_store(given, course)) as store:
        print("".join(f"{said}\n" for said in day_lines(course, store, now)))
        ask_and_tell(given, course, store, share(course, store, now))
    return 0
