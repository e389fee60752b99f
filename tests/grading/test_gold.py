"""The scorer against a careful grader: 205 responses to eight questions, half of them unseen while it was tuned.

The set lies in the course, `content/gold/`. The grade is what a reader of its meaning gave, from 0 to 1 by the points
made. The texts were made up for this, and so is the share of each type; what turns a point round gets what is left.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from coursekit.course import open_course
from coursekit.gold import GoldResponse, read_gold, scored
from coursekit.grading.figures import EXAM, Figures, figures
from coursekit.questions.free_response import FreeResponse, likeness

GOLD = read_gold(open_course(Path(__file__).parents[2]))
BODIES = GOLD.bodies
TYPES = {"good", "partial", "wrong", "reversed", "off-topic", "short", "long"}
half_of_the_set = pytest.mark.parametrize("half", ["tune", "held"])
every_question = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)


def rows(half: str) -> list[GoldResponse]:
    return [response for response in GOLD.responses if response.file == f"{half}.jsonl"]


def agreement(responses: Sequence[GoldResponse]) -> Figures:
    return figures([scored(GOLD, response) for response in responses])


def direction_notes(body: FreeResponse, text: str) -> list[str]:
    return [note for note in body.grade((text,)).feedback if note.startswith("Check the direction of: ")]


def test_the_set_is_as_large_and_as_mixed_as_it_says() -> None:
    responses = GOLD.responses

    assert GOLD.problems == ()
    assert len(responses) == len({row.text for row in responses}) == 205
    assert {
        row.question for row in responses
    } < BODIES.keys()  # the course's other questions have no graded responses yet
    assert len({row.question for row in responses}) >= 7
    assert {row.type for row in responses} == TYPES
    assert min(Counter(row.question for row in responses).values()) >= 25
    assert all(0 <= row.grade <= 1 for row in responses)
    assert {row.grade for row in responses if row.type == "off-topic"} == {0}


@half_of_the_set
def test_a_response_is_in_its_half_by_its_own_text(half: str) -> None:
    odd = {hashlib.sha256(row.text.encode()).digest()[0] & 1 for row in rows(half)}

    assert odd == {half == "held"}


@every_question
def test_the_model_response_has_all(body: FreeResponse) -> None:
    like = likeness(body, body.key()[0])
    mark = body.grade(body.key())

    assert (like.words, like.rubric, like.band, mark.fraction) == (1, 1, "most points found", 1)
    assert len(mark.feedback) == 1


@every_question
def test_nothing_is_worth_nothing(body: FreeResponse) -> None:
    like = likeness(body, "")

    assert (like.raw, like.band, body.grade(("",)).fraction) == (0, "not given", 0)


@every_question
def test_a_copy_of_the_stem_is_little_and_is_called_a_copy(body: FreeResponse) -> None:
    assert likeness(body, body.stem).band == "little evidence"
    assert "Nearly all of these words are the question's own." in body.grade((body.stem,)).feedback


@every_question
def test_key_words_alone_find_points_but_are_called_a_list(body: FreeResponse) -> None:
    soup = " ".join(group[0].rstrip("*") for point in body.rubric for group in point.groups)

    assert body.grade((soup,)).fraction == 1
    assert likeness(body, soup).band == "partial"
    assert any(note.startswith("This reads as a list of words.") for note in body.grade((soup,)).feedback)


@every_question
def test_a_negated_model_response_gets_a_note_and_no_penalty(body: FreeResponse) -> None:
    words = body.key()[0].split()
    negated, neutral = (
        " ".join(f"{filler} {word}" if i % 3 == 0 else word for i, word in enumerate(words))
        for filler in ("not", "indeed")  # either breaks a phrase that is looked for
    )

    assert direction_notes(body, negated)
    assert body.grade((negated,)).fraction >= body.grade((neutral,)).fraction >= 0.75


def test_the_scorer_reaches_what_was_measured_on_a_real_exam() -> None:
    found = agreement(GOLD.responses)

    assert found.words.pearson > EXAM.words
    assert found.raw.pearson > max(EXAM.rubric, EXAM.length)
    assert found.bands > 0.6


@half_of_the_set
def test_the_scorer_agrees_with_the_grader_better_than_length_does(half: str) -> None:
    found = agreement(rows(half))

    assert found.raw.pearson > found.length.pearson + 0.14  # the bank weighs the words, and grows
    assert found.raw.spearman > found.length.spearman + 0.1
    assert min(found.words.pearson, found.raw.pearson) > 0.6
    assert found.rubric.pearson > 0.55


@half_of_the_set
def test_where_nothing_is_turned_round_it_agrees_far_better(half: str) -> None:
    found = agreement([row for row in rows(half) if row.type != "reversed"])

    assert min(found.words.pearson, found.raw.pearson, found.raw.spearman) > 0.75
    assert found.raw.pearson > found.length.pearson + 0.3


@half_of_the_set
def test_most_that_is_turned_round_gets_a_note_and_little_else_does(half: str) -> None:
    noted = [(row.type == "reversed", bool(direction_notes(BODIES[row.question], row.text))) for row in rows(half)]
    turned, straight = ([note for is_turned, note in noted if is_turned is want] for want in (True, False))

    assert sum(turned) >= 0.75 * len(turned)
    assert sum(straight) <= 0.15 * len(straight)
