from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coursekit.course import Course
from coursekit.scheduling import Card
from coursekit.study.leeches import LAPSES, Remedy, advice, is_leech, leeches, remedy, sentence

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def card(name: str, lapses: int) -> Card:
    return Card(name, NOW, 1.0, 9, 0.0, 5.0, lapses)


def test_a_leech_has_been_missed_again_and_again_after_it_was_learnt():
    assert not is_leech(card("a", LAPSES - 1))
    assert is_leech(card("a", LAPSES))


def test_the_worst_leech_is_the_first():
    found = leeches([card("few", LAPSES), card("none", 0), card("many", 9), card("also-many", 9)])

    assert [each.question for each in found] == ["also-many", "many", "few"]


def test_the_sentence_tells_how_many_and_the_worst():
    assert sentence(()) == "Nothing that was learnt is missed again and again."
    assert sentence(leeches([card("few", LAPSES), card("many", 9)])) == (
        "2 questions do not stick; the worst, many, was missed 9 times after it was learnt."
    )


def test_a_leech_is_sent_to_its_hint_and_its_lab(course: Course):
    question = course.question("pick-one")

    assert remedy(question, card("pick-one", LAPSES)) == Remedy("Write the gradient as a mean.", "bowl", False)


@pytest.mark.parametrize("lapses", [2 * LAPSES, 2 * LAPSES + 1])
def test_a_leech_that_nothing_helped_is_told_to_its_author(course: Course, lapses: int):
    assert remedy(course.question("pick-one"), card("pick-one", lapses)).tell_author


def test_a_leech_without_hint_and_lab_is_told_to_its_author(course: Course):
    question = replace(course.question("pick-one"), hints=(), lab=None)

    assert remedy(question, card("pick-one", LAPSES)) == Remedy("", None, True)


def test_the_advice_names_what_is_there(course: Course):
    slipping = Card("pick-one", NOW, 1.0, 9, 0.0, lapses=LAPSES)

    said = advice(course.question("pick-one"), slipping)
    worse = advice(course.question("pick-one"), slipping._replace(lapses=2 * LAPSES))

    assert said.startswith("You have missed this one 4 times after you knew it.")
    assert "its lab, bowl" in said
    assert "(key h)" in said
    assert "(key l)" in said
    assert "(key p)" not in said
    assert "(key p)" in worse
