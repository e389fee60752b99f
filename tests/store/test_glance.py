from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from coursekit.errors import StoreError
from coursekit.model import Attempt
from coursekit.store.counted import Counted
from coursekit.store.glance import Score
from coursekit.store.labs import LabGrade, LabRun
from coursekit.store.store import Store, open_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MADE = Attempt("q", "print", ("1",), 1.0, 1.0, False, 0, 0, NOW, NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path, "made", NOW)
    yield store
    store.close()


def fill(store: Store, questions: int = 120) -> None:
    """Try each question up to seven times, at any second or fraction of one."""
    chance = Random(3)
    for number in range(questions):
        days = sorted(chance.uniform(0, 200) for _ in range(chance.randint(1, 7)))
        marks = [chance.choice((0.0, 0.5, 1.0, 1.0, 1.0)) for _ in days]
        at = [(NOW - DAY * day).replace(microsecond=chance.choice((0, 1, 500_000))) for day in reversed(days)]
        store.add_attempts(
            [
                replace(MADE, question=f"q{number}", mark=mark, started=when, finished=when)
                for mark, when in zip(marks, at, strict=True)
            ]
        )


def test_an_empty_record_has_nothing_to_count(store: Store):
    glance = store.glance()

    assert glance.counted(NOW) == Counted()
    assert (*glance.latest(), *glance.held(NOW), *glance.runs(), *glance.grades()) == ()


def test_only_a_courses_own_questions_are_left(store: Store):
    fill(store)

    left = store.glance().counted(NOW).among(("q1", "q2", "new"))

    assert left.seen == {"q1", "q2"}
    assert left.due | left.mastered <= left.seen


@pytest.mark.parametrize("at", [NOW, NOW + DAY, NOW + 20 * DAY, NOW - 30 * DAY])
def test_what_is_counted_is_what_the_cards_say(store: Store, at: datetime):
    fill(store)
    cards = store.cards()

    counted = store.glance().counted(at.astimezone(timezone(timedelta(hours=5))))

    assert counted.seen == cards.keys()
    assert counted.due == {name for name, card in cards.items() if card.is_due(at)}
    assert counted.mastered == {name for name, card in cards.items() if card.is_mastered()} != set()


def test_a_question_is_due_from_its_very_moment_on(store: Store):
    store.add_attempt(MADE)
    due = store.cards()["q"].due

    moments = [store.glance().counted(due + timedelta(microseconds=n)).due for n in (-1, 0, 1)]

    assert moments == [frozenset(), {"q"}, {"q"}]


def test_the_latest_come_first_all_of_them(store: Store):
    fill(store)

    found = list(store.glance().latest())

    seen = sorted((card.last_at or NOW, name) for name, card in store.cards().items())
    assert found == [name for _, name in reversed(seen)]


def test_cards_of_some_questions_are_those_of_all(store: Store):
    fill(store)
    names = [f"q{number}" for number in range(0, 1500, 2)]

    found = store.cards_of(names)

    assert found == {name: card for name, card in store.cards().items() if name in names}
    assert len(found) == 60
    assert store.card("q1") == store.cards()["q1"]


def test_what_is_put_aside_is_held_until_it_is_brought_back(store: Store):
    zone = timezone(timedelta(hours=-7))
    store.asides.put("ever", "suspend", None, NOW)
    store.asides.put("a while", "snooze", (NOW + DAY).astimezone(zone), NOW)
    store.asides.put("over", "bury", (NOW - DAY).astimezone(zone), NOW)
    store.asides.put("back", "suspend", None, NOW)
    store.asides.put("back", "bring back", None, NOW)

    held = store.glance().held(NOW)

    assert held == {"ever", "a while"} == store.asides.held(NOW).keys()


def test_scores_are_those_of_runs_that_stand_and_of_grades(store: Store):
    runs = [store.add_run(LabRun("bowl", {}, {}, "done", (), points, 10, 5, NOW)) for points in (3, 7)]
    store.remove_run(runs[0], NOW)
    store.add_grade(LabGrade("bowl", {}, {}, (), 9, 10, NOW))

    glance = store.glance()

    assert glance.runs() == (Score("bowl", 7, 10),)
    assert glance.grades() == (Score("bowl", 9, 10),)


def test_cards_made_with_other_parameters_are_made_anew_before_they_are_counted(store: Store):
    fill(store)
    before = store.glance().counted(NOW + 5 * DAY)

    store.settings.set("retention", 0.97)

    after = store.glance().counted(NOW + 5 * DAY)
    assert len(after.due) > len(before.due)


def test_a_time_that_is_none_is_told(store: Store):
    store.asides.put("q", "snooze", NOW, NOW)
    store._db.execute("update aside set until = 'soon'")

    with pytest.raises(StoreError, match="could not be read"):
        store.glance().held(NOW)
