"""What was done on each of the learner's days, from counts by the hour.

>>> from datetime import UTC, datetime
>>> evening = datetime(2026, 1, 20, 22, tzinfo=UTC)
>>> diary([(evening, 3, 90.0), (evening + timedelta(hours=4), 1, 20.0)], evening, weeks=1, zone=UTC)[date(2026, 1, 20)]
Day(attempts=4, seconds=110.0)
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple, final

from coursekit.study.days import STARTS, day_begins, local_day
from coursekit.words import count

WEEKS = 53
"""How far back a calendar goes: a year, and the week that it began in."""


@final
class Day(NamedTuple):
    """How many attempts ended on a day, and how long they took in seconds."""

    attempts: int
    seconds: float


def days_back(now: datetime, weeks: int = WEEKS, starts: int = STARTS, zone: tzinfo | None = None) -> tuple[date, ...]:
    """Return the days of so many weeks, from a Monday to today."""
    today = local_day(now, starts, zone)
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    return tuple(first + timedelta(days=number) for number in range((today - first).days + 1))


def begins(days: Iterable[date], starts: int = STARTS, zone: tzinfo | None = None) -> tuple[datetime, ...]:
    """Return when each day begins (UTC)."""
    return tuple(day_begins(day, starts, zone) for day in days)


def needs_minutes(instants: Iterable[datetime]) -> bool:
    """Say whether days begin within an hour of UTC, as in India: counts by the hour would then mix two days."""
    return any(instant.minute for instant in instants)


def diary(
    stretches: Iterable[tuple[datetime, int, float]],
    now: datetime,
    weeks: int = WEEKS,
    starts: int = STARTS,
    zone: tzinfo | None = None,
) -> Mapping[date, Day]:
    """Put stretches (when each began, attempts, seconds) into days; days without any are there too.

    What lies in the future, because a clock was turned back, counts for today.
    """
    days = days_back(now, weeks, starts, zone)
    edges = begins(days, starts, zone)
    attempts, seconds = [0] * len(days), [0.0] * len(days)
    for begun, number, took in stretches:
        place = bisect_right(edges, begun) - 1
        if place >= 0:
            attempts[place] += number
            seconds[place] += took
    return {day: Day(*done) for day, done in zip(days, zip(attempts, seconds, strict=True), strict=True)}


def sentence(days: Mapping[date, Day]) -> str:
    """Say on how many days of the last year something was done, and when most."""
    studied = {day: done.attempts for day, done in days.items() if done.attempts}
    if not studied:
        return "Nothing was studied in the last year."
    most = max(studied, key=lambda day: studied[day])
    attempts, on = count(sum(studied.values()), "attempt"), count(len(studied), "day")
    return f"{attempts} on {on} in the last year, most on {most.isoformat()}: {studied[most]}."


def time_sentence(days: Mapping[date, Day]) -> str:
    """Say how long was studied in the last four weeks, and in all that the diary holds."""
    last = [day.seconds for day in list(days.values())[-28:]]
    studied = [seconds for seconds in last if seconds]
    whole = sum(day.seconds for day in days.values())
    if not whole:
        return "No time was spent on questions in the last year."
    if not studied:
        return f"No time was spent on questions in the last four weeks; {duration(whole)} in the last year."
    mean = duration(sum(studied) / len(studied))
    on = f"on {count(len(studied), 'day')}, {mean} a day" if len(studied) > 1 else "on one day"
    return f"Studied {duration(sum(last))} in the last four weeks ({on}); {duration(whole)} in the last year."


def duration(seconds: float) -> str:
    """Write a length of time briefly.

    >>> duration(40), duration(700), duration(7500)
    ('40 s', '12 min', '2 h 5 min')
    """
    if seconds < 60:
        return f"{round(seconds)} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
