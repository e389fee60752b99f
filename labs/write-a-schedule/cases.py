"""What the function is called with, drawn from a seed; the smallest first."""

import numpy as np


def warm_ups(seed):
    """The steps of a warm-up, from one step to many, and the first step after it."""
    rng = np.random.default_rng([seed, 1])
    runs = ((1, 2), (2, 6), (5, 20), (30, 300))
    return [(np.arange(warm + 1), warm, total, _peak(rng), 0.0) for warm, total in runs]


def falls(seed):
    """All steps of a run, with an end rate of 0 and above."""
    rng = np.random.default_rng([seed, 2])
    runs = ((1, 5, False), (4, 12, True), (10, 50, True), (30, 300, False))
    drawn = ((warm, total, _peak(rng), is_above) for warm, total, is_above in runs)
    return [(np.arange(total), warm, total, peak, peak * 0.1 * is_above) for warm, total, peak, is_above in drawn]


def without_warm_up(seed):
    """Runs that begin at the peak, one of them with a single step."""
    rng = np.random.default_rng([seed, 3])
    return [
        (np.arange(total), 0, total, _peak(rng), end) for total, end in ((1, 0.0), (4, 0.01), (25, 0.0), (100, 0.02))
    ]


def long_runs(seed):
    """Steps at the end of a run and well after it."""
    rng = np.random.default_rng([seed, 4])
    runs = ((1, 4, 0.02), (3, 9, 0.01), (20, 60, 0.03))
    return [(np.arange(total - 1, 2 * total + 2), warm, total, _peak(rng), end) for warm, total, end in runs]


def single_steps(seed):
    """One step, and a few that jump to and fro between warm-up and fall."""
    rng = np.random.default_rng([seed, 5])
    drawn = [
        (np.array([step]), 8, 40, _peak(rng), 0.01)
        for step in (0, 8, int(rng.integers(9, 40)), int(rng.integers(1, 8)))
    ]
    return [*drawn, (rng.permutation(40)[:12], 8, 40, _peak(rng), 0.01)]


def _peak(rng):
    return float(rng.uniform(0.05, 0.5))
