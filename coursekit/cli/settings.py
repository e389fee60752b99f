"""Show and change your settings: exam day, minutes a day, retention, marks, theme, animations, start of the day.

examples:
  coursekit settings
  coursekit settings retention
  coursekit settings exam_date 2027-01-20
  coursekit settings minutes none
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.store.store import Store
from coursekit.study.days import local_day
from coursekit.study.settings import RATING_HELP, Setting, choose, chosen, find_setting, settings

GROUP = "machine"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be named."""
    parser.add_argument("name", nargs="?", metavar="SETTING", help="one of the settings")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="what it shall be; 'none' for what it was at first")
    parser.add_argument("--json", action="store_true", help="one JSON object per setting")


def run(given: Namespace) -> int:
    """Print settings, or change one and say what it is now."""
    named = find_setting(given.name) if given.name else None
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        if named and given.value is not None:
            starts = chosen(store, settings()["day_starts"])
            choose(store, named, given.value, local_day(utc_now(), starts))
        _print(store, (named,) if named else settings().values(), given)
    if not (named or given.json):
        print("\nHow an attempt is rated for the schedule; the first line that fits counts:")
        for what, rating in RATING_HELP:
            print(f"  {rating:5}  {what}")
    return 0


def _print(store: Store, wanted: Iterable[Setting], given: Namespace) -> None:
    for setting in wanted:
        value = chosen(store, setting)
        if given.json:
            print_json(_row(setting, value))
        elif given.value is not None:
            print(f"{setting.name} is now {setting.show(value)}.")
        else:
            print(f"{setting.name:11} {setting.show(value):11} {setting.says}")


def _row(setting: Setting, value: Any) -> dict[str, Any]:  # Any: JSON
    return {
        "type": "setting",
        "name": setting.name,
        "value": value,
        "default": setting.default,
        "choices": list(setting.choices) or None,
        "says": setting.says,
    }
