from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.model import Attempt, Confirmation
from coursekit.store.labs import LabGrade, LabRun
from coursekit.store.seeing import LONGEST_SECONDS
from coursekit.store.store import Store, open_store

NOW = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
ATTEMPT = Attempt("a", "f", ("1",), 1.0, 1.0, False, 0, 0, NOW - timedelta(seconds=30), NOW)
RUN = LabRun("bowl", {}, {}, "finished", (), 1.0, 3.0, 10, NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, "tiny", NOW)
    yield opened
    opened.close()


def later(attempt: Attempt, **by: float) -> Attempt:
    wait = timedelta(**by)
    return replace(attempt, started=attempt.started + wait, finished=attempt.finished + wait)


def test_attempts_are_counted_by_the_hour_or_the_minute(store: Store):
    store.add_attempts([ATTEMPT, later(ATTEMPT, minutes=5), later(ATTEMPT, hours=1), later(ATTEMPT, days=-3)])

    hours = store.seeing.stretches(NOW - timedelta(days=1))
    minutes = store.seeing.stretches(NOW - timedelta(days=1), by_minute=True)

    assert [(at.hour, at.minute, count) for at, count, _ in hours] == [(9, 0, 2), (10, 0, 1)]
    assert [(at.hour, at.minute, count) for at, count, _ in minutes] == [(9, 20, 1), (9, 25, 1), (10, 20, 1)]
    assert sum(seconds for *_, seconds in hours) == pytest.approx(90, abs=0.01)


def test_a_question_that_stood_open_and_a_clock_turned_back_do_not_count_as_time(store: Store):
    store.add_attempt(replace(ATTEMPT, started=NOW - timedelta(hours=5)))
    store.add_attempt(replace(ATTEMPT, started=NOW + timedelta(hours=5)))

    ((_, count, seconds),) = store.seeing.stretches(NOW - timedelta(days=1))

    assert (count, seconds) == (2, LONGEST_SECONDS)


def test_words_of_confidence_are_counted_with_what_came_of_them(store: Store):
    sure = replace(ATTEMPT, confidence="sure")
    store.add_attempts([sure, replace(sure, mark=0.5), replace(ATTEMPT, confidence="guess", mark=0.0), ATTEMPT])
    suggested = store.add_attempt(replace(sure, mark=0.9, is_suggestion=True))
    before = store.seeing.said()
    store.confirm(Confirmation(suggested, (True,), 1.0, NOW))

    assert sorted(before) == [("", 1, 1, 1.0), ("guess", 1, 0, 0.0), ("sure", 2, 1, 1.5)]
    assert ("sure", 3, 2, 2.5) in store.seeing.said()


def test_the_questions_of_the_latest_attempts_come_newest_first(store: Store):
    store.add_attempts([replace(ATTEMPT, question=name) for name in "abcab"])

    assert list(store.seeing.attempted(2).items()) == [("b", 2), ("a", 2)]
    assert list(store.seeing.attempted(100)) == ["b", "a", "c"]
    assert store.seeing.begun() == ("a", "b", "c")
    assert store.seeing.attempts() == 5


def test_reviews_are_what_a_card_is_made_of(store: Store):
    first = store.add_attempt(replace(ATTEMPT, confidence="sure", hints=1))
    store.add_attempt(replace(later(ATTEMPT, days=1), question="b", serves="a"))
    store.add_attempt(replace(later(ATTEMPT, days=2), purpose="cram"))
    store.add_attempt(replace(later(ATTEMPT, days=3), is_suggestion=True))
    store.rate(first, "hard", NOW)

    found = store.seeing.reviews("a")

    assert [review.at for review in found] == [NOW, NOW + timedelta(days=1)]
    assert (found[0].own, found[0].confidence, found[0].hints, found[0].seconds) == ("hard", "sure", 1, 30.0)
    assert store.seeing.reviews("a", 1) == found[:1]


def test_labs_tell_their_best_and_what_is_put_away_does_not_count(store: Store):
    for points in (1.0, 3.0, 2.0):
        number = store.add_run(replace(RUN, points=points))
    store.add_run(replace(RUN, lab="plane", points=0.0))
    store.remove_run(number, NOW)
    store.add_grade(LabGrade("bowl", {}, {}, (), 1.5, 3.0, NOW))

    assert sorted(store.seeing.runs()) == [("bowl", 2, 3.0, 3.0), ("plane", 1, 0.0, 3.0)]
    assert store.seeing.grades() == (("bowl", 1, 1.5, 3.0),)


def test_another_course_in_the_same_file_is_none_of_it(store: Store, tmp_path: Path):
    store.add_attempt(ATTEMPT)
    store.add_run(RUN)
    other = open_store(tmp_path, "other", NOW)

    found = other.seeing
    counted = (found.attempts(), found.begun(), found.said(), found.runs(), found.stretches(NOW - timedelta(days=1)))
    other.close()

    assert counted == (0, (), (), (), ())
