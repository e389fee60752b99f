from dataclasses import replace
from datetime import timedelta

import pytest

from coursekit.course import Course, open_course
from coursekit.exam import desk
from coursekit.exam.blueprint import Blueprint, kept_blueprint
from coursekit.exam.report import Report, report
from coursekit.exam.sitting import Sitting
from coursekit.exam.telling import certainty, headline, missed
from coursekit.model import Response
from coursekit.store.store import Store
from tests.exam.conftest import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sitting(examined: Course, store: Store, exam: Blueprint) -> Sitting:
    return desk.begin(examined, store, exam, 5, NOW)


def _respond(store: Store, sitting: Sitting, responses: dict[str, Response]) -> Sitting:
    for place, drawn in enumerate(sitting.places):
        if drawn.question in responses:
            sitting = desk.respond(store, sitting, place, responses[drawn.question], NOW + MINUTE)
    return sitting


def _over(course: Course, store: Store, sitting: Sitting, **responses: Response) -> Report:
    given = {name.replace("_", "-"): response for name, response in responses.items()}
    return report(course, desk.hand_in(course, store, _respond(store, sitting, given), NOW + 2 * MINUTE))


def test_all_keys_earn_all_points(examined: Course, store: Store, sitting: Sitting):
    keys = {place.question: desk.asked(examined, place).body.key() for place in sitting.places}
    found = report(examined, desk.hand_in(examined, store, _respond(store, sitting, keys), NOW + 2 * MINUTE))

    assert (found.earned, found.out_of, found.share, found.has_passed) == (5, 5, 1, True)
    assert found.misses == ()


def test_partial_marks_are_the_kind_s_own(examined: Course, store: Store, sitting: Sitting):
    found = _over(examined, store, sitting, pick_many=("1",), pick_one=("2",))

    marks = {one.drawn.question: one.fraction for one in found.judged}
    assert marks == {"pick-one": 1, "pick-many": 0.5, "claim": 0, "one-step": 0}
    assert (found.earned, found.has_passed) == (2, False)


def test_what_has_no_response_is_a_miss_but_no_attempt(examined: Course, store: Store, sitting: Sitting):
    found = _over(examined, store, sitting, pick_one=("2",))

    assert {one.drawn.question for one in found.misses} == {"pick-many", "claim", "one-step"}
    assert [(a.question, a.mark, a.purpose, a.response) for a in store.attempts()] == [("pick-one", 1, "exam", ("2",))]


def test_an_exam_teaches_the_schedule(examined: Course, store: Store, sitting: Sitting):
    _over(examined, store, sitting, pick_one=("2",), claim=("1",))

    assert set(store.cards()) == {"pick-one", "claim"}


def test_by_topic_and_by_objective(examined: Course, store: Store, sitting: Sitting):
    found = _over(examined, store, sitting, pick_one=("2",))

    assert [(t.name, t.questions, t.earned, t.out_of) for t in found.topics] == [("Steps and batches", 4, 1, 5)]
    assert [(t.name, t.words, t.earned) for t in found.objectives] == [("LO-1", "Know the parts of a step", 1)]


def test_a_miss_is_told_with_key_and_why(examined: Course, store: Store, sitting: Sitting):
    found = _over(examined, store, sitting, pick_one=("1",))
    miss = next(one for one in found.misses if one.drawn.question == "pick-one")

    told = dict(missed(miss))
    assert (told["Yours"], told["Key"]) == ("$2$", "$1/2$")
    assert told[""] == "More terms in a mean make it steadier."
    assert "falls as $1/B$" in told["Why"]


@pytest.mark.parametrize(("after", "has_score"), [("[score]", True), ("[]", False), ("[misses]", False)])
def test_what_is_never_shown_is_not_in_the_headline(exam: Blueprint, after: str, has_score: bool, examined: Course):
    words = after.strip("[]").split()
    quiet = kept_blueprint(exam.data() | {"show": {"during": [], "after": words}}, "short")

    assert quiet.after == tuple(words)
    assert ("score" in quiet.after) == has_score


def test_the_headline_keeps_what_the_exam_does_not_show(examined: Course, store: Store, exam: Blueprint):
    sitting = desk.begin(examined, store, replace(exam, after=()), 5, NOW)
    found = _over(examined, store, sitting)

    assert headline(found) == "✗ not passed · 60 % pass"


def test_a_question_that_was_changed_meanwhile_says_so(examined: Course, store: Store, sitting: Sitting):
    path = examined.folder / "content/1-basics/1-steps.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Warm-up always lowers", "Warm-up never lowers"), encoding="utf-8")
    found = _over(open_course(examined.folder), store, sitting, claim=("2",))

    notes = {one.drawn.question: one.note for one in found.judged if one.note}
    assert notes == {"claim": "This question was changed since it was drawn; it is graded as it stands now."}


def test_a_question_that_is_gone_is_a_miss_that_says_so(examined: Course, store: Store, sitting: Sitting):
    path = examined.folder / "content/1-basics/1-steps.md"
    path.write_text(path.read_text(encoding="utf-8").replace("id: claim", "id: other"), encoding="utf-8")
    found = _over(open_course(examined.folder), store, sitting, claim=("2",))

    (gone,) = [one for one in found.judged if one.question is None]
    assert gone.fraction == 0
    assert "cannot be read any more" in gone.note
    assert store.attempts() == ()


def test_certainty_based_marks_stake_what_was_said(examined: Course, store: Store, sitting: Sitting):
    at = {place.question: number for number, place in enumerate(sitting.places)}
    for name, word in (("pick-one", "sure"), ("claim", "sure"), ("pick-many", "think so"), ("one-step", "sure")):
        sitting = desk.say_how_sure(store, sitting, at[name], word, NOW + MINUTE)
    sitting = desk.say_how_sure(store, sitting, at["pick-many"], None, NOW + MINUTE)

    found = _over(examined, store, sitting, pick_one=("2",), claim=("1",), pick_many=("1", "2"))

    said = {one.drawn.question: one.confidence for one in found.judged}
    assert said == {"pick-one": "sure", "claim": "sure", "pick-many": None, "one-step": None}  # it has no response
    assert certainty(found) == "Certainty-based marks: -2 of 12 in 4 questions, -0.50 each."
    assert {each.question: each.confidence for each in store.attempts()} == {
        "pick-one": "sure",
        "claim": "sure",
        "pick-many": None,
    }


def test_without_a_word_there_are_none(examined: Course, store: Store, sitting: Sitting):
    assert certainty(_over(examined, store, sitting, pick_one=("2",))) == ""
