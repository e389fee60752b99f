"""Every schedule is a factor in [0, 1] and agrees with Keras; what does not fit the run is refused by name."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import coursekit
from coursekit import plugins
from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.options import read, write
from coursekit.train.schedules import Schedule
from coursekit.train.schedules.warmup import Warmup

ROOT = Path(coursekit.__file__).parents[1]
FAMILY = "coursekit.train.schedules"
NAMES = plugins.names(FAMILY)
STEPS = 60


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    schedule: Schedule


def made(options: Any) -> Schedule:
    return read(Run, {"schedule": options}).schedule


def factors(schedule: Schedule, steps: int) -> list[float]:
    return [schedule.factor(step, steps) for step in range(steps)]


Options = dict[str, Any]
fractions = st.floats(0, 1)
positive = st.floats(0, 1e308, exclude_min=True)


def decay_steps(steps: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(1, steps)


# Options that fit a run of so many steps, at least 2.
FITTING: dict[str, Callable[[int], st.SearchStrategy[Options]]] = {
    "constant": lambda _: st.just({}),
    "step": lambda steps: st.fixed_dictionaries(
        {"boundaries": st.sets(st.integers(0, steps - 2), min_size=1, max_size=1000).map(sorted)},
        optional={"drop": st.floats(0, 1, exclude_min=True, exclude_max=True)},
    ),
    "exponential": lambda steps: st.fixed_dictionaries(
        {"decay_rate": st.floats(0, 1, exclude_min=True), "decay_steps": decay_steps(steps)}
    ),
    "inverse-time": lambda steps: st.fixed_dictionaries(
        {"decay_rate": st.floats(0, 1e308), "decay_steps": decay_steps(steps)}
    ),
    "polynomial": lambda steps: st.fixed_dictionaries(
        {"power": positive, "end_factor": fractions, "decay_steps": decay_steps(steps)}
    ),
    "cosine": lambda steps: st.fixed_dictionaries({"end_factor": fractions, "decay_steps": decay_steps(steps)}),
    "warmup": lambda steps: st.integers(0, steps - 2).flatmap(
        lambda warmup_steps: st.fixed_dictionaries(
            {"warmup_steps": st.just(warmup_steps), "then": others(steps - warmup_steps)}
        )
    ),
}


def fitting(name: str, steps: int) -> st.SearchStrategy[Options]:
    return FITTING[name](steps).map(lambda options: {"name": name, **options})


def others(steps: int) -> st.SearchStrategy[Options]:
    return st.one_of([fitting(name, steps) for name in NAMES if name != "warmup"])


@pytest.mark.parametrize("name", NAMES)
@given(steps=st.integers(2, 300), data=st.data())
def test_every_factor_is_from_0_to_1(name: str, steps: int, data: st.DataObject) -> None:
    schedule = made(data.draw(fitting(name, steps)))

    schedule.check(steps)

    assert [factor for factor in factors(schedule, steps) if not 0 <= factor <= 1] == []


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_every_schedule_comes_back_from_json(name: str, data: st.DataObject) -> None:
    run = read(Run, {"schedule": data.draw(fitting(name, STEPS))})

    assert read(Run, write(run)) == run


@pytest.mark.parametrize("name", [name for name in NAMES if name != "warmup"])
@given(steps=st.integers(2, 100), warmup_steps=st.integers(0, 100), data=st.data())
def test_after_the_warm_up_the_other_begins(name: str, steps: int, warmup_steps: int, data: st.DataObject) -> None:
    then = made(data.draw(fitting(name, steps)))
    whole = Warmup(warmup_steps=warmup_steps, then=then)

    rising, rest = np.split(factors(whole, warmup_steps + steps), [warmup_steps])

    np.testing.assert_array_equal(rising, np.arange(warmup_steps) / max(warmup_steps, 1))
    assert rest.tolist() == factors(then, steps)


@pytest.mark.parametrize("name", ["polynomial", "cosine"])
def test_a_decay_that_is_over_stays_at_its_end(name: str) -> None:
    schedule = made({"name": name, "end_factor": 0.25, "decay_steps": 40})

    assert schedule.factor(39, STEPS) > 0.25
    assert {schedule.factor(step, STEPS) for step in range(40, STEPS + 10)} == {0.25}


@pytest.mark.parametrize("name", ["cosine", "exponential", "inverse-time", "polynomial"])
def test_without_steps_of_its_own_a_decay_takes_the_whole_run(name: str) -> None:
    whole, told = made({"name": name}), made({"name": name, "decay_steps": STEPS})

    assert factors(whole, STEPS) == factors(told, STEPS)
    assert factors(whole, STEPS) != factors(whole, STEPS + 1)[:-1]


WARMUP: Options = {"name": "warmup", "warmup_steps": 30, "then": "constant"}
DECAY = "decay_steps must be at most 300, the steps of the run; it is 400."

# What does not fit a run of 300 steps, the message, and the longest of its kind that fits.
TOO_LONG: list[tuple[Options, str, Options]] = [
    *(
        ({"name": name, "decay_steps": 400}, DECAY, {"name": name, "decay_steps": 300})
        for name in ("cosine", "exponential", "inverse-time", "polynomial")
    ),
    (
        {"name": "step", "boundaries": [10, 299]},
        "boundaries must be below 299, the last step counted from 0; one is 299.",
        {"name": "step", "boundaries": [10, 298]},
    ),
    (
        {**WARMUP, "warmup_steps": 300},
        "warmup_steps must be below 300, the steps of the run; it is 300.",
        {**WARMUP, "warmup_steps": 299},
    ),
    (
        {**WARMUP, "then": {"name": "cosine", "decay_steps": 271}},
        "then.decay_steps must be at most 270, the steps of the run; it is 271. Its run begins after the warm-up.",
        {**WARMUP, "then": {"name": "cosine", "decay_steps": 270}},
    ),
]


@pytest.mark.parametrize(("too_long", "message", "longest"), TOO_LONG)
def test_nothing_lies_past_the_end_of_the_run(too_long: Options, message: str, longest: Options) -> None:
    made(longest).check(300)

    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        made(too_long).check(300)


def test_the_last_boundary_that_fits_changes_the_last_step() -> None:
    schedule = made({"name": "step", "boundaries": [298], "drop": 0.5})

    assert factors(schedule, 300)[-2:] == [1.0, 0.5]


# One wrong field each, and words that its message must hold.
WRONG: list[tuple[Any, list[str]]] = [
    ("cosin", ["schedule has no 'cosin'.", "Did you mean 'cosine'?"]),
    (None, [f"schedule.name must be one of {', '.join(NAMES)}"]),
    (3, ["schedule must be a mapping"]),
    ({"name": "cosine", "end_facto": 0.1}, ["schedule.end_facto ", "Did you mean 'end_factor'?"]),
    ({"name": "cosine", "end_factor": 1.5}, ["schedule.end_factor must be a number from 0 to 1, got 1.5."]),
    ({"name": "cosine", "decay_steps": 0}, ["schedule.decay_steps must be a whole number of at least 1, or null"]),
    ({"name": "polynomial", "power": 0}, ["schedule.power", "above 0"]),
    ({"name": "exponential", "decay_rate": 1.5}, ["schedule.decay_rate", "above 0 and of at most 1"]),
    ({"name": "inverse-time", "decay_rate": -1}, ["schedule.decay_rate", "of at least 0"]),
    ("step", ["schedule.boundaries is missing", "a list with length", "a whole number"]),
    ({"name": "step", "boundaries": []}, ["schedule.boundaries", "length from 1 to"]),
    ({"name": "step", "boundaries": [-1]}, ["schedule.boundaries[0]", "of at least 0"]),
    ({"name": "step", "boundaries": [5, 5]}, ["schedule.boundaries must rise", "5 comes after 5"]),
    ({"name": "step", "boundaries": [5], "drop": 1}, ["schedule.drop", "below 1"]),
    ("warmup", ["schedule.warmup_steps is missing"]),
    ({"name": "warmup", "warmup_steps": 3}, ["schedule.then is missing", "one of constant, cosine"]),
    ({**WARMUP, "warmup_step": 3}, ["schedule.warmup_step ", "Did you mean 'warmup_steps'?"]),
    ({**WARMUP, "warmup_steps": -1}, ["schedule.warmup_steps", "of at least 0"]),
    ({**WARMUP, "then": "cosin"}, ["schedule.then has no 'cosin'", "Did you mean 'cosine'?"]),
    ({**WARMUP, "then": {"name": "step", "boundaries": [2, 1]}}, ["schedule.then.boundaries must rise"]),
    ({**WARMUP, "then": {"name": "cosine", "decay_steps": 0.5}}, ["schedule.then.decay_steps", "whole number"]),
]


@pytest.mark.parametrize(("options", "words"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_field_is_named(options: Any, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        made(options)

    assert [word for word in words if word not in str(caught.value)] == []


def test_a_schedule_needs_no_numpy() -> None:
    code = (
        "import sys\n"
        "from coursekit import plugins\n"
        f"for name in {NAMES}: plugins.load('{FAMILY}', name)\n"
        "print('numpy' in sys.modules)\n"
    )

    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (run.stdout, run.stderr) == ("False\n", "")


START: Options = {"initial_learning_rate": 1.0}

# Options, and the schedule of Keras with the options that it must agree with for 60 steps.
KERAS: list[tuple[Options, str, Options]] = [
    (
        {"name": "step", "boundaries": [10, 30], "drop": 0.5},
        "PiecewiseConstantDecay",
        {"boundaries": [10, 30], "values": [1.0, 0.5, 0.25]},
    ),
    ({"name": "exponential"}, "ExponentialDecay", {**START, "decay_steps": 60, "decay_rate": 0.1}),
    (
        {"name": "exponential", "decay_rate": 0.5, "decay_steps": 20},
        "ExponentialDecay",
        {**START, "decay_steps": 20, "decay_rate": 0.5},
    ),
    ({"name": "inverse-time"}, "InverseTimeDecay", {**START, "decay_steps": 60, "decay_rate": 9.0}),
    (
        {"name": "inverse-time", "decay_rate": 0.5, "decay_steps": 7},
        "InverseTimeDecay",
        {**START, "decay_steps": 7, "decay_rate": 0.5},
    ),
    ({"name": "polynomial"}, "PolynomialDecay", {**START, "decay_steps": 60, "end_learning_rate": 0.0}),
    (
        {"name": "polynomial", "power": 0.5, "end_factor": 0.2, "decay_steps": 40},
        "PolynomialDecay",
        {**START, "decay_steps": 40, "end_learning_rate": 0.2, "power": 0.5},
    ),
    ({"name": "cosine"}, "CosineDecay", {**START, "decay_steps": 60}),
    (
        {"name": "cosine", "end_factor": 0.1, "decay_steps": 40},
        "CosineDecay",
        {**START, "decay_steps": 40, "alpha": 0.1},
    ),
    (
        {"name": "warmup", "warmup_steps": 12, "then": {"name": "cosine", "end_factor": 0.1}},
        "CosineDecay",
        {"initial_learning_rate": 0.0, "warmup_target": 1.0, "warmup_steps": 12, "decay_steps": 48, "alpha": 0.1},
    ),
]


def test_every_schedule_has_a_reference() -> None:
    # To Keras a constant rate is a number.
    assert {options["name"] for options, *_ in KERAS} | {"constant"} == set(NAMES)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.parametrize(("options", "reference", "reference_options"), KERAS)
def test_factors_agree_with_keras(options: Options, reference: str, reference_options: Options) -> None:
    from tensorflow import keras  # pyright: ignore[reportMissingModuleSource] - 5 s

    theirs = getattr(keras.optimizers.schedules, reference)(**reference_options)

    ours = factors(made(options), STEPS)

    # Keras computes in float32.
    np.testing.assert_allclose(ours, [float(theirs(step)) for step in range(STEPS)], rtol=1e-6, atol=1e-6)
