"""What a learner can choose: each setting's name, what it does, and how a typed value is read. The store keeps values.

retention   0.9   how much you want to know still when a question returns: 0.7 to 0.97
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, final

from coursekit.errors import UsageError, suggest
from coursekit.scheduling import RETENTION
from coursekit.study.days import STARTS
from coursekit.study.planning import aim_at

if TYPE_CHECKING:  # 5 ms, and what can be chosen is listed without a record
    from coursekit.store.store import Store

UNSET = ("none", "default", "-")
"""Words that take a chosen value away."""
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97
_YES, _NO = ("yes", "on", "true", "1"), ("no", "off", "false", "0")
_MOST_MINUTES, _LATEST_START, _MOST_YEARS = 600, 12, 10

RATING_HELP = (
    ("your own word, given after the verdict (key p)", "that"),
    ("none, but every point in a grade of its lab", "hard"),
    ("less than half of the points", "again"),
    ("not all points, or a hint used, or all points as a guess", "hard"),
    ("all points, said to be sure, within 20 seconds", "easy"),
    ("all points", "good"),
)
"""How an attempt is rated for the schedule; the first row that fits counts (coursekit/rating.py)."""


@final
@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to choose. `read` turns what was typed into JSON or raises UsageError, given today's local day."""

    name: str
    title: str
    says: str
    default: Any  # JSON
    read: Callable[[str, date], Any]
    choices: tuple[str, ...] = ()
    for_all: bool = False
    """Whether it holds for all courses."""

    def show(self, value: Any) -> str:  # Any: JSON
        """Return a value as a person reads and types it.

        >>> settings()["animations"].show(False), settings()["exam_date"].show(None)
        ('no', 'none')
        """
        if value is None:
            return "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return f"{value:g}" if isinstance(value, float) else str(value)


def settings() -> Mapping[str, Setting]:
    """Return what can be chosen, by name, in the order in which it is shown."""
    every = (
        Setting("exam_date", "day of the exam", "the plan aims at it; as 2027-01-20, or none", None, _day),
        Setting("minutes", "minutes a day", "how long you want to study on a day; none: no limit", None, _minutes),
        Setting(
            "retention",
            "retention",
            f"the share you want to know still when a question returns: {LEAST_RETENTION:g} to {MOST_RETENTION:g}",
            RETENTION,
            _retention,
        ),
        Setting(
            "marks",
            "marks",
            "points, or certainty: being sure earns more when right and costs when wrong",
            "points",
            _one_of("marks", "points", "certainty"),
            ("points", "certainty"),
        ),
        Setting(
            "theme",
            "theme",
            "dark, light, or contrast: text at least 7 to 1 against its ground",
            "dark",
            _one_of("theme", "dark", "light", "contrast"),
            ("dark", "light", "contrast"),
            for_all=True,
        ),
        Setting(
            "animations", "animations", "whether notices slide and pages glide", True, _yes_or_no, ("yes", "no"), True
        ),
        Setting(
            "mouse",
            "mouse",
            "no leaves clicks to the terminal, to select text with; from the next start on",
            True,
            _yes_or_no,
            ("yes", "no"),
            for_all=True,
        ),
        Setting(
            "day_starts",
            "day starts at",
            f"the hour at which your day begins, 0 to {_LATEST_START}: before it, it is still yesterday",
            STARTS,
            _hour,
            for_all=True,
        ),
    )
    return {setting.name: setting for setting in every}


def find_setting(name: str) -> Setting:
    """Return a setting by its name; hyphens do for underscores. Raises UsageError."""
    every = settings()
    found = every.get(name.replace("-", "_"))
    if found is None:
        raise UsageError(f"There is no setting '{name}'. {suggest(name, tuple(every))}")
    return found


def chosen(store: "Store", setting: Setting) -> Any:  # Any: JSON
    """Return what a setting is now. Raises StoreError."""
    return store.settings.get(setting.name, setting.default)


def is_by_certainty(store: "Store") -> bool:
    """Say whether the learner has chosen certainty-based marks. Raises StoreError."""
    return chosen(store, find_setting("marks")) == "certainty"


def choose(store: "Store", setting: Setting, text: str, today: date) -> Any:  # Any: JSON
    """Keep what was typed for a setting and return what it is now. Raises UsageError, StoreError."""
    text = text.strip()
    value = None if text.lower() in UNSET else setting.read(text, today)
    if setting.name == "exam_date":
        aim_at(store.settings, value and date.fromisoformat(value), today)
    else:
        store.settings.set(setting.name, value, for_all=setting.for_all)
    return chosen(store, setting)


def _day(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no day. Write it as year-month-day, for example 2027-01-20.") from None
    if day <= today:
        when = "today" if day == today else "over"
        raise UsageError(f"{day} is {when}. Give a day from tomorrow on, or 'none'.")
    if day.year > today.year + _MOST_YEARS:
        raise UsageError(f"{day} is more than {_MOST_YEARS} years away. Look at the year again.")
    return day.isoformat()


def _minutes(text: str, _: date) -> int:
    return _whole(text, 1, _MOST_MINUTES, "minutes a day")


def _hour(text: str, _: date) -> int:
    return _whole(text, 0, _LATEST_START, "the hour at which a day begins")


def _whole(text: str, least: int, most: int, what: str) -> int:
    value = int(text) if text.isdecimal() and len(text) < 9 else -1
    if not least <= value <= most:
        raise UsageError(f"'{text}' does not do for {what}: give a whole number from {least} to {most}.")
    return value


def _retention(text: str, _: date) -> float:
    share = text.replace(",", ".").replace(" ", "")
    try:
        value = float(share.removesuffix("%")) / (100 if share.endswith("%") else 1)
    except ValueError:
        value = float("nan")
    if not LEAST_RETENTION <= value <= MOST_RETENTION:  # also for nan
        raise UsageError(
            f"'{text}' does not do for retention: give a number from {LEAST_RETENTION:g} to {MOST_RETENTION:g}, for "
            "example 0.9. More would ask the same things nearly every day, less would let most be forgotten."
        )
    return round(value, 4)


def _yes_or_no(text: str, _: date) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise UsageError(f"'{text}' is neither yes nor no.")
    return text.lower() in _YES


def _one_of(name: str, *choices: str) -> Callable[[str, date], str]:
    def read(text: str, _: date) -> str:
        if text.lower() not in choices:
            raise UsageError(f"There is no {name} '{text}'. {suggest(text, choices)}")
        return text.lower()

    return read
