"""The measuring: everyone once, in turn, and round again.

Runs are of whole epochs, as many as each contender needs, so that the fast are not measured in a blink nor the slow for
minutes. Round 0 is not counted: TensorFlow compiles there what a run of this very length asks for.
"""

import gc
from math import ceil

from training.contenders import Contender, takes
from training.problems import Problem
from training.runner import Clock, Runner


def measure(
    problem: Problem, contenders: list[Contender], rounds: int, seconds: float, clock: Clock
) -> dict[str, list[float]]:
    """Return for each contender by name the seconds of a step, one number for each round."""
    runs = {contender.name: contender.start(problem, clock) for contender in contenders if takes(contender, problem)}
    epochs = {name: _epochs(run, problem, seconds) for name, run in runs.items()}
    seen: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            gc.collect()
            step_seconds = run(epochs[name])
            if number:
                seen[name].append(step_seconds)
    return seen


def _epochs(run: Runner, problem: Problem, seconds: float) -> int:
    """Return how many epochs last so long, by a second run; the first one compiles."""
    run(1)
    return ceil(seconds / (run(1) * problem.steps_per_epoch))
