"""What the functions are called with, drawn from a seed; the smallest first."""

import numpy as np

BETAS = (0.9, 0.999, 1e-7)


def velocities(seed):
    """A velocity of 0, one that was built up, a momentum of 0, and a gradient of 0."""
    rng = np.random.default_rng([seed, 1])
    params, grads, velocity = rng.standard_normal((3, 5))
    rate = float(rng.uniform(0.05, 0.5))
    return [
        (params[:1], grads[:1], velocity[:1] * 0, rate, 0.9),
        (params[:1], grads[:1], velocity[:1], rate, 0.9),
        (params, grads, velocity, rate, 0.0),
        (params, grads * 0, velocity, rate, 0.5),
        (params, grads, velocity, rate, float(rng.uniform(0.3, 0.99))),
    ]


def moments(seed):
    """States after some steps, and other betas."""
    rng = np.random.default_rng([seed, 2])
    drawn = [_adam(rng, size, steps, BETAS) for size, steps in ((1, 1), (1, 10), (4, 3), (6, 1000))]
    return [*drawn, _adam(rng, 5, 2, (0.5, 0.75, 1e-3)), _adam(rng, 3, 2, (0.0, 0.9, 1e-7))]


def first_steps(seed):
    """A state of 0, with gradients of ordinary size, of a thousand, and of 0 in some places or in all."""
    rng = np.random.default_rng([seed, 3])
    drawn = [_adam(rng, size, 0, BETAS) for size in (1, 3, 5, 2)]
    grads = [drawn[0][1], drawn[1][1] * 1000, drawn[2][1] * np.arange(5), drawn[3][1] * 0]
    return [(params, grad, *rest) for (params, _, *rest), grad in zip(drawn, grads, strict=True)]


def tiny_gradients(seed):
    """Gradients near epsilon in size, early and later."""
    rng = np.random.default_rng([seed, 4])
    drawn = []
    for size, steps in ((1, 0), (3, 1), (4, 20), (4, 500)):
        params, grads, (m, v, t), *rest = _adam(rng, size, steps, BETAS)
        drawn.append((params, grads * 1e-7, (m * 1e-7, v * 1e-14, t), *rest))
    return drawn


def single_precision(seed):
    """Everything in float32."""
    rng = np.random.default_rng([seed, 5])
    return [_adam(rng, size, steps, BETAS, np.float32) for size, steps in ((1, 1), (3, 5), (8, 100))]


def _adam(rng, size, steps, options, dtype=np.float64):
    params, grads, m = rng.standard_normal((3, size)).astype(dtype)
    v = (rng.uniform(0.5, 2, size) * m**2 + rng.uniform(0.01, 0.1, size)).astype(dtype)
    started = min(steps, 1)  # before the first step both means are 0
    return params, grads, (m * started, v * started, steps), float(rng.uniform(0.01, 0.1)), *options
