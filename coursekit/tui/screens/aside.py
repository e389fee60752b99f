"""Put a question aside, say what is wrong with it, or rate an attempt oneself: a short menu over the question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import final

from coursekit.errors import CoursekitError, UsageError
from coursekit.questions._question import Question
from coursekit.rating import RATINGS, Rating
from coursekit.scheduling import in_days
from coursekit.store.asides import Flag
from coursekit.store.store import Store
from coursekit.study.asides import back_on, put_aside
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.screens.line import LineScreen
from coursekit.tui.screens.pick import PickScreen
from coursekit.tui.telling import tell

_DAYS = (3, 7)  # one day is what bury does
_NOTICE_SECONDS = 5
_LEAST_WORDS = 2
_RATED = {
    "again": "I did not know it",
    "hard": "I knew it with effort",
    "good": "I knew it",
    "easy": "I knew it at once",
}


@final
@dataclass(frozen=True, slots=True)
class Way:
    """One line of the menu: what it says, and what it does, which ends with a notice."""

    says: str
    do: Callable[[], None]


def show_asides(screen: CourseScreen, question: Question, attempt: int | None, done: Callable[[], None]) -> None:
    """Ask what to do with a question; `attempt` is the one just made, if it can be rated. Raises StoreError."""
    ways = tuple(_ways(screen, question, attempt, done))

    def take(picked: int | None) -> None:
        if picked:
            _try(screen, ways[picked - 1].do)

    screen.app.push_screen(PickScreen(f"Put aside: {question.title}", [way.says for way in ways]), take)


def _ways(screen: CourseScreen, question: Question, attempt: int | None, done: Callable[[], None]) -> list[Way]:
    app = screen.app

    def put(way: str, days: int | None = None) -> None:
        put_aside(app.store, question.id, way, app.now(), days=days)
        app.notify(_said(app.store, question.id, app.now()), timeout=_NOTICE_SECONDS, markup=False)
        done()

    ways = [
        Way("bury: not until tomorrow", partial(put, "bury")),
        *(Way(f"snooze: not for {days} days", partial(put, "snooze", days)) for days in _DAYS),
        Way("suspend: not until I bring it back", partial(put, "suspend")),
    ]
    if question.id in app.store.asides.held(app.now()):
        ways.append(Way("bring it back", partial(put, "bring back")))
    ways.append(Way("something is wrong with it …", partial(_flag, screen, question)))
    if attempt:
        ways.append(Way("rate this attempt myself …", partial(_rate, screen, question, attempt, done)))
    return ways


def _said(store: Store, question: str, now: datetime) -> str:
    """Say until when a question is put aside."""
    aside = store.asides.held(now).get(question)
    if aside is None:
        return "It is back among the questions to ask."
    day = back_on(store, aside)
    if day is None:
        return "Suspended: it is not asked until you bring it back, here with p."
    return f"Put aside until {day:%A} {day.day} {day:%B}."


def _flag(screen: CourseScreen, question: Question) -> None:
    """Ask for a sentence and keep it for the author."""

    def take(says: str) -> None:
        if len(says.split()) < _LEAST_WORDS:
            raise UsageError("Say in a few words what is wrong, so that the author can mend it.")
        app = screen.app
        app.store.asides.flag(Flag(question.id, question.fingerprint, question.seed, says, app.now()))
        app.notify("⚑ Kept for the author, with the variant that you saw.", timeout=_NOTICE_SECONDS, markup=False)

    hint = "For example: option 3 is right as well. It is kept with your record until you export it."
    screen.app.push_screen(LineScreen("What is wrong with this question?", hint, take))


def _rate(screen: CourseScreen, question: Question, attempt: int, done: Callable[[], None]) -> None:
    """Ask how well it was known, which counts in the place of our rating."""

    def take(picked: int | None) -> None:
        if picked:
            _try(screen, partial(keep, RATINGS[picked - 1]))

    def keep(rating: Rating) -> None:
        app = screen.app
        app.store.rate(attempt, rating, app.now())
        card = app.store.card(question.id)
        back = f" It is {in_days(card.due, app.now())}." if card else ""
        app.notify(f"Rated {rating} by you.{back}", timeout=_NOTICE_SECONDS, markup=False)
        done()

    options = [f"{rating}: {_RATED[rating]}" for rating in RATINGS]
    screen.app.push_screen(PickScreen("How well did you know it?", options), take)


def _try(screen: CourseScreen, do: Callable[[], None]) -> None:
    try:
        do()
    except CoursekitError as error:
        tell(screen.app, error)
