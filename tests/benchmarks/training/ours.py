"""coursekit itself: `fit`, read step by step as a lab reads it."""

from collections.abc import Iterator
from itertools import islice
from math import ceil

from coursekit.train.fit import fit
from training.problems import Problem
from training.runner import Clock, Runner

_CHUNK = 1000  # backends work ahead by at most so many steps; counts are multiples, so that no chunk is cut
_LEAD = 2 * _CHUNK  # steps before the clock starts: data are made and TensorFlow's loop is traced by then
_LEAST = _CHUNK


def numpy_run(problem: Problem, clock: Clock) -> Runner:
    return _runner(problem, clock, "numpy")


def tensorflow_run(problem: Problem, clock: Clock) -> Runner:
    return _runner(problem, clock, "tensorflow")


def xla_run(problem: Problem, clock: Clock) -> Runner:
    return _runner(problem, clock, "tensorflow", xla=True)


def _runner(problem: Problem, clock: Clock, backend: str, *, xla: bool = False) -> Runner:
    def run(epochs: int) -> float:
        count = max(_LEAST, ceil(epochs * problem.steps_per_epoch / _CHUNK) * _CHUNK)
        losses = (step.loss for step in fit(problem.config(backend, xla=xla)))
        _read(losses, _LEAD)
        begun = clock()
        _read(losses, count)
        return (clock() - begun) / count

    return run


def _read(losses: Iterator[float], count: int) -> None:
    if len(list(islice(losses, count))) < count:
        raise RuntimeError("The run ended early: it diverged.")
