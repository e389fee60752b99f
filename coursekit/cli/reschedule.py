"""Make the schedule anew from your attempts, and fit it to how you forget if asked to.

examples:
  coursekit reschedule
  coursekit reschedule --fit
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing

from coursekit.cli._context import say_notice, the_course, the_store
from coursekit.store.store import Store
from coursekit.study.fitting import Fitted, counts, fit, histories, what_is_missing
from coursekit.words import count

GROUP = "machine"


def add_arguments(parser: ArgumentParser) -> None:
    """Say whether to fit."""
    parser.add_argument("--fit", action="store_true", help="fit FSRS's parameters to your own log; keep them if better")


def run(given: Namespace) -> int:
    """Make all cards anew; say how many."""
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        if given.fit and not _fit(store):
            return 1
        cards = store.reschedule()
        print(f"{count(cards, 'question')} scheduled anew, from {count(_counting(store), 'attempt')}.")
    return 0


def _counting(store: Store) -> int:
    """Count the attempts that the schedule hangs on."""
    return sum(counts(attempt) for attempt in store.attempts())


def _fit(store: Store) -> bool:
    """Fit and say how well; False when there is not enough to fit to. Raises UsageError without the optional extra."""
    log = histories(store.attempts())
    if missing := what_is_missing(log):
        print(missing)
        return False
    found = fit(log, tuple(store.settings.get("parameters", ())))
    if found.is_better:
        store.settings.set("parameters", list(found.parameters))
    print(_said(found))
    return True


def _said(found: Fitted) -> str:
    kept = "They are kept." if found.is_better else "That is no better, so the old ones stay."
    return (
        f"Parameters were fitted to the older {count(found.fitted_to, 'review')} and judged on the newest "
        f"{count(found.judged_on, 'review')}: log loss {found.before:.4f} before, {found.after:.4f} after. {kept}"
    )
