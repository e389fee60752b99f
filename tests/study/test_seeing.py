"""What the statistics read from a real record."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.course import Course
from coursekit.model import Attempt, Confirmation
from coursekit.store.labs import LabRun
from coursekit.store.store import Store, open_store
from coursekit.study import seeing
from coursekit.study.fitting import histories
from coursekit.study.telling import told

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KATHMANDU = ZoneInfo("Asia/Kathmandu")  # 5 h 45 min ahead: its days begin at 22:15 UTC
ATTEMPT = Attempt("pick-one", "f", ("2",), 1.0, 1.0, False, 0, 0, NOW - timedelta(seconds=40), NOW)


@pytest.fixture
def store(tmp_path: Path, course: Course) -> Iterator[Store]:
    opened = open_store(tmp_path / "home", course.id, NOW)
    yield opened
    opened.close()


def ended(at: datetime, question: str = "pick-one") -> Attempt:
    return replace(ATTEMPT, question=question, started=at - timedelta(seconds=40), finished=at)


def test_a_day_begins_at_its_minute_where_the_zone_has_one(course: Course, store: Store):
    evening = datetime(2026, 2, 27, 22, 14, tzinfo=UTC)  # 03:59 in the night that follows the 27th
    store.add_attempts([ended(evening), ended(evening + timedelta(minutes=1))])

    found = seeing.days(course, store, store.cards(), NOW, KATHMANDU).diary

    assert [found[date(2026, 2, day)].attempts for day in (27, 28)] == [1, 1]


def test_a_day_begins_at_the_hour_that_was_chosen(course: Course, store: Store):
    store.add_attempt(ended(datetime(2026, 3, 1, 6, 0, tzinfo=UTC)))
    store.settings.set("day_starts", 7, for_all=True)

    found = seeing.days(course, store, store.cards(), NOW, UTC).diary

    assert (found[date(2026, 2, 28)].attempts, found[date(2026, 3, 1)].attempts) == (1, 0)


def test_the_forecast_leaves_out_what_is_suspended_and_what_the_course_no_longer_has(course: Course, store: Store):
    store.add_attempts([ended(NOW - timedelta(days=9), name) for name in ("pick-one", "claim", "gone")])
    store.asides.put("claim", "suspend", None, NOW)

    found = seeing.days(course, store, store.cards(), NOW, UTC)

    assert sum(found.forecast) == 1


def test_parameters_that_were_fitted_predict(course: Course, store: Store):
    for day in (60, 50, 20):
        store.add_attempt(ended(NOW - timedelta(days=day)))
    before, (low, *_) = seeing.Seen(course, store, NOW).standing.whole, seeing.truth(store).groups
    slower = [*fsrs.scheduler.DEFAULT_PARAMETERS[:-1], 0.5]
    store.settings.set("parameters", slower)

    after, (other, *_) = seeing.Seen(course, store, NOW).standing.whole, seeing.truth(store).groups

    assert seeing.decay_of(seeing.fitted(store)) == 0.5
    assert after.share != before.share
    assert other.predicted != low.predicted


def test_a_lab_that_was_never_run_is_told_too(course: Course, store: Store):
    assert seeing.labs(course, store) == (seeing.LabSeen("bowl"),)
    assert seeing.labs_sentence(seeing.labs(course, store)) == "No lab was tried yet; there is 1."

    store.add_run(LabRun("bowl", {}, {}, "finished", (), 3.0, 3.0, 10, NOW))

    (bowl,) = seeing.labs(course, store)
    assert (bowl.runs, bowl.best_run, bowl.best_grade) == (1, (3.0, 3.0), None)
    assert seeing.labs_sentence((bowl,)) == "1 of 1 lab tried; every point reached in 1."


def test_every_picture_is_told_in_a_sentence(course: Course, store: Store):
    empty = list(told(course, store, NOW, UTC))
    store.add_attempt(replace(ended(NOW), confidence="sure"))

    said = list(told(course, store, NOW, UTC))

    assert empty[0].startswith("Nothing was studied yet.")
    assert all(sentence.endswith(".") for sentence in said)
    begins = "You would recall", "The least", "Studied on", "1 attempt", "Studied 40 s", "1 due today", "You said sure"
    for begin in begins:
        assert any(sentence.startswith(begin) for sentence in said), begin


_ATTEMPTS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from((0.0, 0.5, 1.0)),
        st.sampled_from((None, "sure", "think so", "guess")),
        st.sampled_from(("study", "cram", "exam")),
        st.booleans(),  # a suggestion
        st.sampled_from((None, None, 0.5, 1.0)),  # what it was confirmed as
        st.sampled_from((None, "a", "b")),  # what it was asked for
        st.sampled_from((None, None, "easy")),  # the learner's own rating
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(made=_ATTEMPTS)
def test_what_is_counted_in_the_file_is_what_the_attempts_say(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[Any, ...]]
):
    with closing(open_store(tmp_path_factory.mktemp("home"), "tiny", NOW)) as store:
        for place, (question, mark, word, purpose, is_suggestion, confirmed, serves, own) in enumerate(made):
            one = ended(NOW + timedelta(days=place), question)
            number = store.add_attempt(
                replace(one, mark=mark, confidence=word, purpose=purpose, is_suggestion=is_suggestion, serves=serves)
            )
            if is_suggestion and confirmed is not None:
                store.confirm(Confirmation(number, (True,), confirmed, NOW))
            if own:
                store.rate(number, own, NOW)
        attempts, said = store.attempts(), store.seeing.said()
        reviews = {name: list(found) for name in store.seeing.begun() if (found := store.seeing.reviews(name))}

    counted = [attempt for attempt in attempts if not attempt.is_suggestion]
    assert reviews == histories(attempts)
    assert {word: counts for word, *counts in said} == {
        word: [len(marks), sum(mark >= 1 for mark in marks), pytest.approx(sum(marks))]
        for word in {attempt.confidence or "" for attempt in counted}
        if (marks := [attempt.mark for attempt in counted if (attempt.confidence or "") == word])
    }
