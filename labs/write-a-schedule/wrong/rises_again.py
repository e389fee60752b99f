"""The cosine goes on after the end of the run, and the rate rises again."""

import numpy as np


def rates(steps, warmup_steps, total_steps, peak, end):
    """Rise along a line, then fall along half a cosine."""
    rising = peak * steps / max(warmup_steps, 1)
    part = (steps - warmup_steps) / (total_steps - warmup_steps)
    falling = end + (peak - end) * 0.5 * (1 + np.cos(np.pi * part))
    return np.where(steps < warmup_steps, rising, falling)
