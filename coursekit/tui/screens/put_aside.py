"""What is put aside: a list from which one question after the other is brought back."""

from typing import TYPE_CHECKING

from coursekit.clean import clean
from coursekit.errors import StoreError
from coursekit.store.asides import Aside
from coursekit.study.asides import back_on, put_aside
from coursekit.tui.screens.pick import PickScreen
from coursekit.tui.telling import tell

if TYPE_CHECKING:  # the app imports this when it is asked for
    from coursekit.tui.app import CoursekitApp

_NOTICE_SECONDS = 5
_WORDS = {"suspend": "suspended", "bury": "buried", "snooze": "snoozed"}


def show_put_aside(app: "CoursekitApp") -> None:
    """Ask which of the questions that are put aside to bring back; then show what is left."""
    try:
        held = app.store.asides.held(app.now())
        names = [name for name in app.course.topic_of if name in held]
        lines = [_line(app, held[name]) for name in names]
    except StoreError as error:
        tell(app, error)
        return
    if not names:
        app.notify("Nothing is put aside: p on a question does it.", timeout=_NOTICE_SECONDS, markup=False)
        return

    def take(picked: int | None) -> None:
        if picked:
            _bring_back(app, names[picked - 1])

    app.push_screen(PickScreen("Put aside: which one comes back?", lines), take)


def _bring_back(app: "CoursekitApp", name: str) -> None:
    try:
        put_aside(app.store, name, "bring back", app.now())
    except StoreError as error:
        tell(app, error)
        return
    app.notify(f"{name} is back among the questions to ask.", timeout=_NOTICE_SECONDS, markup=False)
    if set(app.store.asides.held(app.now())).intersection(app.course.topic_of):
        show_put_aside(app)


def _line(app: "CoursekitApp", aside: Aside) -> str:
    """Name a question and until when it is put aside; a star or a bracket in its title means nothing here."""
    day = back_on(app.store, aside)
    until = f"until {day:%A} {day.day} {day:%B}" if day else "until you bring it back"
    title = app.course.topic_of[aside.question].entries[aside.question].title
    return f"{clean(title)}: {_WORDS.get(aside.what, aside.what)} {until}"
