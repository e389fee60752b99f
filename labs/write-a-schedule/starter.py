"""A learning rate that warms up and then falls along half a cosine."""

import numpy as np


def rates(steps, warmup_steps, total_steps, peak, end):
    """Return the learning rate of each step, (S,), float64; leave `steps` as it is.

    steps: (S,), whole numbers from 0, in any order, some perhaps after the run's end
    warmup_steps: 0 or more, below total_steps   total_steps: how many steps the run has
    peak: the rate at step warmup_steps   end: the rate from step total_steps on
    """
    raise NotImplementedError
