"""What the functions are called with, drawn from a seed; the smallest first."""

import numpy as np


def logits(seed):
    """One row and more, and logits that are all the same."""
    rng = np.random.default_rng([seed, 1])
    drawn = [(rng.normal(0, 2, shape),) for shape in ((1, 2), (2, 3), (3, 3), (6, 4), (20, 10))]
    return [*drawn, (np.full((2, 5), rng.normal()),)]


def far_logits(seed):
    """Logits of a thousand, above and below 0, and two that tie for the largest."""
    rng = np.random.default_rng([seed, 2])
    drawn = [
        (rng.choice([-1000.0, 0.0, 1000.0], shape) + rng.normal(0, 1, shape),) for shape in ((1, 2), (3, 3), (8, 5))
    ]
    return [*drawn, (np.array([[1000.0, 1000.0, -1000.0]]),), (np.array([[-2000.0, -2001.0]]),)]


def labelled(seed):
    """Logits and a label for each row."""
    rng = np.random.default_rng([seed, 3])
    shapes = ((1, 2), (2, 3), (5, 3), (16, 10))
    return [(rng.normal(0, 2, shape), rng.integers(shape[1], size=shape[0])) for shape in shapes]


def far_labelled(seed):
    """Rows whose true class has the largest logit, or the lowest by far."""
    rng = np.random.default_rng([seed, 4])
    drawn = [(np.array([[800.0, 0.0]]) + rng.normal(), np.array([label])) for label in (1, 0)]
    for shape in ((2, 3), (6, 4)):
        far = np.sort(rng.choice([-900.0, 0.0, 900.0], shape) + rng.normal(0, 1, shape))
        far[:, 0] -= 1000  # the lowest is far below, whatever was drawn
        drawn.append((far, np.arange(shape[0]) % 2 * (shape[1] - 1)))
    return drawn


def batches(seed):
    """One row, as many rows as classes, and more; parameters of 0, where all classes tie."""
    rng = np.random.default_rng([seed, 5])
    drawn = [_problem(rng, *sizes) for sizes in ((1, 1, 2), (1, 3, 3), (3, 3, 3), (7, 2, 4), (40, 5, 3))]
    w, b, x, labels = _problem(rng, 6, 4, 3)
    return [*drawn, (w * 0, b * 0, x, labels)]


def single_precision(seed):
    """The same in float32; some logits are above 88, whose exponential float32 cannot hold."""
    rng = np.random.default_rng([seed, 6])
    drawn = [_problem(rng, *sizes, np.float32) for sizes in ((1, 2, 2), (4, 3, 3), (16, 8, 5))]
    w, b, x, labels = _problem(rng, 5, 3, 4, np.float32)
    return [*drawn, (w, np.array([0, 0, 0, 120], np.float32) + b, x, labels)]


def _problem(rng, rows, features, classes, dtype=np.float64):
    shapes = ((features, classes), (classes,), (rows, features))
    return (*(rng.standard_normal(shape).astype(dtype) for shape in shapes), rng.integers(classes, size=rows))
