"""What a session came to and what comes back: the same words at the end of it on the screen and line by line.

3 questions in 2 minutes: 1 right, 1 partly right, 1 wrong
2.5 of 4 points
Due within the hour: 1. Within a day: 3. The next is due again in 9 minutes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, final

from coursekit.model import Attempt
from coursekit.scheduling import in_days
from coursekit.study.planning import read_plan
from coursekit.words import count, count_points, short

if TYPE_CHECKING:  # opens SQLite
    from coursekit.store.store import Store

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@final
@dataclass(frozen=True, slots=True)
class Summary:
    """The last try at each question: how many were right, partly right and wrong, and the points of those graded here.

    `missed` are the questions that did not earn all points; `back` is when everything seen comes back, the first first.
    """

    questions: int
    right: int
    partly: int
    wrong: int
    earned: float
    out_of: float
    minutes: int
    missed: tuple[str, ...]
    back: tuple[datetime, ...]
    is_cram: bool = False


def summed_up(
    attempts: Sequence[Attempt],
    took: timedelta,
    back: Iterable[datetime],
    *,
    ungraded: Collection[str] = (),
    is_cram: bool = False,
) -> Summary:
    """Sum a session up from the last attempt at each question; nobody here can grade the `ungraded` ones."""
    graded = [attempt for attempt in attempts if attempt.question not in ungraded]
    right, wrong = (sum(test(each.mark) for each in graded) for test in (_is_right, _is_wrong))
    return Summary(
        questions=len(attempts),
        right=right,
        partly=len(graded) - right - wrong,
        wrong=wrong,
        earned=sum(each.mark * each.points for each in graded),
        out_of=sum(each.points for each in graded),
        minutes=max(1, round(took / timedelta(minutes=1))),
        missed=tuple(each.question for each in graded if not _is_right(each.mark)),
        back=tuple(sorted(back)),
        is_cram=is_cram,
    )


def comes_back(store: "Store", names: Collection[str], now: datetime) -> tuple[datetime, ...]:
    """Return when each of some questions comes back that were seen, as a plan has it; what is suspended does not.

    Raises StoreError.
    """
    cards = {name: card for name, card in store.cards().items() if name in names}
    plan, held = read_plan(store.settings), store.asides.held(now)
    due = plan.comes_back(cards) if plan and not plan.is_over(now) else {name: card.due for name, card in cards.items()}
    ends = {name: held[name].until if name in held else at for name, at in due.items()}
    return tuple(max(at, end) for name, at in due.items() if (end := ends[name]))


def sentences(found: Summary, now: datetime) -> Iterator[str]:
    """Say how it went, what was earned, and what comes back."""
    yield how_it_went(found)
    if found.out_of:
        yield points(found)
    yield what_comes_back(found, now)


def how_it_went(found: Summary) -> str:
    """Say how many questions in how many minutes, and how they went."""
    parts = [(found.right, "right"), (found.partly, "partly right"), (found.wrong, "wrong")]
    said = ", ".join(f"{number} {word}" for number, word in parts if number)
    return f"{count(found.questions, 'question')} in {count(found.minutes, 'minute')}{f': {said}' if said else ''}"


def points(found: Summary) -> str:
    """Say what was earned, of what was graded.

    >>> points(Summary(1, 0, 1, 0, 0.5, 1.0, 1, ("a",), ()))
    '0.5 of 1 point'
    """
    return f"{short(found.earned)} of {count_points(found.out_of)}"


def what_comes_back(found: Summary, now: datetime) -> str:
    """Say what is due soon and when the next is; cramming changes nothing of it."""
    if found.is_cram:
        return "This was cramming: the schedule is as it was."
    soon, tomorrow = (sum(at - now <= within for at in found.back) for within in (_HOUR, _DAY))
    later = next((at for at in found.back if at > now), None)
    the_next = f" The next is {in_days(later, now)}." if later else ""
    return f"Due within the hour: {soon}. Within a day: {tomorrow}.{the_next}"


def _is_right(mark: float) -> bool:
    return mark >= 1


def _is_wrong(mark: float) -> bool:
    return mark <= 0
