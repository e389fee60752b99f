"""What the functions are called with, drawn from a seed; the smallest first."""

import numpy as np


def steps(seed):
    """One parameter, several, a gradient of 0, a rate of 0, and arrays of several shapes."""
    rng = np.random.default_rng([seed, 1])
    shapes = [[(1,)], [(3,), (1,)], [(2,)], [(4,)], [(3, 4), (4,), (4, 2), (2,)]]
    drawn = [(_arrays(rng, each), _arrays(rng, each), float(rng.uniform(0.05, 0.5))) for each in shapes]
    drawn[2] = (drawn[2][0], tuple(g * 0 for g in drawn[2][1]), drawn[2][2])
    drawn[3] = (*drawn[3][:2], 0.0)
    return drawn


def single_precision(seed):
    """Parameters and gradients in float32."""
    rng = np.random.default_rng([seed, 2])
    shapes = [[(1,)], [(3,), (1,)], [(8, 4), (4,)]]
    return [(_arrays(rng, each, np.float32), _arrays(rng, each, np.float32), 0.125) for each in shapes]


def batches(seed):
    """One row, one feature, more rows, and targets that the plane meets, where the gradient is 0."""
    rng = np.random.default_rng([seed, 3])
    drawn = [_problem(rng, rows, features) for rows, features in ((1, 1), (1, 3), (5, 1), (7, 3), (64, 4))]
    w, b, x, _ = _problem(rng, 6, 2)
    return [*drawn, (w, b, x, x @ w + b)]


def runs(seed):
    """No step, one, two, and some with a last batch that is smaller."""
    rng = np.random.default_rng([seed, 4])
    sizes = ((4, 4, 0), (5, 5, 1), (6, 3, 2), (7, 3, 3), (20, 6, 4))
    return [(*_problem(rng, rows, 2), _cut(rng.permutation(rows), size)[:count], 0.05) for rows, size, count in sizes]


def training(seed):
    """Rows that lie on a plane, in 20 epochs of batches of 8, from 0."""
    rng = np.random.default_rng([seed, 5])
    drawn = []
    for features in (1, 2, 3, 3):
        w, b, x, _ = _problem(rng, 64, features)
        order = [part for _ in range(20) for part in _cut(rng.permutation(64), 8)]
        drawn.append((w * 0, b * 0, x, x @ w + b, order, 0.05))
    return drawn


def _arrays(rng, shapes, dtype=np.float64):
    return tuple(rng.standard_normal(shape).astype(dtype) for shape in shapes)


def _problem(rng, rows, features):
    return _arrays(rng, ((features,), (1,), (rows, features), (rows,)))


def _cut(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]
