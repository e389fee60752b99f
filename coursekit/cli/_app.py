"""Open the app, or the plain mode where there is no screen for it."""

import gc
import os
import sys
from argparse import Namespace

from coursekit.cli._context import the_course, the_home


def has_screen() -> bool:
    """Say whether the app can draw here."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def run(given: Namespace) -> int:
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


def open_app(given: Namespace, ask: tuple[str, ...] = ()) -> int:
    """Run the app, at first on these questions; return its exit status."""
    gc.disable()  # 15 ms: nothing that is imported or composed before the first frame is garbage
    course, home = the_course(given), the_home(given)
    from coursekit.tui.app import CoursekitApp  # 200 ms, so only when there is a screen

    app = CoursekitApp(course, home, ask)
    gc.freeze()
    gc.enable()
    app.run()
    return app.return_code or 0


def _plain(given: Namespace) -> int:
    from coursekit.cli import ask

    return ask.run(Namespace(course=given.course, home=given.home, ids=[], plain=True))
