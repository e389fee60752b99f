import math
from collections.abc import Callable
from typing import Any

import pytest

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.questions._body import Experiment, Observation
from coursekit.questions._question import Question

Read = Callable[..., Question]
OUTCOME = "id: q\nkind: predict\nlab: bowl\nrun: {learning_rate: 1e-1}\nask: outcome"
OPTIONS = "What happens?\n\n- converges\n- oscillates\n- diverges\n"


def experiment(question: Question) -> Any:  # both a body and an experiment
    assert isinstance(question.body, Experiment)
    return question.body


def seen(question: Question, behaviour: str, final_loss: float, steps: int) -> Any:
    body = experiment(question)
    return body.decided(body.observe([Observation(behaviour, ((1, 1.0), (steps, final_loss)))]))


def asking(ask: str) -> str:
    target = "\ntarget: 0.2" if ask == "steps_to" else ""
    return OUTCOME.replace("ask: outcome", f"ask: {ask}{target}\ntolerance: {{rel: 0.1}}")


def test_the_key_is_unknown_before_the_run(read: Read) -> None:
    body = experiment(read(OUTCOME, OPTIONS))

    assert body.key() == ()
    assert body.runs() == ({"learning_rate": 0.1},)
    assert [body.grade((n,)).fraction for n in "123"] == [0, 0, 0]


@pytest.mark.parametrize(("behaviour", "key"), [("converges", "1"), ("oscillates", "2"), ("diverges", "3")])
def test_the_run_decides_the_outcome(read: Read, behaviour: str, key: str) -> None:
    body = seen(read(OUTCOME, OPTIONS), behaviour, 0.5, 10)

    assert body.key() == (key,)
    assert [body.grade((n,)).fraction for n in "123"] == [float(n == key) for n in "123"]


def test_an_outcome_that_is_no_option_is_said(read: Read) -> None:
    with pytest.raises(ValueError, match="The run crawls, which is not among the options"):
        seen(read(OUTCOME, OPTIONS), "crawls", 0.5, 10)


def test_a_final_loss_is_asked_within_a_tolerance(read: Read) -> None:
    body = seen(read(asking("final_loss"), "How much?"), "converges", 0.035, 10)

    assert body.grade(body.key()).fraction == 1
    assert [body.grade((text,)).fraction for text in ("0.0385", "0,0315", "3.5 %", "0.0386", "x")] == [1, 1, 1, 0, 0]


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_final_loss_that_is_no_number_cannot_be_asked_for(read: Read, loss: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        seen(read(asking("final_loss"), "How much?"), "diverges", loss, 10)


def test_the_number_of_steps_is_what_the_run_took_to_the_target(read: Read) -> None:
    body = seen(read(asking("steps_to"), "How many?"), "converges", 0.1, 40)

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


PAIR = "id: q\nkind: predict\nlab: bowl\nruns: [{learning_rate: 0.1}, {learning_rate: 0.4}]\nask: which_is_lower"
TWO = "Which ends lower?\n\n- rate 0.1\n- rate 0.4\n"


def ending(*losses: float) -> list[Observation]:
    return [Observation("converges", ((1, 1.0), (9, loss))) for loss in losses]


@pytest.mark.parametrize(
    ("losses", "key"),
    [((0.5, 0.1), "2"), ((0.1, 0.5), "1"), ((math.nan, 0.5), "2"), ((0.5, math.inf), "1"), ((-0.5, -0.1), "1")],
)
def test_of_two_runs_the_one_that_ends_lower_is_the_key(read: Read, losses: tuple[float, ...], key: str) -> None:
    body = experiment(read(PAIR, TWO))

    body = body.decided(body.observe(ending(*losses)))

    assert body.key() == (key,)
    assert [body.grade((number,)).fraction for number in "12"] == [float(number == key) for number in "12"]


@pytest.mark.parametrize("losses", [(0.1, 0.1), (0.1, 0.1019), (math.nan, math.inf), (0.0, 0.0)])
def test_two_runs_that_nobody_can_tell_apart_decide_nothing(read: Read, losses: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="too near each other"):
        experiment(read(PAIR, TWO)).observe(ending(*losses))


def test_steps_to_a_loss_that_is_never_reached_cannot_be_asked_for(read: Read) -> None:
    with pytest.raises(ValueError, match=r"never reaches a loss of 0\.2"):
        seen(read(asking("steps_to"), "How many?"), "crawls", 0.3, 10)


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        (PAIR.replace("runs: [{learning_rate: 0.1}, {learning_rate: 0.4}]\n", ""), TWO, 5, "needs two runs"),
        (PAIR.replace("0.4", "0.1"), TWO, 10, "needs two runs"),
        (PAIR.replace(", {learning_rate: 0.4}", ""), TWO, 10, "needs two runs"),
        (PAIR, "- one\n", 5, "List two options"),
        (PAIR + "\nrun: {learning_rate: 1}", TWO, 12, "Unknown field 'run'"),
        (asking("steps_to").replace("target: 0.2\n", ""), "How many?", 11, "needs the loss to be reached"),
        (OUTCOME + "\nattempts: 2", OPTIONS, 12, "decided at once. Write 'attempts: 1'"),
        (OUTCOME + "\nreveal: never", OPTIONS, 12, "Take 'reveal' out"),
    ],
)
def test_what_is_wrong_with_two_runs_or_a_target_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line
