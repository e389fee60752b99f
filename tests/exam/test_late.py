from datetime import timedelta

from coursekit.course import Course
from coursekit.exam import desk
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.late import hand_in_overdue
from coursekit.exam.sitting import TIME
from coursekit.store.store import Store
from tests.exam.conftest import NOW

MINUTE = timedelta(minutes=1)


def test_a_sitting_whose_time_is_up_is_handed_in_as_of_its_deadline(examined: Course, store: Store, exam: Blueprint):
    sitting = desk.begin(examined, store, exam, 5, NOW)
    desk.respond(store, sitting, 0, desk.asked(examined, sitting.places[0]).body.key(), NOW + MINUTE)

    assert not hand_in_overdue(examined, store, NOW + 9 * MINUTE)
    assert hand_in_overdue(examined, store, NOW + 60 * MINUTE)
    assert not hand_in_overdue(examined, store, NOW + 61 * MINUTE)

    (over,) = desk.sat(store)
    assert (over.ended, over.why) == (NOW + 10 * MINUTE, TIME)
    assert [attempt.purpose for attempt in store.attempts()] == ["exam"]


def test_where_none_goes_on_it_costs_one_look_into_the_record(examined: Course, store: Store):
    said: list[str] = []
    store._db.set_trace_callback(said.append)

    hand_in_overdue(examined, store, NOW)

    assert len(said) == 1
