"""The day in numbers: what is due, what is new today, a lab to try, and the minutes that takes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, final

from coursekit.course import Course
from coursekit.scheduling import Card
from coursekit.study.days import STARTS, day_begins, local_day
from coursekit.study.planning import SECONDS, Plan, read_plan, seconds_each

if TYPE_CHECKING:  # 5 ms, when a first visit has no record to read
    from coursekit.store.asides import Aside
    from coursekit.store.store import Store
    from coursekit.study.selection import Choice

NEW_A_DAY = 10
"""New questions a day where no exam says how many are needed."""


@final
@dataclass(frozen=True, slots=True)
class Agenda:
    """Counts of questions; `unseen` of all that are new, `lab` a name or '', minutes rounded up."""

    due: int
    new: int
    unseen: int
    minutes: int
    lab: str
    days_to_exam: int | None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to ask today."""
        return not self.due and not self.new


def agenda(
    course: Course,
    cards: Mapping[str, Card],
    now: datetime,
    *,
    held: "Mapping[str, Aside] | None" = None,
    plan: Plan | None = None,
    begun: int = 0,
    seconds: float = SECONDS,
    passed: Collection[str] = (),
) -> Agenda:
    """Count what today has; `begun` new questions were begun today, `passed` are labs that need no more work."""
    held = held or {}
    coming = plan and not plan.is_over(now)
    back = plan.comes_back(cards) if plan and coming else {}
    names = [name for name in course.topic_of if name not in held]
    due = sum(back.get(name, cards[name].due) <= now for name in names if name in cards)
    unseen = sum(name not in cards for name in names)
    wanted = plan.new_today(unseen, begun, plan.day(now)) if plan and coming else max(0, NEW_A_DAY - begun)
    new = min(unseen, wanted)
    return Agenda(
        due=due,
        new=new,
        unseen=unseen,
        minutes=-int(-(due + new) * seconds // 60),
        lab=_lab(course, cards, passed),
        days_to_exam=(plan.exam - plan.day(now)).days if plan and coming else None,
    )


def read_agenda(
    course: Course, store: "Store", cards: Mapping[str, Card], now: datetime, passed: Collection[str]
) -> Agenda:
    """Count what today has, with the plan, the asides and the pace of a record. Raises StoreError."""
    plan, starts = read_plan(store.settings), int(store.settings.get("day_starts", STARTS))
    return agenda(
        course,
        cards,
        now,
        held=store.asides.held(now),
        plan=plan,
        begun=store.pace.begun_since(day_begins(local_day(now, starts), starts)),
        seconds=seconds_each(store.pace)[0],
        passed=passed,
    )


def todays(found: Agenda, choices: "Sequence[Choice]") -> "tuple[Choice, ...]":
    """Keep of what could be asked what today has; when that is done, some more that are new."""
    due = [choice for choice in choices if choice.why != "new"]
    new = (choice for choice in choices if choice.why == "new")
    return (*due, *islice(new, NEW_A_DAY if found.is_done else found.new))


def _lab(course: Course, cards: Mapping[str, Card], passed: Collection[str]) -> str:
    """Find a lab to try: of the question seen last, else the first of the course, that is not passed yet."""
    seen = sorted((card.last_at, name) for name, card in cards.items() if card.last_at and name in course.topic_of)
    order = (*(name for _, name in reversed(seen)), *course.topic_of)
    labs = (course.facts(name).lab for name in order)
    return next((lab for lab in labs if lab and lab not in passed), "")
