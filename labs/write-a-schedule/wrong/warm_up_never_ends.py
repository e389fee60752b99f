"""The warm-up never ends: its factor goes on growing above 1 and multiplies the cosine."""

import numpy as np


def rates(steps, warmup_steps, total_steps, peak, end):
    """Rise along a line, then fall along half a cosine."""
    rising = peak * steps / max(warmup_steps, 1)
    part = np.clip((steps - warmup_steps) / (total_steps - warmup_steps), 0, 1)
    falling = end + (peak - end) * 0.5 * (1 + np.cos(np.pi * part))
    return rising / peak * falling if warmup_steps else falling
