"""The whole programme is there: how many questions, of which kinds, on what, and what each owes its learner."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import coursekit
from coursekit.course import Topic, open_course
from coursekit.document import Item
from coursekit.exam.folder import load_exam
from coursekit.questions._question import Question
from coursekit.questions.free_response import FreeResponse

COURSE = open_course(Path(coursekit.__file__).parents[1])
BANK: dict[str, Question] = {name: COURSE.question(name) for name in COURSE.topic_of}
KINDS = Counter(question.kind for question in BANK.values())
TRAINING = "Training and testing on data"
LESSONS = {
    "Deep learning and neural networks",
    "TensorFlow basics",
    "The neural network model",
    "Running the network",
    "Processing data",
    TRAINING,
    "Using more data",
    "CPU and GPU",
    "Recurrent networks",
    "Convolutional networks",
    "High-level layers",
    "Dogs and cats",
    "3D scans",
    "Deep learning in the browser",
    "Learning to play a game",
    "A chatbot",
}
AT_LEAST = {
    "predict": 15,
    "numeric": 20,
    "free-response": 12,
    "cloze": 8,
    "ordering": 8,
    "matching": 8,
    "code": 10,
    "multiple-choice": 8,
    "true-false": 12,
    "short-answer": 3,
}
every_question = pytest.mark.parametrize("name", BANK)
every_topic = pytest.mark.parametrize("topic", COURSE.topics, ids=lambda topic: topic.title)


def words(markdown: str) -> int:
    """How many words a text has; a formula is one, pictures and code are none."""
    prose = re.sub(r"^(```|~~~).*?^\1\s*$", "", markdown, flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", " F ", prose, flags=re.DOTALL)
    return len(re.findall(r"[A-Za-z0-9]\S*", prose))


def items_of(question: Question) -> list[Item]:
    return [item for item in getattr(question.body, "items", ()) if isinstance(item, Item)]


def objectives_of(topic: Topic) -> dict[str, str]:
    fields = topic.document.fields().mapping("objectives")
    return {name: fields.text(name) for name in fields}


OBJECTIVES = {name: said for topic in COURSE.topics for name, said in objectives_of(topic).items()}


def test_the_bank_is_as_large_as_the_programme_needs() -> None:
    topics = [topic for topic in COURSE.topics if topic.names]

    assert len(BANK) >= 160
    assert len(topics) >= 24
    assert {topic.lesson for topic in topics} == LESSONS


def test_half_of_the_bank_is_on_training() -> None:
    assert sum(question.lesson == TRAINING for question in BANK.values()) >= len(BANK) / 2


def test_kinds_come_in_good_measure() -> None:
    assert {kind: KINDS[kind] for kind, least in AT_LEAST.items() if KINDS[kind] < least} == {}
    assert KINDS["single-choice"] <= 0.45 * len(BANK)


def test_numbers_have_variants() -> None:
    numeric = [name for name, question in BANK.items() if question.kind == "numeric"]
    sections = [COURSE.topic_of[name].sections[name] for name in numeric]

    assert sum("params" in section.fields() for section in sections) >= 20


def test_free_responses_have_groups_of_words_to_look_for() -> None:
    bodies = [question.body for question in BANK.values() if isinstance(question.body, FreeResponse)]

    assert len(bodies) >= 12
    assert all(len(body.rubric) >= 2 for body in bodies)
    assert all(point.groups for body in bodies for point in body.rubric)


def test_there_are_about_45_objectives_and_each_can_be_tested() -> None:
    verb = re.compile(
        r"(Say|Tell|Judge|Explain|Work out|Compute|Predict|Order|Describe|Write|Place|Read|Choose|Name|Match) "
    )

    assert 40 <= len(OBJECTIVES) <= 52
    assert [said for said in OBJECTIVES.values() if not verb.match(said)] == []


def test_every_objective_is_covered_by_three_questions_of_two_kinds() -> None:
    kinds: dict[str, list[str]] = defaultdict(list)
    for question in BANK.values():
        kinds[question.objective or ""].append(question.kind)

    assert kinds.keys() == OBJECTIVES.keys()
    assert {name: found for name, found in kinds.items() if len(found) < 3 or len(set(found)) < 2} == {}


def test_the_rehearsal_has_sixty_questions_to_draw_from() -> None:
    blueprint = load_exam(COURSE, "eitc")
    suited = [name for name in BANK if COURSE.facts(name).kind in blueprint.parts[0].kinds]

    assert blueprint.questions == 15
    assert len(suited) >= 60


def test_the_eleven_of_the_review_are_marked_and_linked_both_ways() -> None:
    marked = {name for name, question in BANK.items() if "exam-review" in question.tags}

    assert len(marked) == 11
    for name in marked:
        assert [other for other in BANK[name].related if name not in BANK[other].related] == []


def test_every_lab_is_asked_about() -> None:
    assert set(COURSE.lab_names()) == {question.lab for question in BANK.values()}


@every_topic
def test_a_topic_opens_with_a_paragraph_that_places_it(topic: Topic) -> None:
    assert 60 <= words(topic.document.text.source) <= 120


@every_question
def test_an_explanation_teaches_in_60_to_180_words(name: str) -> None:
    assert 60 <= words(BANK[name].explanation) <= 180


@every_question
def test_a_reference_says_enough_to_find_it(name: str) -> None:
    references = [line for line in BANK[name].references.splitlines() if line.startswith("- ")]

    assert references
    assert [line for line in references if not re.search(r"https://|\*[^*]+\*", line)] == []


@every_question
def test_no_option_speaks_of_the_others(name: str) -> None:
    loose = re.compile(
        r"\b(all|none|both|neither) of (the above|these|them)\b(?! )|\bnone of the above\b", re.IGNORECASE
    )

    assert [item.text for item in items_of(BANK[name]) if loose.search(item.text)] == []


@every_question
def test_what_is_asked_in_the_negative_says_so_loudly(name: str) -> None:
    asked = re.split(r"(?<=[.:?])\s+", BANK[name].stem.strip())[-1]
    quiet = re.search(r"\b(?:[Ww]hich|[Ww]hat|[Mm]ark)\b.*\bnot\b", asked, re.DOTALL)

    assert not quiet or "**not**" in asked or BANK[name].kind not in ("single-choice", "multiple-choice"), asked


def test_keys_stand_in_every_place_about_equally_often() -> None:
    places = Counter(
        int(question.body.key()[0])
        for question in BANK.values()
        if question.kind == "single-choice" and len(items_of(question)) == 4
    )
    many = sum(places.values())

    assert many > 40
    assert {place: count for place, count in places.items() if not 0.15 <= count / many <= 0.35} == {}


def test_true_and_false_are_keys_about_equally_often() -> None:
    keys = Counter(question.body.key() for question in BANK.values() if question.kind == "true-false")

    assert min(keys.values()) >= 0.35 * sum(keys.values())
