import numpy as np


def steps(seed):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=n), rng.normal(size=n), 0.1) for n in (2, 5)]


def large_steps(seed):
    rng = np.random.default_rng(seed + 1)
    return [(rng.normal(size=4), rng.normal(size=4), 1e3)]
