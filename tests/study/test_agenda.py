from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from coursekit.course import Course, open_course
from coursekit.model import Attempt
from coursekit.store.store import Store, open_store
from coursekit.study.agenda import agenda, lab_to_try, minutes_sentence, read_agenda, read_share
from coursekit.study.days import local_day
from coursekit.study.planning import Plan, aim_at

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def course() -> Course:
    return open_course(Path(__file__).parents[2])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path, "made", NOW)
    yield store
    store.close()


def fill(store: Store, course: Course) -> None:
    """Try most questions on several days before."""
    chance, made = Random(5), Attempt("", "print", ("1",), 1.0, 1.0, False, 0, 0, NOW, NOW)
    for name in tuple(course.topic_of)[:40]:
        for days in sorted((chance.uniform(0, 30) for _ in range(3)), reverse=True):
            at = NOW - days * DAY
            store.add_attempt(replace(made, question=name, mark=chance.choice((0.0, 1.0)), started=at, finished=at))


def test_without_a_record_all_is_new(course: Course):
    found = agenda(course, frozenset(), frozenset(), NOW)

    assert (found.due, found.new, found.unseen) == (0, min(10, len(course.topic_of)), len(course.topic_of))


def test_questions_that_the_course_has_no_longer_count_for_nothing(store: Store, course: Course):
    fill(store, course)
    before = read_agenda(course, store, NOW)
    store.add_attempt(Attempt("gone", "print", ("1",), 0.0, 1.0, False, 0, 0, NOW - DAY, NOW - DAY))
    store.asides.put("gone as well", "suspend", None, NOW)

    assert read_agenda(course, store, NOW) == before


def test_what_is_put_aside_is_neither_due_nor_new(course: Course):
    first, second, *_ = course.topic_of

    found = agenda(course, {first}, {first}, NOW, held={first, second})

    assert (found.due, found.unseen) == (0, len(course.topic_of) - 2)


@pytest.mark.parametrize("to_exam", range(1, 40, 3))
@pytest.mark.parametrize("later", [0, 2, 9])
def test_due_is_what_the_plan_brings_back_by_now(store: Store, course: Course, to_exam: int, later: int):
    fill(store, course)
    now = NOW + later * DAY
    plan = Plan(local_day(now) + to_exam * DAY, local_day(now) - 20 * DAY)
    aim_at(store.settings, plan.exam, plan.made)

    found = read_agenda(course, store, now)

    back = plan.comes_back(store.cards())
    assert found.due == sum(at <= now for at in back.values())
    assert found.days_to_exam == to_exam


def test_the_lab_to_try_is_that_of_the_question_seen_last_that_is_not_passed(course: Course):
    with_lab = next(name for name in course.topic_of if course.facts(name).lab)
    lab = course.facts(with_lab).lab

    assert lab_to_try(course, ("gone", with_lab), ()) == lab
    assert lab_to_try(course, (), ()) == lab
    assert lab_to_try(course, (with_lab,), {lab}) != lab


@pytest.mark.parametrize("minutes", [1, 2, 5, 15, 90])
@pytest.mark.parametrize("to_exam", [None, 3, 25])
def test_the_share_of_the_minutes_a_day_is_what_is_chosen(
    store: Store, course: Course, minutes: int, to_exam: int | None
):
    fill(store, course)
    store.settings.set("minutes", minutes)
    if to_exam:
        aim_at(store.settings, local_day(NOW) + to_exam * DAY, local_day(NOW) - 5 * DAY)

    found = read_agenda(course, store, NOW)
    chosen = read_share(course, store, found, NOW)

    assert (found.due, found.new) == (
        sum(choice.why != "new" for choice in chosen),
        sum(choice.why == "new" for choice in chosen),
    )
    assert found.minutes <= minutes or found.due + found.new == 1
    assert bool(minutes_sentence(found)) == bool(found.waiting)


def test_without_minutes_a_day_all_that_is_due_is_counted(store: Store, course: Course):
    fill(store, course)

    found = read_agenda(course, store, NOW)

    assert found.due == len(found.due_names)
    assert (found.waiting, minutes_sentence(found)) == (0, "")


def test_what_was_studied_today_is_taken_off_the_minutes(store: Store, course: Course):
    fill(store, course)
    store.settings.set("minutes", 10)
    name = next(iter(course.topic_of))
    before = read_agenda(course, store, NOW)
    store.add_attempt(Attempt(name, "", ("1",), 1.0, 1.0, False, 0, 0, NOW - 6 * DAY / 1440, NOW))

    found = read_agenda(course, store, NOW)

    assert (before.left, found.left) == (10, pytest.approx(4))
    assert found.due + found.new < before.due + before.new


def test_when_all_of_today_is_done_more_that_are_new_are_chosen_with_a_plan_too(store: Store, course: Course):
    first, *_ = course.topic_of
    store.add_attempt(Attempt(first, "", ("1",), 1.0, 1.0, False, 0, 0, NOW, NOW))
    aim_at(store.settings, local_day(NOW) + 3000 * DAY, local_day(NOW))

    found = read_agenda(course, store, NOW)

    assert found.is_done
    assert len(read_share(course, store, found, NOW)) == 10
