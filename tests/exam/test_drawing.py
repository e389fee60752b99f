from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.course import Course, open_course
from coursekit.errors import ContentError
from coursekit.exam.blueprint import Blueprint, Part, read_blueprint
from coursekit.exam.drawing import Earlier, draw
from coursekit.exam.folder import load_exam
from tests.exam.conftest import EXAM

FIRST = Earlier()
SEEDS = st.integers(0, 10**9)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course of three topics with twenty claims each, of two objectives and five difficulties."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "content").mkdir()
    (folder / "content" / "course.md").write_text("---\nid: large\ntitle: Large\n---\n")
    for topic in range(3):
        claims = "".join(_claim(topic, number) for number in range(20))
        front = f"---\ntitle: Topic {topic}\nlesson: Lesson {topic // 2}\n---\n\n"
        (folder / "content" / f"{topic}.md").write_text(front + claims)
    return open_course(folder)


def _claim(topic: int, number: int) -> str:
    return (
        f"## Claim {topic} {number}\n\n```yaml question\nid: c-{topic}-{number}\nkind: true-false\nkey: true\n"
        f"objective: O-{number % 2}\ndifficulty: {number % 5 + 1}\ntags: [t{number % 3}]\n```\n\nIt is {number}.\n\n"
    )


def _exam(*parts: Part, shuffle: bool = True) -> Blueprint:
    return Blueprint("any", "Any", parts, shuffle=shuffle, path="any.md")


PARTS = st.builds(
    Part,
    count=st.integers(1, 6),
    topics=st.sets(st.sampled_from(("Topic 0", "Topic 1", "Topic 2")), max_size=2).map(tuple),
    lessons=st.sets(st.sampled_from(("Lesson 0", "Lesson 1")), max_size=2).map(tuple),
    objectives=st.sets(st.sampled_from(("O-0", "O-1")), max_size=2).map(tuple),
    difficulties=st.sets(st.sampled_from(("1", "2", "3", "4", "5")), max_size=3).map(tuple),
    tags=st.sets(st.sampled_from(("t0", "t1")), max_size=2).map(tuple),
)


def _fits(course: Course, part: Part, name: str) -> bool:
    topic, facts, question = course.topic_of[name], course.facts(name), course.question(name)
    checks = (
        (part.topics, {topic.title}),
        (part.lessons, {topic.lesson}),
        (part.objectives, {facts.objective}),
        (part.difficulties, {facts.difficulty}),
        (part.tags, set(question.tags)),
    )
    return all(not wanted or set(wanted) & had for wanted, had in checks)


def _can_be_split(course: Course, parts: tuple[Part, ...], names: list[str]) -> bool:
    """Say whether questions can be given to parts so that each has its count, by trying."""
    if not parts:
        return not names
    fitting = [name for name in names if _fits(course, parts[0], name)]
    return _takes(course, parts, names, fitting, parts[0].count)


def _takes(course: Course, parts: tuple[Part, ...], names: list[str], fitting: list[str], many: int) -> bool:
    if not many:
        return _can_be_split(course, parts[1:], names)
    return any(
        _takes(course, parts, [n for n in names if n != name], fitting[at + 1 :], many - 1)
        for at, name in enumerate(fitting)
    )


@given(parts=st.lists(PARTS, min_size=1, max_size=2).map(tuple), seed=SEEDS, data=st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_drawing_honours_its_counts_and_asks_nothing_twice(
    large: Course, parts: tuple[Part, ...], seed: int, data: st.DataObject
):
    last = data.draw(st.sets(st.sampled_from(sorted(large.topic_of)), max_size=20))
    try:
        places = draw(_exam(*parts), large, seed, Earlier({}, tuple(sorted(last))))
    except ContentError:
        return
    names = [place.question for place in places]

    assert len(set(names)) == len(names) == sum(part.count for part in parts)
    assert all(any(_fits(large, part, name) for part in parts) for name in names)
    if len(names) <= 7:
        assert _can_be_split(large, parts, names)


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_same_seed_draws_the_same_and_most_seeds_another(large: Course, seed: int):
    exam = _exam(Part(15))

    first, again, other = (draw(exam, large, each, FIRST) for each in (seed, seed, seed + 1))

    assert first == again
    assert first != other


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_next_sitting_prefers_what_the_last_had_not(large: Course, seed: int):
    exam = _exam(Part(25))
    last = tuple(place.question for place in draw(exam, large, seed, FIRST))

    names = {place.question for place in draw(exam, large, seed + 7, Earlier({}, last))}

    assert not names & set(last)


def test_where_there_are_no_others_the_last_ones_come_again(large: Course):
    exam = _exam(Part(20, topics=("Topic 1",)))
    last = tuple(place.question for place in draw(exam, large, 1, FIRST))

    assert {place.question for place in draw(exam, large, 2, Earlier({}, last))} == set(last)


def test_a_question_that_two_parts_want_goes_to_the_one_that_has_no_other(large: Course):
    wide, narrow = Part(57), Part(3, topics=("Topic 0",), difficulties=("1", "2"), tags=("t0",))

    for seed in range(20):
        assert len(draw(_exam(wide, narrow), large, seed, FIRST)) == 60


def test_what_another_question_says_does_not_change_the_order(large: Course, tmp_path: Path):
    small, exam = _exam(Part(30, topics=("Topic 0", "Topic 1")), shuffle=True), large.folder
    before = [place.question for place in draw(small, large, 5, FIRST)]
    more = (exam / "content" / "2.md").read_text() + _claim(2, 99)
    for name in ("0.md", "1.md", "course.md"):
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "content" / name).write_text((exam / "content" / name).read_text())
    (tmp_path / "content" / "2.md").write_text(more)

    assert [place.question for place in draw(small, open_course(tmp_path), 5, FIRST)] == before


def test_without_shuffle_questions_and_options_stand_as_the_author_has_them(examined: Course):
    exam = read_blueprint(EXAM.replace("pass: 60", "pass: 60\nshuffle: false"), "short", "short.md")

    places = draw(exam, examined, 3, FIRST)

    assert [place.question for place in places] == ["pick-one", "pick-many", "claim", "one-step"]
    assert {place.order for place in places} == {()}


def test_options_are_shuffled_but_true_stays_above_false(examined: Course, exam: Blueprint):
    orders: dict[str, set[tuple[int, ...]]] = {}
    for seed in range(40):
        for place in draw(exam, examined, seed, FIRST):
            orders.setdefault(place.question, set()).add(place.order)

    assert len(orders["pick-one"]) == 6
    assert all(sorted(order) == [1, 2, 3] for order in orders["pick-one"])
    assert orders["claim"] == orders["one-step"] == {()}


def test_the_variant_drawn_is_the_next_one(examined: Course, exam: Blueprint):
    places = draw(exam, examined, 3, Earlier({"one-step": 4}))

    assert {place.question: place.seed for place in places}["one-step"] == 4


TOO_FEW: Mapping[str, tuple[str, str]] = {
    "none": ("kinds: [numeric], count: 1", "kinds: [ordering], count: 1"),
    "few": ("kinds: [numeric], count: 1", "kinds: [numeric], count: 2"),
    "others": ("kinds: [numeric], count: 1", "kinds: [true-false], count: 1"),
}


@pytest.mark.parametrize("what", TOO_FEW)
def test_too_few_questions_are_told_with_the_line_and_what_to_do(examined: Course, what: str):
    text = EXAM.replace("questions: 4\n", "").replace(*TOO_FEW[what])
    exam = read_blueprint(text, "short", "short.md")

    with pytest.raises(ContentError) as caught:
        draw(exam, examined, 1, FIRST)

    assert caught.value.code == "short-exam"
    assert caught.value.line in (4, 5)
    assert "questions are to be drawn here" in caught.value.message
    assert "Ask for fewer" in caught.value.message


def test_an_unknown_topic_is_told_with_the_one_that_was_meant(examined: Course):
    exam = read_blueprint(EXAM.replace("count: 1}", "count: 1, topic: Steps and batchs}"), "short", "short.md")

    with pytest.raises(ContentError, match=r"no topic 'Steps and batchs'\. Did you mean 'Steps and batches'"):
        draw(exam, examined, 1, FIRST)


def test_predictions_and_free_text_are_drawn_only_where_they_are_named(examined: Course):
    everything = read_blueprint("---\ntitle: All\nquestions: 4\n---\n", "all", "all.md")
    named = read_blueprint("---\ntitle: P\nquestions: 1\nfrom: [{kinds: [predict]}]\n---\n", "p", "p.md")

    assert {p.question for p in draw(everything, examined, 1, FIRST)} == {"pick-one", "pick-many", "claim", "one-step"}
    assert [place.question for place in draw(named, examined, 1, FIRST)] == ["guess-run"]


def test_every_seed_draws_the_shipped_exam(shipped: Callable[[], Course]):
    course = shipped()
    exam, kinds = load_exam(course, "eitc"), Counter[str]()

    for seed in range(5):
        places = draw(exam, course, seed, FIRST)
        kinds.update(course.question(place.question, place.seed).kind for place in places)
        assert len({place.question for place in places}) == 15

    assert set(kinds) == {"single-choice", "true-false"}
