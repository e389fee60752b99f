"""What the functions are called with, drawn from a seed; the smallest first."""

import numpy as np

SIZES = ((1, 1, 1, 2), (1, 2, 3, 2), (3, 3, 3, 3), (6, 2, 5, 3), (32, 4, 8, 5))  # rows, features, hidden, classes


def inputs(seed):
    """Parameters and a batch, of one row and more."""
    return [(params, x) for params, x, _ in _problems(seed, 1)]


def batches(seed):
    """The same with labels, and a network whose hidden units are all off."""
    params, x, labels = _problem(np.random.default_rng([seed, 2]), 4, 3, 4, 3)
    off = (params[0], params[1] * 0 - 50, *params[2:])
    return [*_problems(seed, 2), (off, x, labels)]


def ties(seed):
    """Rows of 0 with a bias of 0, and weights of 0: the sums of some or of all units are exactly 0."""
    rng = np.random.default_rng([seed, 3])
    drawn = []
    for size in SIZES[1:4]:
        (w1, b1, w2, b2), x, labels = _problem(rng, *size)
        drawn.append(((w1, b1 * 0, w2, b2), x * (np.arange(len(x)) % 2)[:, None], labels))
    (w1, b1, w2, b2), x, labels = _problem(rng, 5, 2, 4, 3)
    return [*drawn, ((w1 * 0, b1 * 0, w2, b2), x, labels)]


def single_precision(seed):
    """The same in float32."""
    return list(_problems(seed, 4, np.float32))


def training(seed):
    """300 points in three rings, with labels in an order that is drawn, for 24 to 40 hidden units."""
    rng = np.random.default_rng([seed, 5])
    drawn = []
    for hidden in (24, 24, 32, 40):
        points = rng.uniform(-1, 1, (300, 2))
        rings = np.searchsorted([0.5, 0.85], np.linalg.norm(points, axis=1))
        drawn.append((points, rng.permutation(3)[rings], hidden, int(rng.integers(1_000_000))))
    return drawn


def _problems(seed, stream, dtype=np.float64):
    rng = np.random.default_rng([seed, stream])
    return [_problem(rng, *size, dtype) for size in SIZES]


def _problem(rng, rows, features, hidden, classes, dtype=np.float64):
    shapes = ((features, hidden), (hidden,), (hidden, classes), (classes,), (rows, features))
    *params, x = (_away_from_zero(rng.standard_normal(shape)).astype(dtype) for shape in shapes)
    params[1] = np.abs(params[1])  # so that in most rows some unit is on
    return tuple(params), x, rng.integers(classes, size=rows)


def _away_from_zero(drawn):
    return drawn + 0.2 * np.sign(drawn)
