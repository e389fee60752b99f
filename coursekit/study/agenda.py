"""The day in numbers: what is due, what is new today, a lab to try, and the minutes that takes."""

from collections.abc import Collection, Iterable, Sequence, Set
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, final

from coursekit.course import Course
from coursekit.study.days import STARTS, day_begins, local_day
from coursekit.study.planning import SECONDS, SHARE_OF_NEW, Plan, questions_in, read_plan, seconds_each
from coursekit.words import count

if TYPE_CHECKING:  # 5 ms, when a first visit has no record to read
    from coursekit.store.counted import Counted
    from coursekit.store.store import Store
    from coursekit.study.selection import Choice

NEW_A_DAY = 10
"""New questions a day where no exam says how many are needed."""
_LEAST_MINUTES = 30  # of a session: what is chosen beyond them waits for the next


@final
class Agenda(NamedTuple):
    """Counts of questions; `unseen` of all that are new, `lab` a name or '', minutes rounded up.

    `due` and `new` are today's share: everything, or what fits into the minutes a day that the learner has chosen.
    """

    due: int
    new: int
    unseen: int
    minutes: int
    lab: str
    days_to_exam: int | None
    due_names: frozenset[str] = frozenset()
    """All that is due now, what a plan brings back too, without what is put aside."""
    waiting: int = 0
    """What is left of today's for lack of minutes."""
    daily: int | None = None
    """The minutes a day that the learner has chosen."""
    left: float | None = None
    """The minutes for today's share; below zero or zero they are used, and the share is as many once more."""

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
    daily: int | None = None,
    spent: float = 0.0,
) -> Agenda:
    """Count what today has, given what was seen of the course's questions, what of it is due, and what is put aside.

    `begun` new questions were begun today; `lab` is one to try. A plan that is over counts for nothing. `daily` are the
    minutes a day that were chosen, of which `spent` are over.
    """
    coming = plan if plan and not plan.is_over(now) else None
    due_now = frozenset(due - held)
    unseen = len(course.topic_of) - len(seen) - sum(name in course.topic_of for name in held - seen)
    new = min(unseen, coming.new_today(unseen, begun, coming.day(now)) if coming else max(0, NEW_A_DAY - begun))
    left = None if daily is None else daily - spent
    most = questions_in(left if left and left > 0 else daily, seconds) if daily else None
    share = _share(len(due_now), new, coming is not None, most)
    return Agenda(
        due=share[0],
        new=share[1],
        unseen=unseen,
        minutes=-int(-sum(share) * seconds // 60),
        lab=lab,
        days_to_exam=(coming.exam - coming.day(now)).days if coming else None,
        due_names=due_now,
        waiting=len(due_now) + new - sum(share),
        daily=daily,
        left=left,
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
    today, daily = day_begins(local_day(now, starts), starts), store.settings.get("minutes")
    return agenda(
        course,
        counted.seen,
        counted.due.union(name for name in _brought_forward(store, plan, now) if name in counted.seen),
        now,
        held=glance.held(now),
        plan=plan,
        begun=store.pace.begun_since(today),
        seconds=seconds_each(store.pace)[0],
        lab=lab_to_try(course, glance.latest(), passed),
        daily=daily,
        spent=_minutes_since(store, today) if daily else 0.0,
    )


def read_share(course: Course, store: "Store", found: Agenda, now: datetime) -> "tuple[Choice, ...]":
    """Choose today's share, in its order; when all of today is done, some more that are new. Raises StoreError."""
    from coursekit.study.selection import select  # 8 ms, and Home counts before it asks
    from coursekit.study.today import today

    if found.is_done:
        return todays(found, select(course, store.cards(), now, held=store.asides.held(now)))
    return todays(found, today(course, store, now, minutes=minutes_to_choose(found)))


def minutes_to_choose(found: Agenda) -> float:
    """Say for how many minutes to choose; without minutes a day, what is beyond a session waits for the next."""
    if found.daily is None:
        return max(found.minutes, _LEAST_MINUTES)
    return found.left if found.left and found.left > 0 else found.daily


def share_words(found: Agenda) -> str:
    """Say what today's share has, '' where that is nothing.

    >>> share_words(Agenda(3, 4, 70, 6, "", None)), share_words(Agenda(0, 4, 70, 3, "", None))
    ('3 due and 4 new', '4 new')
    """
    return " and ".join(f"{many} {what}" for many, what in ((found.due, "due"), (found.new, "new")) if many)


def more_words(found: Agenda) -> str:
    """Say what there is to go on with when today is done, '' where nothing is new."""
    return f"{min(NEW_A_DAY, found.unseen)} more new ones" if found.is_done and found.unseen else ""


def minutes_sentence(found: Agenda) -> str:
    """Say what the minutes a day that were chosen make of today; '' where they change nothing.

    >>> made = Agenda(13, 0, 70, 10, "", None, waiting=37, daily=10, left=10.0)
    >>> minutes_sentence(made)
    'This fits your 10 minutes a day; 37 can wait.'
    >>> minutes_sentence(made._replace(left=-1.5))
    'Your 10 minutes today are done; this is more.'
    """
    if found.daily is None or found.is_done:
        return ""
    if found.left is not None and found.left <= 0:
        one = found.daily == 1
        return f"Your {count(found.daily, 'minute')} today {'is' if one else 'are'} done; this is more."
    if not found.waiting:
        return ""
    return f"This fits your {count(found.daily, 'minute')} a day; {found.waiting} can wait."


def lab_to_try(course: Course, latest: Iterable[str], passed: Collection[str]) -> str:
    """Find a lab to try: of the question seen last, else the first of the course, that is not passed yet."""
    order = chain((name for name in latest if name in course.topic_of), course.topic_of)
    labs = (course.facts(name).lab for name in order)
    return next((lab for lab in labs if lab and lab not in passed), "")


def _share(due: int, new: int, has_plan: bool, most: int | None) -> tuple[int, int]:
    """Divide the places that there are between what is due and what is new."""
    if most is None:
        return due, new
    first = min(due, most - (min(new, most // SHARE_OF_NEW) if has_plan else 0))
    return first, min(new, most - first)


def _minutes_since(store: "Store", at: datetime) -> float:
    """Add up what questions have taken since then."""
    return sum(seconds for _, _, seconds in store.seeing.stretches(at)) / 60


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
