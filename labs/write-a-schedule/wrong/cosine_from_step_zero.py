"""The cosine is counted from step 0 of the run, so the rate jumps down where the warm-up ends."""

import numpy as np


def rates(steps, warmup_steps, total_steps, peak, end):
    """Rise along a line, then fall along half a cosine."""
    rising = peak * steps / max(warmup_steps, 1)
    part = np.clip(steps / total_steps, 0, 1)
    falling = end + (peak - end) * 0.5 * (1 + np.cos(np.pi * part))
    return np.where(steps < warmup_steps, rising, falling)
