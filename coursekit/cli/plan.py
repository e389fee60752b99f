"""Plan towards an exam: new questions a day, what comes back when, and whether it can be done.

examples:
  coursekit plan --exam 2027-01-20
  coursekit plan --exam 2027-01-20 --minutes 45
  coursekit plan
  coursekit plan --clear
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import partial

from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.cli._plan_text import Figures, lines, long_day, records
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.scheduling import RETENTION, Card
from coursekit.store.store import Store
from coursekit.study.days import STARTS, local_day
from coursekit.study.outlook import MOST_MINUTES, enough_minutes, outlook, steps
from coursekit.study.planning import MINUTES, Plan, aim_at, read_plan, seconds_each
from coursekit.study.settings import choose, find_setting

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say for which day."""
    parser.add_argument("--exam", metavar="DAY", help="the day of the exam, for example 2027-01-20")
    parser.add_argument("--minutes", metavar="N", type=int, help=f"minutes a day ({MINUTES} if nothing is said)")
    parser.add_argument("--clear", action="store_true", help="plan no more; the schedule goes on as without an exam")
    parser.add_argument("--json", action="store_true", help="one JSON object for the plan and one for each day")


def run(given: Namespace) -> int:
    """Keep what was given, then say what the plan comes to."""
    if given.clear and (given.exam or given.minutes is not None):
        raise UsageError("--clear takes the plan away, so it goes with neither --exam nor --minutes.")
    if given.minutes is not None and not 1 <= given.minutes <= MOST_MINUTES:
        raise UsageError(f"A day cannot have {given.minutes} minutes for this. Give from 1 to {MOST_MINUTES}.")
    course, now = the_course(given), utc_now()
    with closing(the_store(given, course)) as store:
        say_notice(store)
        plan = _kept(given, store, now)
        comes_to = plan and not plan.is_over(now) and _comes_to(course, store, plan, now)
    if comes_to:
        _print(given, comes_to)
    elif given.json:
        print_json({"type": "plan", "exam": plan.exam.isoformat() if plan else None, "is_over": bool(plan)})
    else:
        print(_nothing_planned(given, plan, plan and plan.day(now)))
    return 0


def _kept(given: Namespace, store: Store, now: datetime) -> Plan | None:
    """Return the plan, after keeping what was given. Raises UsageError, StoreError."""
    if given.clear:
        aim_at(store.settings, None, local_day(now))
    if given.exam:
        choose(store, find_setting("exam_date"), given.exam, _today(store, now))
    if given.minutes is not None:
        if not read_plan(store.settings):
            raise UsageError("There is no exam to plan for. Say when it is: coursekit plan --exam 2027-01-20")
        store.settings.set("minutes", given.minutes)
    return read_plan(store.settings)


def _today(store: Store, now: datetime) -> date:
    return local_day(now, store.settings.get("day_starts", STARTS))


def _comes_to(course: Course, store: Store, plan: Plan, now: datetime) -> Figures:
    gone = {name for name, aside in store.asides.held(now).items() if aside.until is None}
    names = [name for name in course.topic_of if name not in gone]
    cards = {name: card for name, card in store.cards().items() if name in set(names)}
    unseen, today = len(names) - len(cards), plan.day(now)
    begun = store.pace.begun_since(plan.begins(today))
    retention = float(store.settings.get("retention", RETENTION))
    growing = steps(tuple(store.settings.get("parameters", ())), retention)
    seconds, attempts = seconds_each(store.pace)
    ahead = partial(outlook, growing=growing, begun=begun, seconds=seconds, retention=retention)
    found = ahead(plan, cards, unseen, now)
    needed = None if found.can_be_done else enough_minutes(plan, lambda other: ahead(other, cards, unseen, now))
    return Figures(
        plan=plan,
        today=today,
        questions=len(names),
        unseen=unseen,
        due=_due_today(plan, cards, today),
        begun=begun,
        new=plan.new_today(unseen, begun, today),
        seconds=seconds,
        attempts=attempts,
        outlook=found,
        enough=needed,
    )


def _due_today(plan: Plan, cards: Mapping[str, Card], today: date) -> int:
    tomorrow = plan.begins(today + timedelta(days=1))
    return sum(when < tomorrow for when in plan.comes_back(cards).values())


def _nothing_planned(given: Namespace, plan: Plan | None, today: date | None) -> str:
    if plan and plan.exam == today:
        return "The exam is today, so nothing is planned any more. What is due still comes with 'coursekit review'."
    if plan:
        return (
            f"The exam was planned for {long_day(plan.exam)}; nothing is planned any more. See 'coursekit plan --help'."
        )
    if given.clear:
        return "Nothing is planned any more. What is due comes as without an exam."
    return "No exam is planned. Say when it is: coursekit plan --exam 2027-01-20"


def _print(given: Namespace, found: Figures) -> None:
    if not given.json:
        print("\n".join(lines(found)))
        return
    for record in records(found):
        print_json(record)
