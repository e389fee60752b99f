import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train import backends
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.steps import outcome

LINEAR = TrainingConfig.from_json(
    {
        "model": "linear",
        "data": {"name": "linear", "n": 125, "features": 3},
        "optimizer": "sgd",
        "learning_rate": 0.05,
        "batch_size": 30,
        "steps": 25,
    }
)


def bowl(learning_rate: float, **changes: Any) -> TrainingConfig:
    model = {"name": "quadratic", "eigenvalues": [2.0], "start": [1.0]}
    return TrainingConfig.from_json(
        {"model": model, "optimizer": "sgd", "learning_rate": learning_rate, "steps": 50, **changes}
    )


def test_steps_count_from_1_and_examples_add_up() -> None:
    steps = list(fit(LINEAR))

    assert [step.step for step in steps] == list(range(1, 26))
    assert [step.examples for step in steps[:6]] == [30, 60, 90, 100, 130, 160]


def test_validation_loss_is_measured_every_so_often_and_at_the_end() -> None:
    steps = list(fit(LINEAR))

    assert [step.step for step in steps if step.validation_loss is not None] == [10, 20, 25]


def test_the_same_config_gives_the_same_run() -> None:
    assert list(fit(LINEAR)) == list(fit(LINEAR))


def test_another_seed_gives_another_run() -> None:
    assert list(fit(LINEAR)) != list(fit(replace(LINEAR, seed=1)))


def test_linear_regression_reaches_the_noise() -> None:
    config = replace(LINEAR, steps=300)

    *_, last = fit(config)

    assert last.validation_loss == pytest.approx(0.1**2, rel=0.5)


def test_a_bowl_is_exact_at_every_step() -> None:
    steps = list(fit(bowl(0.1)))

    expected = [0.8 ** (2 * i) for i in range(51)]
    assert [step.loss for step in steps] == pytest.approx(expected[:-1], rel=1e-12)
    assert [step.validation_loss for step in steps] == pytest.approx(expected[1:], rel=1e-12)
    assert [step.gradient_norm for step in steps[:2]] == pytest.approx([2.0, 1.6])
    assert steps[-1].examples == 50


def test_a_run_ends_once_it_is_low_enough() -> None:
    steps = list(fit(bowl(0.1, stop_below=0.5)))

    assert len(steps) == 2
    assert outcome(steps) == "finished"


def test_a_diverged_run_is_an_ordinary_result() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        steps = list(fit(bowl(1e200)))

    assert len(steps) < 50
    assert not steps[-1].is_finite
    assert all(step.is_finite for step in steps[:-1])
    assert outcome(steps) == "diverged"


@pytest.mark.parametrize("model", ["softmax", "mlp"])
def test_a_network_diverges_without_a_warning(model: str) -> None:
    config = {"model": model, "data": "digits", "optimizer": "sgd", "learning_rate": 1e308, "steps": 20}

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        steps = list(fit(TrainingConfig.from_json(config)))

    assert outcome(steps) == "diverged"


@pytest.mark.parametrize(
    "change",
    [
        {"optimizer": {"name": "adagrad", "initial_accumulator": 1e300}},
        {"model": {"name": "quadratic", "eigenvalues": [1e300], "start": [1e300]}},
        {"model": "linear", "data": {"name": "linear", "noise": 1e308}},
        {"model": "logistic", "data": {"name": "sparse-logistic", "strength": 1e300}},
        {"learning_rate": 1e300},
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_huge_options_give_no_warning(change: dict[str, Any], dtype: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        steps = list(fit(bowl(**{"learning_rate": 0.1, "dtype": dtype, **change})))

    assert steps


def test_a_run_leaves_numpys_warnings_as_they_were() -> None:
    before = np.geterr()

    for _ in fit(bowl(0.1)):
        assert np.geterr() == before


def test_digits_are_learned() -> None:
    config = TrainingConfig.from_json(
        {
            "model": "mlp",
            "data": "digits",
            "optimizer": "sgd",
            "learning_rate": 0.5,
            "batch_size": 32,
            "steps": 300,
        }
    )

    steps = list(fit(config))

    assert steps[0].loss > 2
    assert steps[-1].validation_loss == pytest.approx(0.1334, abs=0.001)


def test_float32_is_near_float64() -> None:
    double, single = (list(fit(replace(LINEAR, dtype=dtype))) for dtype in ("float64", "float32"))

    assert [step.loss for step in single] == pytest.approx([step.loss for step in double], rel=1e-4)
    assert single != double


def test_a_missing_tensorflow_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends, "find_spec", {}.get)

    with pytest.raises(ConfigError, match="backend: TensorFlow is not installed here"):
        next(fit(replace(LINEAR, backend="tensorflow")))
