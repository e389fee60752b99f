"""CPU milliseconds of choosing what to ask, and of looking ahead to an exam, on a bank of 10,000 questions.

    python tests/benchmarks/selection.py [QUESTIONS]

Six in ten questions have a card, a third of those is due. Marks: choosing 30 ms, the outlook of a plan 1 s.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time

from bank import make_bank

from coursekit.course import Course, open_course
from coursekit.scheduling import Card
from coursekit.study.outlook import enough_minutes, outlook, steps
from coursekit.study.planning import Plan
from coursekit.study.selection import select, variety_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FAR = Plan(date(2027, 1, 20), date(2026, 11, 22))
NEAR = Plan(date(2026, 11, 25), date(2026, 10, 22))
SESSION = 40


def main() -> None:
    """Print a line for each way to choose."""
    questions = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        course = open_course(make_bank(Path(name) / "bank", questions))
        cards, variety = _cards(course), variety_of(course)
        _say("a session, the first", lambda: len(select(course, cards, NOW, limit=SESSION)), rounds=1)
        _say("a session", lambda: len(select(course, cards, NOW, limit=SESSION)))
        _say("a session towards an exam", lambda: len(select(course, cards, NOW, limit=SESSION, plan=FAR)))
        _say("a session in the last days", lambda: len(select(course, cards, NOW, limit=SESSION, plan=NEAR)))
        _say("all that is due and new", lambda: len(select(course, cards, NOW)))
        _say("all, everything new", lambda: len(select(course, {}, NOW)))
        reading = lambda: len(select(course, cards, NOW, limit=SESSION, variety=variety))  # noqa: E731
        _say("a session, reading questions, the first", reading, rounds=1)
        _say("a session, reading questions", reading)
    _outlook(cards, questions)


def _outlook(cards: dict[str, Card], questions: int) -> None:
    growing, unseen = steps(), questions - len(cards)
    look = lambda plan: outlook(plan, cards, unseen, NOW, growing=growing)  # noqa: E731
    _say("the outlook of a plan", lambda: len(look(FAR).days))
    _say("the minutes that would do", lambda: enough_minutes(FAR, look) or 0, rounds=1)


def _cards(course: Course) -> dict[str, Card]:
    chance = Random(1)
    return {name: _card(name, chance) for name in course.topic_of if chance.random() < 0.6}


def _card(name: str, chance: Random) -> Card:
    return Card(
        name,
        NOW + timedelta(days=chance.uniform(-10, 20)),
        chance.uniform(1, 60),
        chance.randint(1, 9),
        chance.choice((0.0, 0.5, 1.0, 1.0, 1.0)),
        5.0,
        chance.randint(0, 5),
        NOW - timedelta(days=chance.uniform(0, 30)),
        chance.random() < 0.02,
    )


def _say(what: str, do: Callable[[], int], rounds: int = 5) -> None:
    costs, found = list[float](), 0
    for _ in range(rounds):
        before = process_time()
        found = do()
        costs.append((process_time() - before) * 1000)
    print(f"{what:42} {min(costs):7.1f} ms  ({found})")


if __name__ == "__main__":
    main()
