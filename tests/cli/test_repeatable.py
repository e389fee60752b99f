"""The same command gives the same bytes, but for times."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursekit.train.backends import tensorflow_is_available

Run = Callable[..., Any]

BACKENDS = ["numpy", pytest.param("tensorflow", marks=pytest.mark.slow)]
TRAIN = ("--model", "mlp", "--data", "digits", "--batch-size", "32", "--steps", "40", "--learning-rate", "0.01")
_SECONDS = re.compile(r'"seconds": [^,}]+')


def timeless(out: str) -> str:
    """Return what was printed with every number of seconds struck out."""
    return _SECONDS.sub('"seconds": 0', out)


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Return each backend that is here."""
    if request.param == "tensorflow" and not tensorflow_is_available():
        pytest.skip("TensorFlow is not installed")
    return request.param


def test_a_lab_run_twice_prints_the_same_bytes(run: Run, shared_course: Path, tmp_path: Path, backend: str):
    words = ("lab", "run", "bowl", "--seed", 7, "--backend", backend, "--json")

    first = run(*words, course=shared_course, home=tmp_path)
    again = run(*words, course=shared_course, home=tmp_path / "elsewhere")

    assert first.out.count('"seconds"') == 10
    assert timeless(again.out) == timeless(first.out)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_training_twice_prints_the_same_bytes(run: Run, tmp_path: Path, backend: str, optimizer: str, dtype: str):
    words = ("train", *TRAIN, "--optimizer", optimizer, "--backend", backend, "--dtype", dtype, "--json")

    first = run(*words, home=tmp_path)
    again = run(*words, home=tmp_path / "elsewhere")

    assert first.out.count('"seconds"') == 40
    assert timeless(again.out) == timeless(first.out)


def test_a_lab_and_train_tell_of_the_same_steps(run: Run, shared_course: Path, tmp_path: Path, backend: str):
    bowl = '{"name": "quadratic", "eigenvalues": [2.0], "start": [1.0]}'
    words = ("--model", bowl, "--optimizer", "sgd", "--learning-rate", 0.05, "--steps", 10, "--backend", backend)

    lab = run("lab", "run", "bowl", "--backend", backend, "--json", course=shared_course, home=tmp_path).records
    train = run("train", *words, "--json", home=tmp_path).records

    assert train[0] == lab[0]
    for step, told in zip(train[1:-1], lab[1:-1], strict=True):
        assert {name: step[name] for name in told if name != "seconds"} == {
            name: value for name, value in told.items() if name != "seconds"
        }


def test_another_seed_prints_other_bytes(run: Run, tmp_path: Path):
    first, other = (
        run("train", *TRAIN, "--optimizer", "sgd", "--seed", seed, "--json", home=tmp_path).records for seed in (0, 1)
    )

    assert first[1]["loss"] != other[1]["loss"]
