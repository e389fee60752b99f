"""Training itself: a generator of one record per step, which the caller prints, plots or stops.

    for step in fit(config):
        print(step.step, step.loss)

The same configuration gives the same steps.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from coursekit.train.backends import Run, start
from coursekit.train.config import TrainingConfig
from coursekit.train.problem import prepare
from coursekit.train.steps import Step, behaviour, outcome
from coursekit.train.streams import batches

__all__ = ["Step", "behaviour", "fit", "outcome"]

_CHUNK = 100  # most steps that a backend takes at once, so that a screen hears of them


def fit(config: TrainingConfig) -> Iterator[Step]:
    """Train, yielding each step as it is done.

    Ends early after a loss that is not finite, or a validation loss of at most `stop_below`.
    """
    with np.errstate(all="ignore"):  # huge options overflow: the run then diverges, which is a result
        problem = prepare(config)
        run = start(problem, config.backend)
    examples = 0
    for number, batch_size, loss, norm in _updates(config, run, len(problem.split.x_train)):
        examples += batch_size
        validation_loss = run.validation_loss() if _is_measured(config, number) else None
        step = Step(number, loss, validation_loss, config.learning_rate, examples, norm)
        yield step
        if not step.is_finite or _is_reached(config, validation_loss):
            return


def _updates(config: TrainingConfig, run: Run, examples: int) -> Iterator[tuple[int, int, float, float]]:
    """Yield number, batch size, loss and gradient norm of each step.

    The backend takes them in chunks that end where a validation loss is due.
    """
    order = batches(config.seed, examples, config.batch_size or examples)
    done = 0
    while done < config.steps:
        count = min(_every(config) - done % _every(config), config.steps - done, _CHUNK)
        chunk = list(islice(order, count))
        for rows, (loss, norm) in zip(chunk, run.advance(chunk, [config.learning_rate] * count), strict=True):
            done += 1
            yield done, len(rows), loss, norm


def _every(config: TrainingConfig) -> int:
    return config.eval_every if config.data else 1  # without data the loss costs next to nothing


def _is_measured(config: TrainingConfig, number: int) -> bool:
    return number % _every(config) == 0 or number == config.steps


def _is_reached(config: TrainingConfig, validation_loss: float | None) -> bool:
    return validation_loss is not None and config.stop_below is not None and validation_loss <= config.stop_below
