"""Put questions aside: for some days, until tomorrow, or for good; and bring them back.

examples:
  coursekit aside                        what is put aside
  coursekit aside sgd-role --snooze 3    comes back in 3 days
  coursekit aside sgd-role --bury        comes back tomorrow
  coursekit aside sgd-role --suspend     comes back when you bring it back
  coursekit aside sgd-role --bring-back
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import Any

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.course import Course, nearest
from coursekit.errors import UsageError
from coursekit.store.store import Store
from coursekit.study.asides import back_on, put_aside

GROUP = "learner"

_MOST_DAYS = 365


def add_arguments(parser: ArgumentParser) -> None:
    """Say which questions, and for how long."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="questions; none: list what is put aside")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--snooze", metavar="DAYS", type=int, help="for so many days")
    ways.add_argument("--bury", action="store_true", help="until tomorrow")
    ways.add_argument("--suspend", action="store_true", help="until you bring it back")
    ways.add_argument("--bring-back", action="store_true", help="ask it again from now on")
    parser.add_argument("--json", action="store_true", help="one JSON object for each that is put aside")


def run(given: Namespace) -> int:
    """Put aside what was named, then print what is put aside."""
    way = _way(given)
    if way and not given.ids:
        raise UsageError("Name the questions that are meant. See 'coursekit aside --help'.")
    if given.ids and not way:
        raise UsageError("Say for how long: --snooze DAYS, --bury, --suspend, or --bring-back.")
    course, now = the_course(given), utc_now()
    _refuse_unknown(course, given.ids)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        for name in given.ids:
            put_aside(store, name, way, now, days=given.snooze)
        rows = list(_rows(store, given.ids, now))
    for row in rows:
        print_json(row) if given.json else print(clean(_line(row)))
    if not rows and not given.json:
        print("Nothing is put aside.")
    return 0


def _way(given: Namespace) -> str:
    if given.snooze is not None and not 1 <= given.snooze <= _MOST_DAYS:
        raise UsageError(f"A question can be put aside for 1 to {_MOST_DAYS} days. For good: --suspend")
    ways = {"snooze": given.snooze is not None, "bury": given.bury, "suspend": given.suspend}
    return "bring back" if given.bring_back else next((way for way, is_meant in ways.items() if is_meant), "")


def _refuse_unknown(course: Course, names: Sequence[str]) -> None:
    for name in names:
        if name not in course.topic_of:
            raise UsageError(f"The course has no question '{name}'. {nearest(name, tuple(course.topic_of))}")


def _rows(store: Store, names: Sequence[str], now: datetime) -> Iterator[dict[str, Any]]:
    """Tell of the named ones, or of all that are put aside."""
    held = store.asides.held(now)
    for name in names or sorted(held):
        aside = held.get(name)
        back = aside and back_on(store, aside)
        yield {
            "type": "aside",
            "question": name,
            "aside": aside.what if aside else None,
            "back_on": back.isoformat() if back else None,
        }


def _line(row: dict[str, Any]) -> str:
    if not row["aside"]:
        return f"{row['question']} is asked again from now on."
    if not row["back_on"]:
        return f"{row['question']} is put aside until you bring it back."
    return f"{row['question']} is put aside until {_day(date.fromisoformat(row['back_on']))}."


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
