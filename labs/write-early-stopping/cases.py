"""What the functions are called with, drawn from a seed; the smallest first."""

import numpy as np


def curves(seed):
    """One loss, a curve that falls to the end, and some with one valley, deeper again after the stop."""
    rng = np.random.default_rng([seed, 1])
    drawn = [([float(rng.uniform(1, 2))], 1), (_path(rng, [-1] * 6), 2)]
    for before, patience in ((0, 1), (3, 1), (2, 2), (5, 4)):
        drawn.append((_path(rng, [-1] * before + [1] * (patience + 2) + [-9] * 2), patience))
    return drawn


def recoveries(seed):
    """Curves with rises that are made good in time, then a zigzag above the best one until patience ends."""
    rng = np.random.default_rng([seed, 2])
    drawn = []
    for patience, rises in ((2, 2), (3, 3), (4, 2), (5, 4)):
        bumps = [*([1] * (patience - 1)), -(patience + 1)] * rises
        zigzag = [3, *([-0.5, 1] * patience)]
        drawn.append((_path(rng, [-1, *bumps, *zigzag, -60]), patience))
    return drawn


def ties(seed):
    """Losses that stay the same, from the start or later on."""
    rng = np.random.default_rng([seed, 3])
    drawn = []
    for before, same, patience in ((0, 3, 2), (0, 5, 1), (2, 3, 3), (3, 6, 4)):
        drawn.append((_path(rng, [-1] * before + [0] * same + [1] * 4 + [-30]), patience))
    return drawn


def broken_curves(seed):
    """A nan on the way, several, and nothing but nan from some place on."""
    rng = np.random.default_rng([seed, 4])
    drawn = []
    for places, patience in (((1,), 1), ((3,), 2), ((2, 3), 3), ((4, 5, 6, 7, 8, 9), 3)):
        losses = _path(rng, [-1] * 9)
        drawn.append(([float("nan") if place in places else loss for place, loss in enumerate(losses)], patience))
    return drawn


def descents(seed):
    """Runs that pass the validation rows' own optimum half way, some too short to stop."""
    rng = np.random.default_rng([seed, 5])
    return [
        (*_problem(rng), 0.03, patience, most)
        for patience, most in ((2, 0), (1, 1), (1, 40), (3, 40), (5, 60), (50, 40))
    ]


def _path(rng, changes):
    """Return losses that change by about so much from one to the next, from a height at which all stay above 0."""
    sizes = np.array([0, *changes]) * rng.uniform(0.009, 0.011)
    return [float(loss) for loss in 1.5 + rng.uniform(0, 0.5) + np.cumsum(sizes)]


def _problem(rng):
    """Return a start, and rows whose targets ask for all of a way; of the validation rows about half of it."""
    w, way = rng.standard_normal((2, 3))
    way += np.sign(way)
    x, x_val = rng.standard_normal((12, 3)), rng.standard_normal((8, 3))
    return w, x, x @ (w + way), x_val, x_val @ (w + 0.5 * way) + 0.1 * rng.standard_normal(8)
