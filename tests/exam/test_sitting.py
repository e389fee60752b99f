"""A sitting from its events: the clock, what is kept, and that nothing in it says what is right."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.course import Course
from coursekit.errors import StoreError, UsageError
from coursekit.exam import desk
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.clock import HonestClock
from coursekit.exam.report import judge, report
from coursekit.exam.sitting import Sitting, entered
from coursekit.model import Mark
from coursekit.questions._body import Body
from coursekit.questions._question import Question
from coursekit.store.sittings import SittingEvent
from coursekit.store.store import Store
from tests.exam.conftest import NOW

MINUTE = timedelta(minutes=1)
TELLING = ("mark", "fraction", "key", "correct", "score", "earned", "right", "explanation", "feedback")


@pytest.fixture
def sitting(examined: Course, store: Store, exam: Blueprint) -> Sitting:
    return desk.begin(examined, store, exam, 5, NOW)


def _walk(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value below one, with the name of its field."""
    yield name, value
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _walk(getattr(value, each.name), each.name)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(each, str(key))
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _walk(each, name)


@pytest.mark.parametrize("is_right", [True, False])
def test_nothing_in_a_sitting_that_goes_on_says_what_is_right(
    examined: Course, store: Store, sitting: Sitting, is_right: bool
):
    for place, drawn in enumerate(sitting.places):
        key = desk.asked(examined, drawn).body.key()
        sitting = desk.respond(store, sitting, place, key if is_right else ("9",), NOW + MINUTE)
    found = list(_walk(sitting))

    assert not [name for name, _ in found if any(word in name for word in TELLING)]
    assert not [value for _, value in found if isinstance(value, Mark | Question | Body)]


def test_right_and_wrong_responses_make_the_same_state_but_for_the_responses(
    examined: Course, exam: Blueprint, open_record: Callable[[], Store]
):
    def sat(number: str, seed: int) -> Sitting:
        store = open_record()
        sitting = desk.begin(examined, store, exam, seed, NOW)
        place = next(at for at, drawn in enumerate(sitting.places) if drawn.question == "claim")
        return desk.respond(store, sitting, place, (number,), NOW + MINUTE)

    right = sat("2", 5)
    wrong = sat("1", 5)

    differing = [each.name for each in fields(Sitting) if getattr(right, each.name) != getattr(wrong, each.name)]
    assert differing == ["responses"]


def test_a_sitting_that_goes_on_is_not_graded(examined: Course, sitting: Sitting):
    for grade in (report, judge):
        with pytest.raises(UsageError, match="Nothing of it is graded before it is handed in"):
            grade(examined, sitting)


def test_what_is_entered_is_there_for_another_process_at_once(
    sitting: Sitting, store: Store, open_record: Callable[[], Store]
):
    other = open_record()
    desk.respond(store, sitting, 0, ("2",), NOW + MINUTE)
    desk.flag(other, desk.going_on(other)[0], 2, NOW + MINUTE)

    here, there = desk.look_again(store, sitting), desk.going_on(other)[0]
    assert here == there
    assert (here.responses[0], here.flags) == (("2",), {2})


def test_a_response_can_be_changed_and_taken_back(sitting: Sitting, store: Store):
    changed = desk.respond(store, desk.respond(store, sitting, 0, ("2",), NOW), 0, ("1",), NOW + MINUTE)
    back = desk.respond(store, changed, 0, (), NOW + 2 * MINUTE)

    assert changed.responses[0] == ("1",)
    assert back.responses[0] == ()
    assert back.missing == (0, 1, 2, 3)


def test_a_flag_is_set_and_taken_off(sitting: Sitting, store: Store):
    flagged = desk.flag(store, sitting, 1, NOW)

    assert flagged.flags == {1}
    assert desk.flag(store, flagged, 1, NOW).flags == frozenset()


def test_the_deadline_does_not_wait_for_a_process(sitting: Sitting, store: Store):
    again = desk.look_again(store, desk.see(store, sitting, 1, NOW + MINUTE))

    assert again.left(NOW + 7 * MINUTE) == 3 * MINUTE
    assert not again.is_time_up(NOW + 9 * MINUTE)
    assert again.is_time_up(NOW + 10 * MINUTE)


@given(steps=st.lists(st.tuples(st.integers(0, 3), st.floats(-90, 90)), max_size=20))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_clock_turned_back_never_gives_time(sitting: Sitting, steps: list[tuple[int, float]]):
    left = sitting.left(NOW)
    for place, minutes in steps:
        at = sitting.moment(NOW + minutes * MINUTE)
        sitting = entered(sitting, SittingEvent(place, "seen", None, at))
        now_left = sitting.left(NOW + minutes * MINUTE)

        assert now_left is not None
        assert left is not None
        assert now_left <= left
        left = now_left


def test_time_at_each_question_adds_up_to_all_of_it(sitting: Sitting, store: Store):
    for at, place in enumerate((0, 1, 0, 3)):
        sitting = desk.see(store, sitting, place, NOW + at * MINUTE)
    sitting = desk.see(store, sitting, 3, NOW + 5 * MINUTE)

    assert sitting.seconds == (120, 60, 0, 120)


def test_the_honest_clock_goes_on_when_the_system_s_is_turned_back():
    wall, counted = [NOW], [100.0]
    clock = HonestClock(lambda: wall[0], lambda: counted[0], NOW + MINUTE)
    seen = [clock()]
    for jump, passed in ((-120, 30), (0, 30), (500, 0), (-500, 10)):
        wall[0] += jump * MINUTE
        counted[0] += passed
        seen.append(clock())

    half = timedelta(seconds=30)
    assert seen[:3] == [NOW + MINUTE, NOW + MINUTE + half, NOW + 2 * MINUTE]
    assert seen == sorted(seen)
    assert seen[-1] == seen[-2] + timedelta(seconds=10)


def test_nothing_is_entered_after_the_deadline(sitting: Sitting, store: Store):
    late = desk.respond(store, sitting, 0, ("2",), NOW + 10 * MINUTE)

    assert late.responses[0] == ()
    assert desk.look_again(store, sitting).responses[0] == ()


def test_time_up_hands_in_what_is_there_as_of_the_deadline(examined: Course, sitting: Sitting, store: Store):
    desk.respond(store, sitting, 0, ("2",), NOW + MINUTE)
    (over,) = desk.hand_in_late(examined, store, NOW + timedelta(days=3))

    assert (over.ended, over.why) == (NOW + 10 * MINUTE, "time")
    assert [attempt.finished for attempt in store.attempts()] == [NOW + MINUTE]
    assert desk.hand_in_late(examined, store, NOW + timedelta(days=4)) == ()


def test_a_sitting_in_time_is_not_handed_in_by_itself(examined: Course, sitting: Sitting, store: Store):
    assert desk.hand_in_late(examined, store, NOW + 9 * MINUTE) == ()
    assert desk.going_on(store) == (sitting,)


def test_handing_in_twice_saves_one_set_of_attempts(
    examined: Course, sitting: Sitting, store: Store, open_record: Callable[[], Store]
):
    sitting = desk.respond(store, sitting, 0, ("2",), NOW + MINUTE)
    first = desk.hand_in(examined, store, sitting, NOW + 2 * MINUTE)
    second = desk.hand_in(examined, open_record(), sitting, NOW + 3 * MINUTE)

    assert first == second
    assert len(store.attempts()) == 1


def test_what_comes_after_the_end_changes_nothing(examined: Course, sitting: Sitting, store: Store):
    over = desk.hand_in(examined, store, sitting, NOW + MINUTE)

    assert desk.respond(store, sitting, 0, ("2",), NOW + 2 * MINUTE) == over


def test_begin_takes_up_what_goes_on(examined: Course, sitting: Sitting, store: Store, exam: Blueprint):
    assert desk.begin(examined, store, exam, 99, NOW + MINUTE) == sitting


def test_of_two_that_begin_at_once_one_goes_on(examined: Course, sitting: Sitting, store: Store, exam: Blueprint):
    kept = exam.data() | {"last": []}
    number = store.sittings.begin("short", kept, 7, [place.data() for place in sitting.places], NOW)

    assert desk._first(store, "short", number, NOW) == sitting
    assert [one.id for one in desk.sat(store)] == [sitting.id]


def test_no_more_sittings_than_are_allowed(examined: Course, store: Store, exam: Blueprint):
    once = replace(exam, attempts=1)
    desk.hand_in(examined, store, desk.begin(examined, store, once, 1, NOW), NOW + MINUTE)

    with pytest.raises(UsageError, match=r"One sitting is allowed for 'short', and you have had 1\."):
        desk.begin(examined, store, once, 2, NOW + 2 * MINUTE)


def test_another_sitting_asks_new_variants(examined: Course, store: Store, exam: Blueprint):
    seeds: list[int] = []
    for number in range(3):
        sitting = desk.begin(examined, store, exam, number, NOW + number * MINUTE)
        seeds += [place.seed for place in sitting.places if place.question == "one-step"]
        desk.hand_in(examined, store, sitting, NOW + number * MINUTE)

    stems = {examined.question("one-step", seed).stem for seed in seeds}
    assert seeds == [0, 1, 2]
    assert len(stems) == 3


def test_a_record_that_holds_something_else_is_told(sitting: Sitting, store: Store):
    store._change("update sitting set drawn = '[{}]' where id = ?", (sitting.id,))

    with pytest.raises(StoreError, match="cannot be read"):
        desk.sat(store)


def test_a_place_that_is_not_there_is_left_out(sitting: Sitting):
    assert entered(sitting, SittingEvent(17, "response", ["2"], NOW)) == sitting
