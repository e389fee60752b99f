"""The day in numbers: what is due, what is new today, a lab to try, and the minutes that takes."""

from collections.abc import Collection, Iterable, Sequence, Set
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, final

from coursekit.course import Course
from coursekit.study.days import STARTS, day_begins, local_day
from coursekit.study.planning import SECONDS, Plan, read_plan, seconds_each

if TYPE_CHECKING:  # 5 ms, when a first visit has no record to read
    from coursekit.store.counted import Counted
    from coursekit.store.store import Store
    from coursekit.study.selection import Choice

NEW_A_DAY = 10
"""New questions a day where no exam says how many are needed."""


@final
class Agenda(NamedTuple):
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
    seen: Set[str],
    due: Set[str],
    now: datetime,
    *,
    held: Set[str] = frozenset(),
    plan: Plan | None = None,
    begun: int = 0,
    seconds: float = SECONDS,
    lab: str = "",
) -> Agenda:
    """Count what today has, given what was seen of the course's questions, what of it is due, and what is put aside.

    `begun` new questions were begun today; `lab` is one to try. A plan that is over counts for nothing.
    """
    coming = plan if plan and not plan.is_over(now) else None
    due_now = len(due - held)
    unseen = len(course.topic_of) - len(seen) - sum(name in course.topic_of for name in held - seen)
    new = min(unseen, coming.new_today(unseen, begun, coming.day(now)) if coming else max(0, NEW_A_DAY - begun))
    return Agenda(
        due=due_now,
        new=new,
        unseen=unseen,
        minutes=-int(-(due_now + new) * seconds // 60),
        lab=lab,
        days_to_exam=(coming.exam - coming.day(now)).days if coming else None,
    )


def read_agenda(
    course: Course, store: "Store", now: datetime, counted: "Counted | None" = None, passed: Collection[str] = ()
) -> Agenda:
    """Count what today has, with the plan, the asides and the pace of a record; `passed` are labs that need no more.

    `counted` is what the record has of the course's questions, if that is known already. Raises StoreError.
    """
    glance = store.glance()
    counted = counted or glance.counted(now).among(course.topic_of)
    plan, starts = read_plan(store.settings), int(store.settings.get("day_starts", STARTS))
    return agenda(
        course,
        counted.seen,
        counted.due.union(name for name in _brought_forward(store, plan, now) if name in counted.seen),
        now,
        held=glance.held(now),
        plan=plan,
        begun=store.pace.begun_since(day_begins(local_day(now, starts), starts)),
        seconds=seconds_each(store.pace)[0],
        lab=lab_to_try(course, glance.latest(), passed),
    )


def lab_to_try(course: Course, latest: Iterable[str], passed: Collection[str]) -> str:
    """Find a lab to try: of the question seen last, else the first of the course, that is not passed yet."""
    order = chain((name for name in latest if name in course.topic_of), course.topic_of)
    labs = (course.facts(name).lab for name in order)
    return next((lab for lab in labs if lab and lab not in passed), "")


def _brought_forward(store: "Store", plan: Plan | None, now: datetime) -> Collection[str]:
    """Name what a plan brings back by now; before its last days that is nothing but what is due."""
    if not plan or plan.is_over(now) or now < plan.begins(plan.review_begins):
        return ()
    back = plan.comes_back(store.cards())
    return [name for name, at in back.items() if at <= now]


def todays(found: Agenda, choices: "Sequence[Choice]") -> "tuple[Choice, ...]":
    """Keep of what could be asked what today has; when that is done, some more that are new."""
    due = [choice for choice in choices if choice.why != "new"]
    new = (choice for choice in choices if choice.why == "new")
    return (*due, *islice(new, NEW_A_DAY if found.is_done else found.new))
