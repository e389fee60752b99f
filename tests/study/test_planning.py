from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.course import Course
from coursekit.scheduling import RETENTION, Card, Review, recall, schedule
from coursekit.store.asides import Aside
from coursekit.store.store import Store, open_store
from coursekit.study.outlook import outlook, steps
from coursekit.study.planning import MINUTES, SECONDS, Plan, aim_at, read_plan
from coursekit.study.selection import select
from coursekit.study.settings import choose, find_setting

MakeCourse = Callable[[Mapping[str, Sequence[tuple[str, str]]]], Course]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path, "made", NOW)
    yield store
    store.close()


def plan(days: int, zone: str = "UTC") -> Plan:
    return Plan(TODAY + DAY * days, TODAY, zone=ZoneInfo(zone))


@pytest.mark.parametrize(("days", "last"), [(1, 1), (3, 1), (8, 2), (28, 7), (59, 7), (400, 7)])
def test_the_last_quarter_is_for_review_a_week_at_most(days: int, last: int):
    assert len(plan(days).review_days) == last
    assert plan(days).review_days[-1] == plan(days).exam - DAY


def test_a_plan_is_over_when_the_day_of_the_exam_begins():
    berlin = plan(3, "Europe/Berlin")

    assert not berlin.is_over(datetime(2026, 11, 25, 2, 59, tzinfo=UTC))
    assert berlin.is_over(datetime(2026, 11, 25, 3, tzinfo=UTC))  # four o'clock there


@given(unseen=st.integers(0, 500), days=st.integers(1, 100), skipped=st.sets(st.integers(0, 99)))
def test_new_questions_of_each_day_see_all_before_the_last_days(unseen: int, days: int, skipped: set[int]):
    made, begun_late = plan(days), 0

    for ahead in range((made.review_begins - TODAY).days or 1):
        today = TODAY + DAY * ahead
        if ahead in skipped and today < made.review_begins - DAY:
            begun_late += 1
            continue
        many = made.new_today(unseen, 0, today)
        assert made.new_today(unseen - many, many, today) == 0  # asked once more on the same day, nothing is left
        unseen -= many

    assert unseen == 0


def test_what_cannot_be_shared_evenly_is_asked_early():
    assert plan(28).new_today(50, 0, TODAY) == 3  # 21 days
    assert plan(28).new_today(1, 0, TODAY) == 1


def test_a_day_that_was_begun_goes_on_where_it_stopped():
    assert plan(28).new_today(42, 0, TODAY) == 2
    assert plan(28).new_today(41, 1, TODAY) == 1
    assert plan(28).new_today(35, 7, TODAY) == 0


def cards(days_until_due: Sequence[float], seen_days_ago: float) -> dict[str, Card]:
    last = NOW - DAY * seen_days_ago
    return {f"q{n}": Card(f"q{n}", NOW + DAY * due, 10.0, 3, 1.0, 5.0, 0, last) for n, due in enumerate(days_until_due)}


@given(
    due=st.lists(st.floats(-50, 500), max_size=20),
    days=st.integers(1, 60),
    zone=st.sampled_from(ZONES),
)
def test_nothing_seen_before_the_last_days_jumps_past_the_exam(due: list[float], days: int, zone: str):
    made, found = plan(days, zone), cards(due, seen_days_ago=20)

    back = made.comes_back(found)

    assert all(when < made.begins(made.exam) for when in back.values())
    assert all(back[name] == card.due for name, card in found.items() if card.due < made.begins(made.exam))
    late = [back[name] for name, card in found.items() if card.due >= made.begins(made.exam)]
    assert all(made.day(when) in made.review_days for when in late)


def test_what_was_reviewed_in_the_last_days_need_not_come_back():
    made, found = plan(1), cards([30.0], seen_days_ago=0.1)

    assert made.comes_back(found) == {"q0": found["q0"].due}


def test_the_last_days_share_what_comes_back():
    made, found = plan(28), cards([300.0] * 700, seen_days_ago=20)

    days = [made.day(when) for when in made.comes_back(found).values()]

    assert set(days) == set(made.review_days)
    assert all(60 <= days.count(day) <= 140 for day in made.review_days)


@settings(max_examples=25, deadline=None)
@given(
    days=st.integers(2, 45),
    many=st.integers(1, 20),
    away=st.sets(st.integers(0, 44), max_size=6),
    zone=st.sampled_from(ZONES),
)
def test_a_plan_meets_its_date(make_course: MakeCourse, days: int, many: int, away: set[int], zone: str):
    """Play a learner who does what the plan says, but for some days off, and forgets nothing."""
    course, made = make_course({"A": [(f"q{n}", "") for n in range(many)]}), plan(days, zone)
    reviews: dict[str, list[Review]] = {}
    found: dict[str, Card] = {}

    for day in (TODAY + DAY * n for n in range(days)):
        now, begun = made.begins(day) + 10 * timedelta(hours=1), 0
        if (day - TODAY).days in away and day not in made.review_days and day + DAY not in made.review_days:
            continue
        while chosen := select(course, found, now, plan=made, begun=begun):
            for choice in chosen:
                begun += choice.question not in found
                reviews.setdefault(choice.question, []).append(Review(now, 1.0, 0))
                found[choice.question] = schedule(choice.question, reviews[choice.question])
            now += timedelta(minutes=11)  # new ones come back within the session

    exam = made.begins(made.exam)
    assert set(found) == set(course.topic_of)
    assert all(recall(card, exam) >= RETENTION - 0.005 for card in found.values())
    assert all(
        when >= exam - DAY for when in made.comes_back(found).values()
    )  # at most some hours too late for the last


@settings(max_examples=25, deadline=None)
@given(
    days=st.integers(4, 40),
    objectives=st.lists(st.sampled_from(["", "LO-1", "LO-2"]), min_size=1, max_size=18),
    variants=st.integers(1, 2),
    snoozed=st.sets(st.integers(0, 17), max_size=3),
    suspended=st.sets(st.integers(0, 17), max_size=3),
    misses=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_a_plan_that_can_be_done_in_its_minutes_meets_its_date(
    make_course: MakeCourse,
    days: int,
    objectives: list[str],
    variants: int,
    snoozed: set[int],
    suspended: set[int],
    misses: list[bool],
):
    """Play a learner with minutes, asides and stand-ins, who misses a question now and then at its first look."""
    course, made = make_course({"A": [(f"q{n}", objective) for n, objective in enumerate(objectives)]}), plan(days)
    gone = {f"q{n}" for n in suspended if n < len(objectives)}
    reviews: dict[str, list[Review]] = {}
    found: dict[str, Card] = {}
    unseen = len(objectives) - len(gone)
    look = outlook(made, {}, unseen, made.begins(TODAY), growing=steps(), seconds=SECONDS)
    limit = int(made.minutes * 60 / SECONDS)

    for day in (TODAY + DAY * n for n in range(days)):
        now, begun, left = made.begins(day) + timedelta(hours=10), 0, limit
        held = {name: Aside(name, "suspend", None, NOW) for name in gone}
        if day < TODAY + DAY and made.review_begins > TODAY + DAY:
            held |= {f"q{n}": Aside(f"q{n}", "snooze", NOW + DAY, NOW) for n in snoozed - suspended}
        while left > 0 and (
            chosen := select(
                course, found, now, held=held, plan=made, begun=begun, limit=left, variety=lambda _: variants
            )
        ):
            for number, choice in enumerate(chosen):
                begun += choice.question not in found
                is_missed = choice.question not in found and misses[number % len(misses)]
                for name in {choice.question, choice.serves} - {None}:
                    reviews.setdefault(str(name), []).append(Review(now, float(not is_missed), 0))
                    found[str(name)] = schedule(str(name), reviews[str(name)])
            left -= len(chosen)
            now += timedelta(minutes=11)

    exam = made.begins(made.exam)
    assert look.can_be_done
    assert set(found) == set(course.topic_of) - gone
    assert all(when >= exam - DAY for when in made.comes_back(found).values())


def test_a_plan_is_kept_read_and_taken_away(store: Store):
    made = Plan(date(2027, 1, 20), TODAY, 45)

    store.settings.set("minutes", 45)
    aim_at(store.settings, made.exam, TODAY)
    kept = read_plan(store.settings)
    aim_at(store.settings, None, TODAY)

    assert kept == made
    assert read_plan(store.settings) is None
    assert store.settings.get("minutes") == 45


def test_the_same_day_again_leaves_the_plan_and_another_begins_one(store: Store):
    aim_at(store.settings, date(2027, 1, 20), TODAY)
    aim_at(store.settings, date(2027, 1, 20), TODAY + 5 * DAY)
    again = read_plan(store.settings)
    aim_at(store.settings, date(2027, 1, 21), TODAY + 5 * DAY)
    other = read_plan(store.settings)

    assert again == Plan(date(2027, 1, 20), TODAY)
    assert other == Plan(date(2027, 1, 21), TODAY + 5 * DAY)


def test_a_date_chosen_in_the_settings_is_planned_from_that_day_on(store: Store):
    choose(store, find_setting("exam_date"), (TODAY + 8 * DAY).isoformat(), TODAY)

    plan = read_plan(store.settings)

    assert plan == Plan(TODAY + 8 * DAY, TODAY)
    assert plan
    assert plan.new_today(70, 0, TODAY) == 12  # of six days; the last two are for review


def test_a_date_that_was_set_alone_makes_a_plan(store: Store):
    store.settings.set("exam_date", "2027-01-20")
    store.settings.set("day_starts", 0, for_all=True)

    assert read_plan(store.settings) == Plan(date(2027, 1, 20), date(2026, 12, 23), MINUTES, starts=0)


@pytest.mark.parametrize("said", ["soon", 7, ["2027-01-20"]])
def test_what_is_no_date_makes_no_plan(store: Store, said: object):
    store.settings.set("exam_date", said)

    assert read_plan(store.settings) is None
