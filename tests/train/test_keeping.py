from itertools import islice
from typing import Any

import numpy as np
import pytest

from coursekit.train.backends import start
from coursekit.train.batches import batches
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit, follow
from coursekit.train.keeping import Stop, keep
from coursekit.train.problem import prepare

SOFTMAX: dict[str, Any] = {"model": "softmax", "data": "digits", "batch_size": 100, "optimizer": "adam"}
BOWL: dict[str, Any] = {"model": "quadratic", "optimizer": "sgd"}


def config(run: dict[str, Any], **changes: Any) -> TrainingConfig:
    return TrainingConfig.from_json({"learning_rate": 0.05, "steps": 50, **run, **changes})


def kept(run: TrainingConfig, every: int) -> tuple[list[float], list[Stop]]:
    """Return the shares that are told on the way, and the stops."""
    shares: list[float] = []
    going = keep(run, prepare(run), every)
    while True:
        try:
            shares.append(next(going))
        except StopIteration as end:
            return shares, end.value


@pytest.mark.parametrize("every", [1, 3, 7, 50, 60])
@pytest.mark.parametrize("eval_every", [4, 1000])
def test_a_run_that_is_stopped_at_takes_the_same_steps(every: int, eval_every: int) -> None:
    given = config(SOFTMAX, eval_every=eval_every)
    problem = prepare(given)
    run = start(problem, "numpy")
    params = [problem.params, *(run.params for _ in follow(given, problem, run, at_once=1))]

    _, stops = kept(given, every)

    assert [stop.step for stop in stops] == [*range(0, 50, every), 50]
    for stop in stops:
        np.testing.assert_array_equal(stop.params, params[stop.step])


def test_batches_and_rates_are_those_of_the_next_step() -> None:
    given = config(SOFTMAX, schedule="cosine")
    rows, rates = list(islice(batches(given.seed, 1437, 100), 50)), [step.learning_rate for step in fit(given)]

    _, (*stops, end) = kept(given, every=7)

    for stop in stops:
        np.testing.assert_array_equal(stop.batch, rows[stop.step])
        assert stop.rate == rates[stop.step]
    assert (end.batch, end.rate) == (None, None)


def test_the_share_of_the_steps_is_told() -> None:
    shares, _ = kept(config(BOWL), every=10)

    assert shares == [0.2, 0.4, 0.6, 0.8, 1]


def test_a_run_that_ends_early_is_kept_to_its_end() -> None:
    early = config(BOWL, stop_below=0.1, steps=1000)

    _, stops = kept(early, every=4)

    assert stops[-1].step == len(list(fit(early))) < 100
    assert stops[-1].batch is None


@pytest.mark.parametrize("every", [1, 10])
def test_nothing_is_kept_from_beyond_the_end_of_a_run_that_diverges(every: int) -> None:
    linear = {"model": "linear", "data": "linear", "batch_size": 16, "optimizer": "sgd"}
    wild = config(linear, learning_rate=1e20, steps=1000, eval_every=1000)

    _, stops = kept(wild, every)

    assert stops[-1].step <= len(list(fit(wild))) < 100
