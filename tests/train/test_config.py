import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coursekit
from coursekit import plugins
from coursekit.errors import ConfigError
from coursekit.train.config import TrainingConfig
from coursekit.train.data.digits import Digits
from coursekit.train.models.linear import Linear
from coursekit.train.optimizers.momentum import Momentum

ROOT = Path(coursekit.__file__).parents[1]
DIGITS = {
    "model": "mlp",
    "data": "digits",
    "optimizer": "sgd",
    "learning_rate": 0.5,
    "batch_size": 32,
    "steps": 300,
}
BOWL = {"model": "quadratic", "optimizer": "sgd", "learning_rate": 0.1, "steps": 10}

finite = st.floats(allow_nan=False, allow_infinity=False)
positive = st.floats(min_value=0, exclude_min=True, allow_nan=False, allow_infinity=False)
bowls = st.lists(st.tuples(st.floats(0, 1e6), finite), min_size=1, max_size=5).map(
    lambda pairs: {
        "name": "quadratic",
        "eigenvalues": [eigenvalue for eigenvalue, _ in pairs],
        "start": [start for _, start in pairs],
    }
)
mlps = st.lists(st.integers(1, 4096), min_size=1, max_size=8).map(lambda hidden: {"name": "mlp", "hidden": hidden})
problems = st.one_of(
    st.tuples(bowls, st.none(), st.none()),
    st.tuples(st.just("softmax") | mlps, st.just("digits"), st.none() | st.integers(1, 1437)),
    st.tuples(st.just("linear"), st.just({"name": "linear", "n": 50}), st.none() | st.integers(1, 40)),
    st.tuples(st.just("logistic"), st.just("sparse-logistic"), st.none() | st.integers(1, 4000)),
)
optimizers = st.sampled_from(plugins.names("coursekit.train.optimizers")) | st.floats(0, 0.99).map(
    lambda momentum: {"name": "momentum", "momentum": momentum}
)
rest = st.fixed_dictionaries(
    {"optimizer": optimizers, "learning_rate": positive, "steps": st.integers(1, 1_000_000)},
    optional={
        "seed": st.integers(0, 2**63),
        "eval_every": st.integers(1, 1000),
        "stop_below": st.none() | finite,
        "backend": st.sampled_from(["numpy", "tensorflow"]),
        "dtype": st.sampled_from(["float32", "float64"]),
    },
)


@given(problems, rest)
def test_any_valid_config_comes_back_from_json(problem: tuple[Any, Any, Any], rest: dict[str, Any]) -> None:
    model, data, batch_size = problem

    config = TrainingConfig.from_json({"model": model, "data": data, "batch_size": batch_size, **rest})

    assert TrainingConfig.from_json(json.loads(json.dumps(config.to_json(), allow_nan=False))) == config


def test_json_holds_every_option() -> None:
    config = TrainingConfig.from_json({**DIGITS, "optimizer": "momentum"})

    assert config.optimizer == Momentum(momentum=0.9)
    assert config.to_json() == {
        "model": {"name": "mlp", "hidden": [64], "activation": "relu", "init_by": "he"},
        "data": {"name": "digits"},
        "optimizer": {"name": "momentum", "momentum": 0.9},
        "learning_rate": 0.5,
        "schedule": {"name": "constant"},
        "weight_decay": 0.0,
        "clip_norm": None,
        "batch_size": 32,
        "shuffle": "each epoch",
        "drop_last": False,
        "steps": 300,
        "seed": 0,
        "eval_every": 10,
        "stop_below": None,
        "backend": "numpy",
        "dtype": "float64",
        "xla": False,
    }


# One wrong field each, and words that its message must hold: the field's name and what is allowed.
WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"steps": 0}, ["steps must be a whole number from 1 to 1,000,000, got 0."]),
    ({"steps": True}, ["steps", "whole number", "True"]),
    ({"steps": 1.0}, ["steps", "whole number"]),
    ({"steps": "300"}, ["steps", "whole number", "'300'"]),
    ({"steps": None}, ["steps", "None"]),
    ({"learning_rate": 0}, ["learning_rate must be a number above 0, got 0."]),
    ({"learning_rate": float("nan")}, ["learning_rate", "nan"]),
    ({"learning_rate": float("inf")}, ["learning_rate", "inf"]),
    ({"learning_rate": 10**400}, ["learning_rate"]),
    ({"learning_rate": "1e-3"}, ["learning_rate", "number above 0"]),
    ({"batch_size": 0}, ["batch_size must be a whole number of at least 1, or null, got 0."]),
    ({"batch_size": 1438}, ["batch_size", "1437", "'digits'"]),
    ({"seed": -1}, ["seed", "of at least 0"]),
    ({"eval_every": 0}, ["eval_every", "of at least 1"]),
    ({"stop_below": float("nan")}, ["stop_below", "number, or null"]),
    ({"backend": "torch"}, ["backend must be 'numpy' or 'tensorflow', got 'torch'."]),
    ({"dtype": "float16"}, ["dtype", "'float32' or 'float64'"]),
    ({"optimizer": "sdg"}, ["optimizer", "Did you mean 'sgd'?"]),
    ({"optimizer": 3}, ["optimizer must be a mapping"]),
    (
        {"optimizer": None},
        ["optimizer.name must be one of adagrad, adam, adamw, lion, momentum, nesterov, rmsprop, sgd"],
    ),
    ({"optimizer": {"momentum": 0.9}}, ["optimizer.name", "adagrad"]),
    ({"optimizer": {"name": "momentum", "momentum": 1}}, ["optimizer.momentum", "below 1"]),
    ({"optimizer": {"name": "momentum", "mometum": 0.5}}, ["optimizer.mometum", "Did you mean 'momentum'?"]),
    ({"optimizer": {"name": "adagrad", "epsilon": 0}}, ["optimizer.epsilon", "above 0"]),
    ({"model": "mpl"}, ["model", "Did you mean 'mlp'?"]),
    ({"model": None}, ["model"]),
    ({"model": {"name": "mlp", "hidden": []}}, ["model.hidden must be a list with length from 1 to 8"]),
    ({"model": {"name": "mlp", "hidden": 64}}, ["model.hidden", "list"]),
    ({"model": {"name": "mlp", "hidden": [64, 0]}}, ["model.hidden[1]", "from 1 to 4,096"]),
    ({"model": "linear"}, ["data", "'digits' has classes", "'linear' predicts numbers"]),
    ({"model": "logistic"}, ["data", "'digits' has classes", "predicts yes or no"]),
    ({"model": "quadratic"}, ["data must be null", "'quadratic'"]),
    ({"data": None}, ["data is missing", "classes"]),
    ({"data": "digit"}, ["data", "Did you mean 'digits'?"]),
    ({"data": {"name": "linear", "n": 5}}, ["data.n", "from 10 to 100,000"]),
    ({"learning_rte": 0.1}, ["learning_rte", "Did you mean 'learning_rate'?"]),
]


@pytest.mark.parametrize(("change", "words"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_field_is_named(change: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        TrainingConfig.from_json({**DIGITS, **change})

    message = str(caught.value)
    assert "\n" not in message
    assert [word for word in words if word not in message] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"batch_size": 1}, "batch_size must be null"),
        ({"model": {"name": "quadratic", "start": [1.0]}}, "model.start must have as many entries"),
        ({"model": {"name": "quadratic", "eigenvalues": [-1.0, 1.0]}}, "model.eigenvalues[0]"),
    ],
)
def test_a_wrong_field_without_data_is_named(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        TrainingConfig.from_json({**BOWL, **change})

    assert words in str(caught.value)


@pytest.mark.parametrize("field", ["model", "optimizer", "learning_rate", "steps"])
def test_a_missing_field_is_named(field: str) -> None:
    with pytest.raises(ConfigError, match=f"^{field} is missing: it must be "):
        TrainingConfig.from_json({key: value for key, value in DIGITS.items() if key != field})


@pytest.mark.parametrize("mapping", [None, 3, "sgd", ["model"]])
def test_anything_but_a_mapping_is_refused(mapping: Any) -> None:
    with pytest.raises(ConfigError, match="must be a mapping of options"):
        TrainingConfig.from_json(mapping)


def test_a_config_made_in_code_is_checked_too() -> None:
    config = TrainingConfig.from_json(DIGITS)

    with pytest.raises(ConfigError, match="steps must be"):
        replace(config, steps=0)
    with pytest.raises(ConfigError, match=r"optimizer\.momentum must be"):
        replace(config, optimizer=Momentum(momentum=2.0))
    with pytest.raises(ConfigError, match="data: 'digits' has classes"):
        replace(config, model=Linear(), data=Digits())


def test_reading_a_config_loads_no_numpy() -> None:
    code = (
        "import json, sys\n"
        "from coursekit.train.backends import tensorflow_is_available\n"
        "from coursekit.train.config import TrainingConfig\n"
        "from coursekit.train.steps import behaviour, outcome\n"
        "for config in json.loads(sys.argv[1]): TrainingConfig.from_json(config)\n"
        "tensorflow_is_available()\n"
        "print([name for name in ('numpy', 'tensorflow') if name in sys.modules])\n"
    )
    configs = [DIGITS, BOWL, {**BOWL, "model": "linear", "data": "linear"}]

    run = subprocess.run(
        [sys.executable, "-c", code, json.dumps(configs)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout, run.stderr) == ("[]\n", "")
