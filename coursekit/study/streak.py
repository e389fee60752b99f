"""How regularly somebody studies, told so that a missed day is no alarm.

>>> print(sentence(streak([True] * 5 + [False, False, True])))
Studied on 5 of the last 7 days and on 6 of the last 30.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

_SHORT, _LONG = 7, 30


@final
@dataclass(frozen=True, slots=True)
class Streak:
    """Days studied of the last 7 and 30, and in a row up to today or, while today is young, up to yesterday."""

    of_7: int
    of_30: int
    run: int
    has_today: bool


def streak(studied: Sequence[bool]) -> Streak:
    """Count days, given whether there was an attempt on each of them, today's last.

    A day that is not over does not end a run.
    """
    has_today = bool(studied) and studied[-1]
    past = studied if has_today else studied[:-1]
    run = next((length for length, done in enumerate(reversed(past)) if not done), len(past))
    return Streak(sum(studied[-_SHORT:]), sum(studied[-_LONG:]), run, has_today)


def sentence(found: Streak) -> str:
    """Say how regular it was."""
    if not found.of_30:
        return "Nothing was studied in the last 30 days. What was known then is the quickest to learn again."
    said = f"Studied on {found.of_7} of the last {_SHORT} days and on {found.of_30} of the last {_LONG}"
    if found.run < 2:
        return f"{said}."
    return f"{said}; {found.run} days in a row{'' if found.has_today else ' up to yesterday'}."
