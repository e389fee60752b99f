import inspect
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit import scheduling, session
from coursekit.course import Course, Topic
from coursekit.errors import StoreError
from coursekit.scheduling import Card
from coursekit.session import Submitted, confirm, next_seed, score_line, standing, submit
from coursekit.store.store import Store, open_store
from coursekit.study.selection import select

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
STARTED = NOW - timedelta(seconds=30)
DAY = timedelta(days=1)


def asked(course: Course, cards: Mapping[str, Card], now: datetime, topic: Topic | None = None) -> tuple[str, ...]:
    """Return the questions to ask in their order, without a plan and with nothing put aside."""
    return tuple(choice.question for choice in select(course, cards, now, topic=topic))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "home", "tiny", NOW)
    yield store
    store.close()


def card(name: str, due: datetime, *, stability: float = 1.0, mark: float = 1.0) -> Card:
    return Card(name, due, stability, 1, mark)


def given(store: Store, course: Course, name: str, response: tuple[str, ...], hints: int = 0) -> Submitted:
    return submit(store, course.question(name), response, started=STARTED, now=NOW, hints=hints)


def test_what_is_due_comes_before_what_is_new_and_the_longest_overdue_first(course: Course):
    cards = {
        "claim": card("claim", NOW - DAY),
        "why-calm": card("why-calm", NOW - 3 * DAY),
        "pick-one": card("pick-one", NOW + DAY),
        "gone": card("gone", NOW - 9 * DAY),
    }

    assert asked(course, cards, NOW) == ("why-calm", "claim", "pick-many", "one-step", "guess-run")
    assert asked(course, cards, NOW + 2 * DAY)[:3] == ("why-calm", "claim", "pick-one")


def test_without_a_record_the_plan_is_the_course(course: Course):
    whole = ("pick-one", "pick-many", "claim", "one-step", "why-calm", "guess-run")

    assert asked(course, {}, NOW) == whole
    assert asked(course, {}, NOW, course.topics[0]) == whole


def test_a_plan_for_a_topic_has_its_questions_only(course: Course):
    topic = replace(course.topics[0], names=course.topics[0].names[:2])

    assert asked(course, {"claim": card("claim", NOW)}, NOW, topic) == ("pick-one", "pick-many")


def test_standing_counts_new_due_and_mastered():
    cards = {
        "a": card("a", NOW - DAY, mark=0.5),
        "b": card("b", NOW + DAY, stability=30.0),
        "other": card("other", NOW - DAY),
    }

    found = standing(("a", "b", "c"), cards, NOW)

    assert (found.total, found.new, found.due, found.mastered, found.tried) == (3, 1, 1, 1, 2)
    assert found.mean_mark == 0.75


def test_standing_without_attempts_has_no_mean():
    assert standing(("a",), {}, NOW).mean_mark is None
    assert standing((), {}, NOW).total == 0


def test_each_attempt_gets_the_next_variant(store: Store, course: Course):
    seeds: list[int] = []
    for _ in range(3):
        seeds.append(next_seed(store, "one-step"))
        question = course.question("one-step", seeds[-1])
        submit(store, question, question.body.key(), started=STARTED, now=NOW, hints=0)

    assert seeds == [0, 1, 2]
    assert [attempt.seed for attempt in store.attempts()] == seeds
    assert [attempt.mark for attempt in store.attempts()] == [1.0] * 3


def test_submitting_grades_and_saves(store: Store, course: Course):
    done = given(store, course, "pick-one", ("1",), hints=2)

    kept = store.attempts()
    assert kept == (done.attempt,)
    assert (done.attempt.mark, done.attempt.hints, done.attempt.response) == (0.0, 2, ("1",))
    assert (done.attempt.started, done.attempt.finished) == (STARTED, NOW)
    assert done.attempt.fingerprint == course.question("pick-one").fingerprint
    assert done.card == store.card("pick-one")
    assert set(done.mark.options) == {"1", "2"}


def test_what_cannot_be_saved_has_no_score(store: Store, course: Course):
    store.close()

    with pytest.raises(StoreError, match="not saved"):
        given(store, course, "pick-one", ("2",))


def test_a_free_response_is_suggested_then_confirmed(store: Store, course: Course):
    done = given(store, course, "why-calm", ("The noise is lower.",))
    assert (done.mark.fraction, done.attempt.is_suggestion) == (pytest.approx(2 / 3), True)

    confirmed = confirm(store, done, (False, True), NOW + timedelta(minutes=1))

    assert confirmed.attempt.mark == confirmed.mark.fraction == pytest.approx(1 / 3)
    assert store.attempts() == (confirmed.attempt,)
    assert [c.ticks for c in store.confirmations(done.attempt.id)] == [(False, True)]
    assert store.cards()["why-calm"].last_mark == pytest.approx(1 / 3)


def test_ticks_are_one_for_each_rubric_point(store: Store, course: Course):
    done = given(store, course, "why-calm", ("The noise is lower.",))

    with pytest.raises(ValueError, match="shorter"):
        confirm(store, done, (True,), NOW)

    assert store.confirmations(done.attempt.id) == ()


@pytest.mark.parametrize(
    ("name", "response", "hints", "line"),
    [
        ("pick-one", ("2",), 0, "1 of 1 point · due again in 10 minutes"),
        ("pick-one", ("1",), 1, "0 of 1 point · 1 hint used · due again in 1 minute"),
        ("pick-many", ("1",), 2, "1 of 2 points · 2 hints used · due again in 6 minutes"),
        ("why-calm", ("a larger step is fine",), 0, "1 of 3 points · suggested"),
    ],
)
def test_the_score_line_says_points_hints_and_when_it_comes_back(
    store: Store, course: Course, name: str, response: tuple[str, ...], hints: int, line: str
):
    assert score_line(given(store, course, name, response, hints), NOW) == line


def test_the_score_line_says_that_a_confirmed_mark_is_the_learners_own(store: Store, course: Course):
    done = given(store, course, "why-calm", ("a larger step is fine",))

    confirmed = confirm(store, done, (True, True), NOW)

    assert score_line(confirmed, NOW) == "3 of 3 points · self-graded · due again in 10 minutes"


@pytest.mark.parametrize(
    ("mark", "points", "words"),
    [(1 / 3, 1.0, "0.33 of 1 point"), (1.0, 100.0, "100 of 100 points"), (0.5, 0.5, "0.25 of 0.5 points")],
)
def test_points_are_written_short(store: Store, course: Course, mark: float, points: float, words: str):
    done = given(store, course, "pick-one", ("2",))

    line = score_line(replace(done, attempt=replace(done.attempt, mark=mark, points=points)), NOW)

    assert line.startswith(f"{words} · ")


def test_clock_and_chance_are_arguments():
    for module in (session, scheduling):
        source = inspect.getsource(module)
        assert not [word for word in (".now(", ".today(", "time()", "import random", "print(") if word in source]


@pytest.mark.parametrize(
    ("confidence", "response", "said"),
    [("sure", ("2",), "+3 by certainty"), ("sure", ("1",), "-6 by certainty"), (None, ("2",), "+1 by certainty")],
)
def test_certainty_based_marks_stand_beside_the_score_when_they_are_chosen(
    store: Store, course: Course, confidence: str | None, response: tuple[str, ...], said: str
):
    question = course.question("pick-one")
    store.settings.set("marks", "certainty")

    submitted = submit(store, question, response, started=STARTED, now=NOW, hints=0, confidence=confidence)

    assert said in score_line(submitted, NOW)
