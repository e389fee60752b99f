from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.course import Course
from coursekit.scheduling import Card, Review, schedule
from coursekit.store.asides import Aside
from coursekit.study.planning import Plan
from coursekit.study.selection import Choice, interleaved, select, to_cram, variety_of

MakeCourse = Callable[[Mapping[str, Sequence[tuple[str, str]]]], Course]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
ONE_VARIANT: Callable[[str], int] = lambda _: 1  # noqa: E731


def card(name: str, due_in: float, **said: Any) -> Card:
    """Make a card that was seen five days ago."""
    return Card(name, NOW + DAY * due_in, 5.0, 3, 1.0, 5.0, 0, NOW - 5 * DAY)._replace(**said)


def cards(*made: Card) -> dict[str, Card]:
    return {each.question: each for each in made}


def names(choices: Sequence[Choice]) -> list[str]:
    return [choice.question for choice in choices]


@pytest.fixture
def two_topics(make_course: MakeCourse) -> Course:
    return make_course({"A": [(f"a{n}", f"LO-{n}") for n in range(4)], "B": [(f"b{n}", f"LO-{n}") for n in range(4)]})


def test_confident_misses_lead_then_what_would_be_recalled_least_then_the_longest_overdue(two_topics: Course):
    found = cards(
        card("a0", -1),
        card("a1", -2),
        card("b0", -1, stability=2.0),
        card("b1", -0.1, last_mark=0.0, was_sure=True, last_at=NOW),
        card("b2", 3),
    )

    chosen = select(two_topics, found, NOW)

    due = [(choice.question, choice.why) for choice in chosen if choice.why != "new"]
    assert due == [("b1", "missed though sure"), ("a1", "due"), ("b0", "due"), ("a0", "due")]  # a topic apart
    assert "b2" not in names(chosen)


def test_what_is_due_comes_before_what_is_new(two_topics: Course):
    chosen = select(two_topics, cards(card("a3", -1), card("b3", -1)), NOW)

    assert [choice.why for choice in chosen] == ["due"] * 2 + ["new"] * 6


def test_new_questions_alternate_between_topics_in_the_order_of_the_course(two_topics: Course):
    assert names(select(two_topics, {}, NOW)) == ["a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3"]


def test_new_questions_come_from_a_few_topics_at_a_time(make_course: MakeCourse):
    course = make_course({title: [(f"{title}{n}", "") for n in range(2)] for title in "ABCDE"})

    assert names(select(course, {}, NOW)) == ["A0", "B0", "C0", "A1", "B1", "C1", "D0", "E0", "D1", "E1"]


def test_a_topic_has_its_questions_only(two_topics: Course):
    chosen = select(two_topics, cards(card("a1", -1), card("b1", -1)), NOW, topic=two_topics.topics[0])

    assert names(chosen) == ["a1", "a0", "a2", "a3"]


@pytest.mark.parametrize(("what", "until"), [("suspend", None), ("bury", NOW + DAY), ("snooze", NOW + 3 * DAY)])
def test_what_is_put_aside_is_left_out(two_topics: Course, what: str, until: datetime | None):
    held = {name: Aside(name, what, until, NOW) for name in ("a0", "b1")}

    chosen = select(two_topics, cards(card("a0", -1), card("a1", -1)), NOW, held=held)

    assert not {"a0", "b1"} & set(names(chosen))
    assert len(chosen) == 6


def test_a_question_known_twice_lets_a_new_one_of_its_objective_stand_in(make_course: MakeCourse):
    course = make_course({"A": [("asked", "LO-1"), ("other", "LO-2"), ("code-it", "LO-1"), ("fresh", "LO-1")]})

    chosen = select(course, cards(card("asked", -1)), NOW, variety=ONE_VARIANT)

    assert chosen[0] == Choice("fresh", "due", serves="asked")
    assert names(chosen[1:]) == ["other", "code-it"]


def test_without_a_new_one_that_which_was_seen_longest_ago_stands_in(make_course: MakeCourse):
    course = make_course({"A": [(name, "LO-1") for name in ("asked", "older", "oldest", "younger")]})
    found = cards(
        card("asked", -1),
        card("older", 5, last_at=NOW - 8 * DAY),
        card("oldest", 5, last_at=NOW - 9 * DAY),
        card("younger", 5, last_at=NOW - 2 * DAY),
    )

    assert select(course, found, NOW, variety=ONE_VARIANT) == (Choice("oldest", "due", serves="asked"),)


@pytest.mark.parametrize(
    ("said", "variants"),
    [({"reviews": 1}, 1), ({"last_mark": 0.5}, 1), ({}, 6), ({"was_sure": True}, 1), ({"lapses": 4}, 1)],
    ids=["seen once", "not known", "has variants", "missed though sure", "leech"],
)
def test_a_question_is_asked_itself_where_that_teaches_more(
    make_course: MakeCourse, said: dict[str, Any], variants: int
):
    course = make_course({"A": [("asked", "LO-1"), ("fresh", "LO-1")]})

    chosen = select(course, cards(card("asked", -1, **said)), NOW, variety=lambda _: variants)

    assert (chosen[0].question, chosen[0].serves) == ("asked", None)


def test_questions_without_an_objective_stand_in_for_none(make_course: MakeCourse):
    course = make_course({"A": [("asked", ""), ("fresh", "")]})

    assert names(select(course, cards(card("asked", -1)), NOW, variety=ONE_VARIANT)) == ["asked", "fresh"]


def test_a_leech_is_said_to_be_one(two_topics: Course):
    chosen = select(two_topics, cards(card("a0", -1, lapses=4), card("b0", -1, lapses=3)), NOW)

    assert {choice.question: choice.why for choice in chosen[:2]} == {"a0": "leech", "b0": "due"}


def test_what_cannot_be_asked_takes_no_place_from_others(two_topics: Course):
    broken = {"a0", "a1", "b0"}
    found = cards(card("a0", -9), card("a1", -8), card("a2", -1))

    chosen = select(two_topics, found, NOW, limit=3, variety=lambda name: int(name not in broken))

    assert names(chosen) == ["a2", "a3", "b1"]


def test_a_plan_limits_the_new_ones_and_counts_those_begun_today(two_topics: Course):
    plan = Plan(date(2026, 12, 2), date(2026, 11, 22), zone=UTC)  # 8 unseen, 8 days for them

    assert len(select(two_topics, {}, NOW, plan=plan)) == 1
    assert len(select(two_topics, cards(card("a0", 1)), NOW, plan=plan, begun=1)) == 0
    assert len(select(two_topics, {}, NOW, plan=plan, topic=two_topics.topics[0])) == 4
    assert len(select(two_topics, {}, NOW + 30 * DAY, plan=plan)) == 8


def test_what_is_suspended_is_not_waited_for(two_topics: Course):
    plan = Plan(date(2026, 11, 26), date(2026, 11, 22), zone=UTC)  # 3 days for what is new
    held = {name: Aside(name, "suspend", None, NOW) for name in ("a0", "a1")}

    assert len(select(two_topics, {}, NOW, plan=plan)) == 3
    assert len(select(two_topics, {}, NOW, plan=plan, held=held)) == 2


def test_with_a_plan_what_is_new_has_its_share_beside_much_that_is_due(two_topics: Course):
    plan = Plan(date(2026, 11, 24), date(2026, 11, 22), zone=UTC)
    found = cards(*(card(f"a{n}", -1) for n in range(4)), card("b0", -2), card("b1", -2))

    chosen = select(two_topics, found, NOW, plan=plan, limit=3)

    assert Counter(choice.why for choice in chosen) == {"due": 2, "new": 1}


def test_what_would_jump_past_the_exam_comes_back_in_the_last_days(two_topics: Course):
    plan = Plan(date(2026, 11, 23), date(2026, 11, 22), zone=UTC)

    chosen = select(two_topics, cards(card("a0", 40), card("b0", 40, last_at=NOW - timedelta(hours=1))), NOW, plan=plan)

    assert [(c.question, c.why) for c in chosen if c.why != "new"] == [("a0", "before the exam")]


def test_after_the_exam_the_schedule_goes_on_as_without_one(two_topics: Course):
    plan = Plan(date(2026, 11, 20), date(2026, 10, 22), zone=UTC)
    found = cards(card("a0", 40, last_at=NOW - 20 * DAY), card("b0", -1))

    assert select(two_topics, found, NOW, plan=plan) == select(two_topics, found, NOW)


def test_questions_without_an_objective_share_their_topic_only(make_course: MakeCourse):
    course = make_course({"A": [("q0", ""), ("q1", ""), ("q2", "LO-1")]})
    choices = [Choice(name, "due") for name in ("q0", "q1", "q2")]

    assert interleaved(course, choices) == choices


def test_cramming_goes_over_the_weakest_whether_due_or_not(two_topics: Course):
    found = cards(card("a0", 9, stability=50.0), card("b0", 9, stability=1.0), card("a1", -1))

    chosen = to_cram(two_topics, found, NOW, limit=4)

    assert names(chosen) == ["b0", "a1", "a0", "a2"]
    assert {choice.why for choice in chosen} == {"asked for"}


def test_variety_is_counted_by_reading(course: Course):
    variety = variety_of(course)

    assert (variety("pick-one"), variety("one-step")) == (1, 6)


def test_a_broken_question_has_no_variety(course: Course):
    course.topics[0].file.write_text("---\ntitle: Changed\n---\n", encoding="utf-8")

    assert variety_of(replace(course, topics=(replace(course.topics[0], read=None),)))("pick-one") == 0


def test_of_three_places_one_is_for_the_longest_overdue_and_with_a_plan_one_for_what_is_new(two_topics: Course):
    plan = Plan(date(2026, 12, 2), date(2026, 11, 22), zone=UTC)
    missed = [card(f"a{n}", -0.1, last_mark=0.0, was_sure=True, last_at=NOW) for n in range(3)]

    chosen = select(two_topics, cards(*missed, card("b0", -9, last_mark=0.0)), NOW, plan=plan, limit=3)

    assert [(choice.question, choice.why) for choice in chosen] == [
        ("a0", "missed though sure"),
        ("b0", "due"),
        ("a3", "new"),
    ]


SHAPES = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", "LO-1", "LO-2"])), min_size=1, max_size=25)


@st.composite
def records(draw: st.DrawFn) -> tuple[dict[str, list[tuple[str, str]]], dict[str, Card]]:
    """Draw a course's shape and the cards of some of its questions."""
    topics: dict[str, list[tuple[str, str]]] = {}
    found: dict[str, Card] = {}
    for number, (topic, objective) in enumerate(draw(SHAPES)):
        name = f"q{number}"
        topics.setdefault(topic, []).append((name, objective))
        if draw(st.booleans()):
            found[name] = card(
                name,
                draw(st.floats(-30, 30)),
                stability=draw(st.floats(0.1, 100)),
                reviews=draw(st.integers(1, 5)),
                last_mark=draw(st.sampled_from([0.0, 0.5, 1.0])),
                lapses=draw(st.integers(0, 9)),
                last_at=NOW - DAY * draw(st.floats(0, 60)),
                was_sure=draw(st.booleans()),
            )
    return topics, found


@given(record=records(), limit=st.none() | st.integers(1, 30), variants=st.integers(1, 2))
def test_no_question_comes_twice_and_nothing_due_is_left_out_while_there_is_room(
    make_course: MakeCourse,
    record: tuple[dict[str, list[tuple[str, str]]], dict[str, Card]],
    limit: int | None,
    variants: int,
):
    topics, found = record
    due = {name for name, each in found.items() if each.due <= NOW}

    chosen = select(make_course(topics), found, NOW, limit=limit, variety=lambda _: variants)

    served = [choice.serves or choice.question for choice in chosen if choice.why != "new"]
    assert max(Counter(names(chosen)).values(), default=0) <= 1
    assert max(Counter(served).values(), default=0) <= 1
    assert set(served) <= due
    assert len(served) == min(limit or len(due), len(due))
    assert limit is None or len(chosen) <= limit


@settings(max_examples=40, deadline=None)
@given(record=records(), limit=st.integers(3, 6), marks=st.lists(st.booleans(), min_size=1, max_size=9))
def test_nothing_due_is_starved(
    make_course: MakeCourse,
    record: tuple[dict[str, list[tuple[str, str]]], dict[str, Card]],
    limit: int,
    marks: list[bool],
):
    topics, found = record
    course, found = make_course(topics), dict(found)
    waiting = {name for name, each in found.items() if each.due <= NOW}

    for session in range(len(waiting)):  # a day each; some responses are wrong, and those are sure
        now = NOW + DAY * session
        for number, choice in enumerate(select(course, found, now, limit=limit)):
            right = marks[number % len(marks)]
            review = Review(now, float(right), 0, None, "sure")
            found[choice.question] = schedule(choice.question, [review])
            waiting.discard(choice.question)

    assert not waiting


@given(shape=SHAPES)
def test_two_of_an_objective_follow_each_other_only_where_there_are_too_many(
    make_course: MakeCourse, shape: list[tuple[str, str]]
):
    topics: dict[str, list[tuple[str, str]]] = {}
    for number, (topic, objective) in enumerate(shape):
        topics.setdefault(topic, []).append((f"q{number}", objective or f"none-{number}"))
    course = make_course(topics)
    choices = [Choice(f"q{number}", "due") for number in range(len(shape))]

    order = interleaved(course, choices)

    keys = [(course.topic_of[name].title, course.facts(name).objective) for name in names(order)]
    key, many = Counter(keys).most_common(1)[0]
    others = len(keys) - many
    room = others + (keys[0] == key)
    pairs = sum(a == b for a, b in pairwise(keys))
    assert sorted(names(order)) == sorted(names(choices))
    assert order[0] == choices[0]
    assert pairs == max(0, many - room)


@settings(deadline=None)
@given(
    record=records(),
    limit=st.none() | st.integers(1, 30),
    variants=st.lists(st.integers(0, 3), min_size=1, max_size=9),
    aside=st.sets(st.integers(0, 24)),
    exam_in=st.none() | st.integers(1, 40),
    begun=st.integers(0, 5),
)
def test_with_variants_asides_and_a_plan_too_no_question_comes_twice_and_none_in_vain(
    make_course: MakeCourse,
    record: tuple[dict[str, list[tuple[str, str]]], dict[str, Card]],
    limit: int | None,
    variants: list[int],
    aside: set[int],
    exam_in: int | None,
    begun: int,
):
    topics, found = record
    held = {f"q{n}": Aside(f"q{n}", "suspend" if n % 2 else "bury", None if n % 2 else NOW + DAY, NOW) for n in aside}
    plan = None if exam_in is None else Plan(TODAY + timedelta(days=exam_in), TODAY - DAY, zone=UTC)
    back = plan.comes_back(found) if plan else {name: each.due for name, each in found.items()}

    def many(name: str) -> int:
        return variants[int(name[1:]) % len(variants)]

    chosen = select(make_course(topics), found, NOW, held=held, plan=plan, begun=begun, limit=limit, variety=many)

    due = {name for name in back if back[name] <= NOW and name not in held}
    can_be_asked = {name for name in due if many(name)}
    reviews, new = ([each for each in chosen if (each.why == "new") == is_new] for is_new in (False, True))
    served = [choice.serves or choice.question for choice in reviews]
    kept = min(len(new), limit // 3) if plan and limit else 0
    assert max(Counter(names(chosen)).values(), default=0) <= 1
    assert max(Counter(served).values(), default=0) <= 1
    assert not set(held) & {*names(chosen), *served}
    assert set(served) <= due
    assert len(served) >= (len(due) if limit is None else min(limit - kept, len(can_be_asked)))
    assert limit is None or (len(chosen) <= limit and all(map(many, names(chosen))))
    assert not set(names(new)) & set(found)
    for choice in chosen:
        if choice.serves:
            place = [make_course(topics).facts(name).objective for name in (choice.question, choice.serves)]
            assert place[0] == place[1] != ""
            assert many(choice.question) > 0


@settings(max_examples=40, deadline=None)
@given(
    record=records(),
    minutes=st.integers(3, 6),
    marks=st.lists(st.booleans(), min_size=1, max_size=9),
    variants=st.lists(st.integers(1, 2), min_size=1, max_size=5),
    aside=st.sets(st.integers(0, 24), max_size=4),
    with_plan=st.booleans(),
)
def test_nothing_due_is_starved_with_variants_asides_and_a_plan(
    make_course: MakeCourse,
    record: tuple[dict[str, list[tuple[str, str]]], dict[str, Card]],
    minutes: int,
    marks: list[bool],
    variants: list[int],
    aside: set[int],
    with_plan: bool,
):
    """Play a day for each that waits, of a minute a question; what is put aside is back after three days."""
    topics, found = record
    course, found = make_course(topics), dict(found)
    waiting = {name for name, each in found.items() if each.due <= NOW}
    held = {f"q{n}": Aside(f"q{n}", "snooze", NOW + 3 * DAY, NOW) for n in aside}
    plan = Plan(TODAY + timedelta(days=90), TODAY, zone=UTC) if with_plan else None
    reviews: dict[str, list[Review]] = {}

    for day in range(3 * len(waiting) + 4):
        now = NOW + DAY * day
        still = held if day < 3 else {}
        chosen = select(
            course,
            found,
            now,
            held=still,
            plan=plan,
            limit=minutes,
            variety=lambda name: variants[int(name[1:]) % len(variants)],
        )
        for number, choice in enumerate(chosen):
            review = Review(now, float(marks[number % len(marks)]), 0, None, "sure")
            for name in {choice.question, choice.serves} - {None}:
                reviews.setdefault(str(name), []).append(review)
                found[str(name)] = schedule(str(name), reviews[str(name)])
                waiting.discard(str(name))

    assert not waiting
