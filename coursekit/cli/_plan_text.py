"""What a plan comes to, in words, as a table, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, final

from coursekit.study.outlook import Outlook
from coursekit.study.planning import ENOUGH, Plan
from coursekit.words import count


@final
@dataclass(frozen=True, slots=True)
class Figures:
    """A plan and what it comes to."""

    plan: Plan
    today: date
    questions: int
    unseen: int
    due: int
    begun: int
    new: int
    seconds: float
    attempts: int
    outlook: Outlook
    enough: int | None
    """Minutes a day that would do, None where none would."""


def records(found: Figures) -> Iterator[dict[str, Any]]:
    """Yield the plan, then each day."""
    yield _record(found)
    for day in found.outlook.days:
        yield {"type": "day"} | asdict(day) | {"day": day.day.isoformat(), "minutes": round(day.minutes, 1)}


def _record(found: Figures) -> dict[str, Any]:
    return {
        "type": "plan",
        "exam": found.plan.exam.isoformat(),
        "is_over": False,
        "minutes": found.plan.minutes,
        "review_begins": found.plan.review_begins.isoformat(),
        "questions": found.questions,
        "unseen": found.unseen,
        "due_today": found.due,
        "begun_today": found.begun,
        "new_today": found.new,
        "seconds_each": round(found.seconds, 1),
        "from_attempts": found.attempts,
        "can_be_done": found.outlook.can_be_done,
        "would_stay_unseen": found.outlook.unseen,
        "would_be_left_over": found.outlook.left_over,
        "enough_minutes": found.enough,
    }


def lines(found: Figures) -> Iterator[str]:
    """Yield a table of the days, then the plan in sentences: what stands last is read first where much went by."""
    yield from _table(found.outlook)
    yield ""
    plan, days = found.plan, (found.plan.exam - found.today).days
    yield f"Exam on {long_day(plan.exam)}, in {count(days, 'day')}; {count(plan.minutes, 'minute')} a day."
    seen = found.questions - found.unseen
    yield f"{count(found.questions, 'question')}: {found.unseen} unseen, {seen} seen, {found.due} due today."
    if found.unseen:
        begun = f", after {found.begun} begun" if found.begun else ""
        yield f"New today: {found.new}{begun}. {_pace(found)}"
    last = "The last day is" if len(plan.review_days) == 1 else f"The last {len(plan.review_days)} days are"
    yield f"{last} for review: what would jump past the exam comes back once more."
    if found.attempts:
        yield f"A question takes you {found.seconds:.0f} seconds, from your last {count(found.attempts, 'attempt')}."
    else:
        yield f"A question is taken to need {found.seconds:.0f} seconds, until you have made {ENOUGH} attempts."
    yield _verdict(found)


def _pace(found: Figures) -> str:
    if found.outlook.unseen:
        return "All that are left cannot be seen in time."
    if found.today < found.plan.review_begins:
        return f"At that pace all are seen before {_short(found.plan.review_begins)}."
    return "The days for new ones are over, so all that are left fall on today."


def _verdict(found: Figures) -> str:
    ahead = found.outlook
    if ahead.can_be_done:
        day = ahead.fullest
        return f"It can be done. The fullest day is {_short(day.day)}, with {_minutes_of(day.minutes)}." if day else ""
    left = [f"{count(ahead.unseen, 'question')} would stay unseen"] if ahead.unseen else []
    left += [f"{count(ahead.left_over, 'review')} would be left over"] if ahead.left_over else []
    why = f"In {count(found.plan.minutes, 'minute')} a day it cannot be done: {' and '.join(left)}."
    if found.enough is None:
        return f"{why} No day is long enough; put questions aside that you do not need: coursekit aside ID --suspend"
    return f"{why} {count(found.enough, 'minute')} a day would do."


def _table(ahead: Outlook) -> Iterator[str]:
    wide = max((len(_short(day.day)) for day in ahead.days), default=3)
    yield f"{'day':{wide}} {'reviews':>7} {'new':>5} {'minutes':>8}"
    for day in ahead.days:
        yield f"{_short(day.day):{wide}} {day.reviews:7} {day.new:5} {day.minutes:8.0f}"
    yield "An estimate: it takes reviews to go well mostly, and changes as you go."


def _minutes_of(minutes: float) -> str:
    return count(max(1, round(minutes)), "minute")


def long_day(day: date) -> str:
    """Write a day in full."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%B}"
