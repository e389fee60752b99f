import math
from dataclasses import replace
from typing import cast

import pytest

from coursekit.course import Course
from coursekit.lab.experiment import decide
from coursekit.lab.point import Point
from coursekit.questions.predict import Predict


def point(step: int, loss: float, validation_loss: float | None = None, norm: float = 1.0) -> Point:
    return Point(step, loss, validation_loss, 0.1, step, norm, 0.0)


@pytest.mark.parametrize(
    ("points", "key"),
    [
        ([point(1, 1.0), point(2, 0.1), point(3, 0.01)], "1"),
        ([point(1, 1.0, norm=9.0), point(2, 0.9, norm=9.0), point(3, 1.0, norm=9.0)], "2"),
        ([point(1, 1.0), point(2, 1.5), point(3, 2.5)], "3"),
        ([point(1, 1.0), point(2, math.nan)], "3"),
        ([point(1, 1.0, 1.0), point(2, 1.0, 0.01)], "1"),
    ],
)
def test_a_run_gives_a_prediction_its_key(course: Course, points: list[Point], key: str):
    question = course.question("guess-run")
    assert question.body.key() == ()

    decided = decide(question, [points])

    assert decided.body.key() == (key,)
    assert decided.body.grade((key,)).fraction == 1.0
    assert decided.fingerprint == question.fingerprint


def test_a_run_that_does_what_no_option_says_cannot_decide(course: Course):
    crawl = [point(step, 1.0 - step / 1000, norm=0.001) for step in range(1, 5)]

    with pytest.raises(ValueError, match="crawls, which is not among the options"):
        decide(course.question("guess-run"), [crawl])


@pytest.mark.parametrize(
    ("ask", "points", "key"),
    [
        ("final_loss", [point(1, 1.0), point(2, 0.25)], "0.25"),
        ("final_loss", [point(1, 1.0, 0.5), point(2, 0.3, 0.125)], "0.125"),
        ("steps_to", [point(1, 1.0), point(2, 0.5), point(3, 0.1)], "3"),
    ],
)
def test_a_run_gives_a_number_to_predict(course: Course, ask: str, points: list[Point], key: str):
    question = course.question("guess-run")
    body = replace(cast("Predict", question.body), ask=ask, target=0.1, items=(), relative=0.01)

    decided = decide(replace(question, body=body), [points])

    assert decided.body.key() == (key,)


def test_a_final_loss_that_is_no_number_cannot_be_asked_for(course: Course):
    question = course.question("guess-run")
    body = replace(cast("Predict", question.body), ask="final_loss", items=())

    with pytest.raises(ValueError, match="not a number"):
        decide(replace(question, body=body), [[point(1, math.inf)]])


def test_other_kinds_need_no_run(course: Course):
    question = course.question("claim")

    assert decide(question, []) is question


def test_where_a_validation_loss_is_measured_it_is_what_is_asked_for(course: Course):
    question = course.question("guess-run")
    body = replace(cast("Predict", question.body), ask="steps_to", target=0.2, items=(), relative=0.01)
    points = [point(1, 0.1), point(2, 0.1, 0.3), point(3, 0.1), point(4, 0.1, 0.2)]

    assert decide(replace(question, body=body), [points]).body.key() == ("4",)
