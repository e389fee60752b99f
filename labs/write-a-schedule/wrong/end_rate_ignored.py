"""The end rate is ignored: the rate falls to 0."""

import numpy as np


def rates(steps, warmup_steps, total_steps, peak, end):
    """Rise along a line, then fall along half a cosine."""
    rising = peak * steps / max(warmup_steps, 1)
    part = np.clip((steps - warmup_steps) / (total_steps - warmup_steps), 0, 1)
    falling = peak * 0.5 * (1 + np.cos(np.pi * part))
    return np.where(steps < warmup_steps, rising, falling)
