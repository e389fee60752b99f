"""The floor: the matrix products of a step and nothing else.

The forward product of each layer, the gradient by its weights and, but for the first layer, by its input; np.dot
into arrays that exist already. A convolution is the product of its patches, which lie there as a matrix, with its
weights. An epoch's last batch is as small as it is for the others.
"""

from itertools import pairwise
from typing import TypeAlias

import numpy as np

from coursekit.train.arrays import Array
from training.problems import Problem
from training.runner import Clock, Runner

Product: TypeAlias = tuple[Array, Array, Array]  # factors, result


def floor(problem: Problem, clock: Clock) -> Runner:
    full, rest = divmod(problem.sizes.train, problem.batch_size)
    steps = [_products(problem, problem.batch_size)] * full + [_products(problem, rest)] * bool(rest)
    epoch = [product for step in steps for product in step]
    dot = np.dot

    def run(epochs: int) -> float:
        begun = clock()
        for _ in range(epochs):
            for a, b, out in epoch:
                dot(a, b, out)
        return (clock() - begun) / epochs / problem.steps_per_epoch

    return run


def _products(problem: Problem, batch_size: int) -> list[Product]:
    products: list[Product] = []
    for i, (rows, inputs, outputs) in enumerate(_layers(problem, batch_size)):
        x, w, slope = _random(rows, inputs), _random(inputs, outputs), _random(rows, outputs)
        products += [(x, w, np.empty_like(slope)), (x.T, slope, np.empty_like(w))]
        if i:
            products.append((slope, w.T, np.empty_like(x)))
    return products


def _layers(problem: Problem, batch_size: int) -> list[tuple[int, int, int]]:
    """Return rows, inputs and outputs of each layer's product."""
    sizes = problem.sizes
    if problem.is_image:
        filters, kernel, pool = problem.model["filters"][0], problem.model["kernel"], problem.model["pool"]
        positions = problem.flat // filters * pool**2
        return [(batch_size * positions, kernel**2, filters), (batch_size, problem.flat, sizes.outputs)]
    widths = (sizes.features, *problem.hidden, sizes.outputs)
    return [(batch_size, inputs, outputs) for inputs, outputs in pairwise(widths)]


def _random(rows: int, columns: int) -> Array:
    return np.random.default_rng(0).random((rows, columns), np.float32)
