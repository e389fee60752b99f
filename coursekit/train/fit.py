"""Training itself: a generator of one record per step, which the caller prints, plots or stops.

    for step in fit(config):
        print(step.step, step.loss)

The same configuration gives the same steps.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from math import isfinite
from typing import Any, cast

from coursekit.train.backends import Measured, Run, Taken, start
from coursekit.train.batches import Batches, BatchOrder
from coursekit.train.config import TrainingConfig
from coursekit.train.problem import Problem, prepare
from coursekit.train.steps import Step, behaviour, outcome

__all__ = ["Step", "behaviour", "fit", "outcome"]

# A call of Step takes twice as long:
_MAKE = cast("Callable[[type[Step], Iterable[Any]], Step]", tuple.__new__)  # pyright: ignore[reportUnknownMemberType]


def fit(config: TrainingConfig, problem: Problem | None = None) -> Iterator[Step]:
    """Train, yielding each step.

    Ends early after a loss that is not finite, or a validation loss of at most `stop_below`.
    """
    problem = problem or prepare(config)
    return follow(config, problem, start(problem, config.backend))


def follow(config: TrainingConfig, problem: Problem, run: Run, at_once: int | None = None) -> Iterator[Step]:
    """Lead a run through the batches and learning rates of its configuration; it takes some steps at once."""
    rows = len(problem.split.x_train)
    order = BatchOrder(config.seed, rows, config.batch_size or rows, config.shuffle, drop_last=config.drop_last)
    done = examples = 0
    while done < config.steps:
        batches = order.take(min(at_once or run.at_once, _next_count(config, done)))
        rates = _rates(config, done, len(batches.ends))
        taken = run.advance(batches, rates)
        steps = _steps(done, examples, batches, rates, taken)
        done, examples = steps[-1].step, steps[-1].examples
        if _is_due(config, done):
            steps[-1] = _with(steps[-1], run.measure())
        last = _last(config, steps)
        yield from steps[: last + 1]
        if last < len(steps):
            return


def _next_count(config: TrainingConfig, done: int) -> int:
    """Return how many steps to take at once: up to the next validation loss."""
    every = _every(config)
    return min(every - done % every, config.steps - done)


def _every(config: TrainingConfig) -> int:
    return config.eval_every if config.data else 1  # without data the loss costs next to nothing


def _is_due(config: TrainingConfig, done: int) -> bool:
    return done % _every(config) == 0 or done == config.steps


def _rates(config: TrainingConfig, done: int, count: int) -> list[float]:
    """Return the learning rate of each step to come."""
    factor, lr, steps = config.schedule.factor, config.learning_rate, config.steps
    return [lr * factor(number, steps) for number in range(done, done + count)]


def _steps(done: int, examples: int, batches: Batches, rates: Sequence[float], taken: Taken) -> list[Step]:
    numbers = range(done + 1, done + len(rates) + 1)
    seen = [examples + end for end in batches.ends]
    rows = zip(numbers, taken.losses, repeat(None), rates, seen, taken.norms, repeat(None), strict=False)
    return [*map(_MAKE, repeat(Step), rows)]


def _with(step: Step, measured: Measured) -> Step:
    return step._replace(validation_loss=measured.loss, accuracy=measured.accuracy)


def _last(config: TrainingConfig, steps: Sequence[Step]) -> int:
    """Return the index of the step that ends the run, or the number of steps when it goes on."""
    if not isfinite(sum(step.loss for step in steps)) or not steps[-1].is_finite:
        return next((i for i, step in enumerate(steps) if not step.is_finite), len(steps))
    reached = steps[-1].validation_loss
    is_reached = reached is not None and config.stop_below is not None and reached <= config.stop_below
    return len(steps) - 1 if is_reached else len(steps)
