"""The course that is shipped: the eleven questions of the review, and what each question owes its learner."""

import re
from pathlib import Path

import pytest

import coursekit
from coursekit import plugins
from coursekit.course import open_course
from coursekit.document import Item
from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.lab.code.definition import load_code_lab
from coursekit.lab.definition import load_lab
from coursekit.lab.experiment import decided, run_and_observe
from coursekit.lab.lock import read_lock
from coursekit.model import Choice
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.questions.code import WriteCode

ROOT = Path(coursekit.__file__).parents[1]
COURSE = open_course(ROOT)
REVIEW = (
    "sgd-role",
    "cnn-compress",
    "deep-composition",
    "tensorflow-scope",
    "cnn-standard",
    "batch-size-steps",
    "batch-size-static-why",
    "batch-size-static",
    "batch-size-both",
    "placeholder-shape",
    "sgd-adagrad-cost",
)
every_question = pytest.mark.parametrize("name", COURSE.topic_of)
of_the_review = pytest.mark.parametrize("name", REVIEW)


def question(name: str) -> Question:
    return COURSE.question(name)


@of_the_review
def test_a_question_of_the_review_is_in_the_bank(name: str) -> None:
    assert name in COURSE.topic_of


@every_question
def test_a_question_owes_hint_explanation_references_lab_and_place(name: str) -> None:
    found = question(name)

    assert found.hints
    assert found.explanation
    assert found.references
    assert found.lab in COURSE.lab_names()
    assert found.lesson
    assert found.topic
    assert found.objective
    assert found.difficulty


@every_question
def test_every_option_has_feedback(name: str) -> None:
    items = [item for item in getattr(question(name).body, "items", ()) if isinstance(item, Item)]

    assert [item.text for item in items if not item.quote] == []


@every_question
def test_the_key_earns_full_mark_in_every_variant(name: str) -> None:
    for seed in range(20):
        body = COURSE.question(name, seed).body
        if isinstance(body, Experiment | WriteCode):  # a run decides, or the lab
            return

        assert body.grade(body.key()).fraction == 1
        assert what_is_missing(body.interaction(), body.key()) is None


@every_question
def test_no_variant_shows_a_hole_or_a_long_number(name: str) -> None:
    for seed in range(20):
        found = COURSE.question(name, seed)
        shown = " ".join([found.stem, *found.hints, found.explanation])

        assert "{{" not in shown
        assert not re.search(r"\d\.\d{7}|\d[eE][-+]\d", shown)


@every_question
def test_a_known_slip_is_no_key_in_any_variant(name: str) -> None:
    for seed in range(20):
        body = COURSE.question(name, seed).body
        for value, say in getattr(body, "slips", ()):
            assert body.grade((repr(value),)).fraction == 0, (seed, value, say)


@every_question
def test_related_questions_exist_and_are_others(name: str) -> None:
    related = question(name).related

    assert set(related) <= set(COURSE.topic_of) - {name}
    assert len(set(related)) == len(related)


@every_question
def test_a_response_off_the_topic_earns_nothing(name: str) -> None:
    body = question(name).body
    if isinstance(body.interaction(), Choice):
        return

    assert body.grade(("The cat sat in the sun, and nobody said a word about it.",)).fraction == 0


@pytest.mark.parametrize(
    "response",
    ["A gradient may be negative.", "The loss goes down, and each step computes a gradient.", "It never goes."],
)
def test_the_main_question_credits_no_direction_for_a_loose_word(response: str) -> None:
    evidence = question("sgd-role").body.grade((response,)).evidence

    assert evidence[2].point.startswith("The gradient points uphill")
    assert evidence[2].share < 1


@pytest.mark.parametrize(
    "response",
    [
        "The gradient points uphill, so the step goes against it.",
        "It moves the weights in the direction opposite to the gradient.",
        "The learning rate times the gradient is subtracted from each weight.",
        "Each update follows the negative gradient.",
        "It takes a step down the slope.",
    ],
)
def test_the_main_question_finds_the_direction_in_other_words(response: str) -> None:
    assert question("sgd-role").body.grade((response,)).evidence[2].share == 1


def test_the_key_is_not_regularly_the_longest_option() -> None:
    longest = []
    for name in COURSE.topic_of:
        body = question(name).body
        items = [item for item in getattr(body, "items", ()) if isinstance(item, Item)]
        lengths = [len(item.text) for item in items]
        if len(items) > 2 and not isinstance(body, Experiment):
            keys = {int(number) - 1 for number in body.key()}
            longest.append(lengths.index(max(lengths)) in keys)

    assert len(longest) >= 8
    assert sum(longest) <= len(longest) / 3


@pytest.mark.slow
@every_question
def test_a_prediction_is_decided_by_its_run(name: str) -> None:
    found = question(name)
    if not isinstance(found.body, Experiment):
        return
    lab = load_lab(COURSE, found.lab or "")

    seen = run_and_observe(found, lab)

    body = decided(found, seen).body
    assert body.grade(body.key()).fraction == 1
    assert body.grade(decided(found, read_lock(COURSE)[name].observed).body.key()).fraction == 1


def test_the_main_question_leads_to_the_other_ten() -> None:
    assert set(question("sgd-role").related) == set(REVIEW) - {"sgd-role"}


def test_every_kind_occurs() -> None:
    made = {"unkeyed"}  # only by 'coursekit build --student'

    assert {question(name).kind for name in COURSE.topic_of} == set(plugins.names("coursekit.questions")) - made


def test_a_function_is_written_for_a_lab_that_asks_for_it() -> None:
    for name in COURSE.topic_of:
        if isinstance(body := question(name).body, WriteCode):
            assert body.entry in load_code_lab(COURSE, question(name).lab or "").entry


def test_the_course_can_be_read_as_a_whole() -> None:
    assert COURSE.problems == ()
    assert not [found for found in COURSE.questions() if isinstance(found, ContentError)]


def test_key_and_response_are_never_called_by_one_word() -> None:
    """In half of the world's quiz code that word is the key, in the other half the response; one kind bears it."""
    word = re.compile(r"(?<!short[ _-])\banswers?\b|answer_|(?<!short)_answer", re.IGNORECASE)
    files = [*ROOT.glob("content/**/*.md"), *ROOT.glob("labs/**/*.md"), *ROOT.glob("coursekit/**/*.py")]

    found = [f"{path.relative_to(ROOT)}: {word.search(path.read_text(encoding='utf-8'))}" for path in files]

    assert len(files) > 50
    assert [each for each in found if not each.endswith("None")] == []
