"""How sessions begin: with today's share, a topic, some first questions, or what is to be crammed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coursekit.course import Topic
from coursekit.errors import StoreError
from coursekit.store.place import exists
from coursekit.study.agenda import Agenda, read_agenda, read_share, todays
from coursekit.study.planning import MINUTES
from coursekit.study.selection import Choice, select
from coursekit.study.today import cramming, today
from coursekit.tui.telling import tell

if TYPE_CHECKING:  # the app imports the screens, and these import this
    from coursekit.tui.app import CoursekitApp

AT_FIRST = 5
"""Questions of the first session."""


def study_first(app: "CoursekitApp") -> None:
    """Ask a few questions of several topics, as a first session."""
    app.study(select(app.course, {}, app.now(), limit=AT_FIRST), "Your first questions")


def study_today(app: "CoursekitApp", day: Agenda) -> None:
    """Ask today's share; when today is done, some more that are new."""
    if order := _todays(app, day):
        app.study(order, "Today")
    else:
        app.notify("Nothing is due and nothing is new. Choose a topic to go over it again.", markup=False)


def study_topic(app: "CoursekitApp", topic: Topic) -> None:
    """Go over a topic: what is due, what is new, then the rest; what is put aside stays there."""
    order, held = _of_topic(app, topic)
    taken = held.union(name for each in order for name in (each.question, each.serves) if name)
    rest = (Choice(name, "asked for") for name in topic.names if name not in taken)
    if chosen := (*order, *rest):
        app.study(chosen, topic.title)
    else:
        app.notify("All of this topic is put aside: / and 'put aside' lists it.", timeout=6, markup=False)


def cram(app: "CoursekitApp") -> None:
    """Go over the weakest for the minutes of a day, without touching the schedule."""
    try:
        minutes = app.store.settings.get("minutes", MINUTES)
        order = cramming(app.course, app.store, app.now(), minutes)
    except StoreError as error:
        tell(app, error)
        return
    if order:
        app.study(order, "Cramming", "cram")
    else:
        app.notify("There is nothing to cram: all is put aside, or the course has no questions.", markup=False)


def today_now(app: "CoursekitApp") -> Agenda | None:
    """Return what today has now; None without a record, or where it cannot be read."""
    try:
        return read_agenda(app.course, app.store, app.now()) if exists(app.home) else None
    except StoreError:  # told where the record is used
        return None


def _todays(app: "CoursekitApp", day: Agenda) -> Sequence[Choice]:
    """Choose today's share; a learner without a record begins with what is new."""
    if exists(app.home):
        try:
            return read_share(app.course, app.store, day, app.now())
        except StoreError as error:
            tell(app, error)
    return todays(day, select(app.course, {}, app.now()))


def _of_topic(app: "CoursekitApp", topic: Topic) -> tuple[Sequence[Choice], frozenset[str]]:
    """Choose what is due and new of a topic; return it with what is put aside."""
    if exists(app.home):
        try:
            held = app.store.glance().held(app.now())
            return today(app.course, app.store, app.now(), topic=topic), held
        except StoreError as error:
            tell(app, error)
    return select(app.course, {}, app.now(), topic=topic), frozenset()
