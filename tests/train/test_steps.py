from math import inf, nan

import pytest

from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.steps import Step, behaviour, outcome


def steps_of(learning_rate: float, eigenvalues: list[float]) -> list[Step]:
    model = {"name": "quadratic", "eigenvalues": eigenvalues, "start": [1.0] * len(eigenvalues)}
    config = {"model": model, "optimizer": "sgd", "learning_rate": learning_rate, "steps": 50}
    return list(fit(TrainingConfig.from_json(config)))


@pytest.mark.parametrize(
    ("learning_rate", "expected"),
    [
        (1e200, "diverges"),
        (1.1, "diverges"),
        (1.0, "oscillates"),
        (0.995, "oscillates"),
        (0.9, "converges"),
        (0.5, "converges"),
        (1e-3, "crawls"),
        (1e-4, "crawls"),
    ],
)
def test_behaviour_in_a_bowl(learning_rate: float, expected: str) -> None:
    assert behaviour(steps_of(learning_rate, [2.0])) == expected


@pytest.mark.parametrize(("learning_rate", "expected"), [(0.021, "diverges"), (0.02, "oscillates"), (0.001, "crawls")])
def test_behaviour_in_a_valley(learning_rate: float, expected: str) -> None:
    assert behaviour(steps_of(learning_rate, [0.1, 100.0]), converged_at=1e-4) == expected


def test_what_counts_as_converged_is_up_to_the_caller() -> None:
    steps = steps_of(0.01, [2.0])

    assert behaviour(steps) == "crawls"
    assert behaviour(steps, converged_at=0.2) == "converges"


@pytest.mark.parametrize(("loss", "validation_loss"), [(nan, None), (inf, None), (1.0, nan), (1.0, inf)])
def test_a_loss_that_is_not_finite_has_diverged(loss: float, validation_loss: float | None) -> None:
    steps = [Step(1, 1.0, None, 0.1, 1, 1.0), Step(2, loss, validation_loss, 0.1, 2, 1.0)]

    assert outcome(steps) == "diverged"
    assert behaviour(steps) == "diverges"


def test_a_flat_loss_crawls() -> None:
    steps = [Step(i, 1.0, 1.0, 0.1, i, 0.0) for i in range(1, 11)]

    assert outcome(steps) == "finished"
    assert behaviour(steps) == "crawls"
