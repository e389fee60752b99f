import math
from collections.abc import Callable
from typing import Any

import pytest

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question

Read = Callable[..., Question]
OUTCOME = "id: q\nkind: predict\nlab: bowl\nrun: {learning_rate: 1e-1}\nask: outcome"
OPTIONS = "What happens?\n\n- converges\n- oscillates\n- diverges\n"


def experiment(question: Question) -> Any:  # both a body and an experiment
    assert isinstance(question.body, Experiment)
    return question.body


def asking(ask: str) -> str:
    return OUTCOME.replace("ask: outcome", f"ask: {ask}\ntolerance: {{rel: 0.1}}")


def test_the_key_is_unknown_before_the_run(read: Read) -> None:
    body = experiment(read(OUTCOME, OPTIONS))

    assert body.key() == ()
    assert body.settings() == {"learning_rate": 0.1}
    assert [body.grade((n,)).fraction for n in "123"] == [0, 0, 0]


@pytest.mark.parametrize(("behaviour", "key"), [("converges", "1"), ("oscillates", "2"), ("diverges", "3")])
def test_the_run_decides_the_outcome(read: Read, behaviour: str, key: str) -> None:
    body = experiment(read(OUTCOME, OPTIONS)).observe(behaviour, 0.5, 10)

    assert body.key() == (key,)
    assert [body.grade((n,)).fraction for n in "123"] == [float(n == key) for n in "123"]


def test_an_outcome_that_is_no_option_is_said(read: Read) -> None:
    with pytest.raises(ValueError, match="The run crawls, which is not among the options"):
        experiment(read(OUTCOME, OPTIONS)).observe("crawls", 0.5, 10)


def test_a_final_loss_is_asked_within_a_tolerance(read: Read) -> None:
    body = experiment(read(asking("final_loss"), "How much?")).observe("converges", 0.035, 10)

    assert body.grade(body.key()).fraction == 1
    assert [body.grade((text,)).fraction for text in ("0.0385", "0,0315", "3.5 %", "0.0386", "x")] == [1, 1, 1, 0, 0]


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_final_loss_that_is_no_number_cannot_be_asked_for(read: Read, loss: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        experiment(read(asking("final_loss"), "How much?")).observe("diverges", loss, 10)


def test_the_number_of_steps_is_what_the_run_took(read: Read) -> None:
    body = experiment(read(asking("steps_to"), "How many?")).observe("converges", 0.1, 40)

    assert body.key() == ("40",)
    assert [body.grade((text,)).fraction for text in ("40", "44", "45")] == [1, 1, 0]
    assert what_is_missing(body.interaction(), ("soon",))


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        (OUTCOME.replace("lab: bowl\n", ""), OPTIONS, 5, "needs a lab. Name one with 'lab: …'"),
        (OUTCOME.replace("run: {learning_rate: 1e-1}\n", ""), OPTIONS, 5, "needs 'run: {learning_rate"),
        (OUTCOME.replace("outcome", "outcom"), OPTIONS, 11, "Did you mean 'outcome'"),
        (OUTCOME, "- converges\n", 5, "List at least two outcomes"),
        (OUTCOME, "- converges\n- explodes\n", 15, "No outcome is called 'explodes'"),
        (OUTCOME, "- converges\n- divergs\n", 15, "Did you mean 'diverges'"),
        (OUTCOME.replace("{learning_rate: 1e-1}", "fast"), OPTIONS, 10, "'run' must be a mapping"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line
