"""JAX: an epoch as one compiled scan, the fastest way that we know of to train a small model from Python.

Each epoch shuffles a copy of the data; its last, smaller batch is a scan of its own, since a scan takes equal shapes.
"""

# The gate's environment has no JAX:
# pyright: reportMissingImports=false

import os
from itertools import pairwise
from typing import Any

import numpy as np

from training.problems import Problem
from training.runner import Clock, Runner


def scan(problem: Problem, clock: Clock) -> Runner:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    import jax

    x, y = problem.arrays()
    params = _params(problem)
    gradient = jax.value_and_grad(_loss(is_class=y.ndim == 1))
    order = np.random.default_rng(0)
    full = len(x) // problem.batch_size * problem.batch_size

    def step(params: Any, batch: Any) -> Any:
        loss, grads = gradient(params, *batch)
        return [p - problem.learning_rate * g for p, g in zip(params, grads, strict=True)], loss

    steps = jax.jit(lambda params, x, y: jax.lax.scan(step, params, (x, y)))

    def epoch(params: Any) -> Any:
        rows = order.permutation(len(x))
        losses: list[Any] = []
        for part in (rows[:full].reshape(-1, problem.batch_size), rows[full:][None]):
            if part.size:
                params, found = steps(params, x[part], y[part])
                losses += found.tolist()
        return params, losses

    def run(epochs: int) -> float:
        nonlocal params
        begun = clock()
        for _ in range(epochs):
            params, _losses = epoch(params)
        return (clock() - begun) / epochs / problem.steps_per_epoch

    run(1)  # which compiles
    return run


def _params(problem: Problem) -> list[Any]:
    widths = (problem.sizes.features, *problem.hidden, problem.sizes.outputs)
    rng = np.random.default_rng(0)
    layers = [
        (rng.normal(size=(inputs, outputs)) * (2 / inputs) ** 0.5, np.zeros(outputs))
        for inputs, outputs in pairwise(widths)
    ]
    return [array.astype(np.float32) for layer in layers for array in layer]


def _loss(*, is_class: bool) -> Any:
    import jax
    from jax import numpy as jnp

    def loss(params: list[Any], x: Any, y: Any) -> Any:
        for i in range(0, len(params), 2):
            x = x @ params[i] + params[i + 1]
            x = jax.nn.relu(x) if i + 2 < len(params) else x
        if not is_class:
            return jnp.mean((x - y) ** 2)
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], 1))

    return loss
