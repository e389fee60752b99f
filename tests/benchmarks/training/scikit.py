"""scikit-learn's MLPClassifier with plain SGD.

It computes each step's loss and shows the mean of an epoch. What a call costs before its first epoch is taken off by
the time of a call with one epoch.
"""

# The gate's environment has no scikit-learn:
# pyright: reportMissingImports=false

import warnings
from typing import Any

from training.problems import Problem
from training.runner import Clock, Runner


def mlp(problem: Problem, clock: Clock) -> Runner:
    from sklearn.neural_network import MLPClassifier

    x, y = problem.arrays()
    options: dict[str, Any] = {"batch_size": problem.batch_size, "learning_rate_init": problem.learning_rate}

    def seconds(epochs: int) -> float:
        options.update(max_iter=epochs, n_iter_no_change=epochs + 1)  # no early stop
        model = MLPClassifier(problem.hidden, solver="sgd", momentum=0, alpha=0, **options)
        begun = clock()
        model.fit(x, y)
        return clock() - begun

    def run(epochs: int) -> float:
        with warnings.catch_warnings(action="ignore"):  # that it has not converged
            return (seconds(epochs + 1) - seconds(1)) / epochs / problem.steps_per_epoch

    return run
