"""The gradient of a stack of dense layers in place: its cost is that of the matrix products, and little more.

Weights and bias of a layer lie one after the other in the flat vector, so they are one matrix (inputs + 1, outputs),
and a last column of ones in the layer's input does the bias along with the product:

    [x 1] [W]  =  x W + b          [x 1]' s  =  [x' s ]
          [b]                                   [sum s]
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, final

import numpy as np

from coursekit.train.arrays import Array
from coursekit.train.inplace import SLOPES, Bend, Slope, bend
from coursekit.train.kernel import Kernel

if TYPE_CHECKING:
    from coursekit.train.models._dense import Dense
    from coursekit.train.problem import Problem


class _Layer(NamedTuple):
    """A hidden layer's arrays for one size of batch, and the weights that lead from it to the next."""

    weights: Array  # into it, (inputs + 1, width)
    z: Array  # its sums, (batch, width)
    h: Array  # its outputs, (batch, width), the first columns of:
    ones: Array  # (batch, width + 1)
    bend: Bend
    back: Array  # the next weights turned round and without bias, (outputs, width)
    slope: Array  # of the loss by h, then by z, (batch, width)


class _Buffers(NamedTuple):
    """All that a step needs for one size of batch."""

    layers: tuple[_Layer, ...]
    slope: Slope
    out: Array  # the slope by the output, (batch, outputs)


@final
class DenseKernel(Kernel):
    """Gradients of a stack of dense layers."""

    def __init__(self, model: "Dense", problem: "Problem", params: Array, grad: Array) -> None:
        self._model = model
        self._form = SLOPES[model.measure]
        self._weights, self._grads = _stacked(params, problem.shapes), _stacked(grad, problem.shapes)
        self._x = np.hstack([problem.split.x_train, np.ones_like(problem.split.x_train[:, :1])])
        self._y = problem.split.y_train
        self._buffers: dict[int, _Buffers] = {}
        self._seen: tuple[Array, Array, int] = (self._y[:0], self._y[:0], 1)  # logits, targets, size of a batch

    def gradients(self, rows: Array, batch_size: int) -> Iterator[None]:
        """Gather the rows, then take one batch after another."""
        buffers = self._buffers.get(batch_size) or self._prepare(batch_size)
        x, y = self._x.take(rows, 0), self._y.take(rows, 0)
        z = np.empty_like(y)
        self._seen = (z, y, batch_size)
        batches = (len(rows) // batch_size, batch_size, -1)
        targets = self._form.targets(y, batch_size).reshape(batches)
        x = x.reshape(batches)
        return self._steps(buffers, zip(x, x.swapaxes(1, 2), targets, z.reshape(batches), strict=True))

    def losses(self) -> Array:
        """Return the losses, by the logits that were kept."""
        z, y, batch_size = self._seen
        return self._form.terms(z, y).reshape(len(z) // batch_size, -1).mean(axis=1)

    def _steps(self, buffers: _Buffers, batches: Iterator[tuple[Array, ...]]) -> Iterator[None]:
        layers, slope, out = buffers
        dot, last, first_grad = np.dot, self._weights[-1], self._grads[0]
        forwards = [(layer.weights, layer.z, layer.h, layer.ones, layer.bend.forward) for layer in layers]
        backwards = [
            (layer.ones.T, layer.z, layer.h, grad, layer.back, layer.slope, layer.bend.backward)
            for layer, grad in zip(layers[::-1], self._grads[:0:-1], strict=True)
        ]
        for x, x_t, y, z in batches:
            below = x
            for weights, sums, h, ones, bent in forwards:
                dot(below, weights, sums)
                bent(sums, h)
                below = ones
            dot(below, last, z)
            slope(z, y)
            s = out
            for ones_t, sums, h, grad, back, slopes, bent in backwards:
                dot(ones_t, s, grad)
                dot(s, back, slopes)
                bent(sums, h, slopes)
                s = slopes
            dot(x_t, s, first_grad)
            yield

    def _prepare(self, batch: int) -> _Buffers:
        outputs, dtype = self._y.shape[1], self._y.dtype
        layers = tuple(self._layer(batch, weights, after) for weights, after in pairwise(self._weights))
        out = np.empty((batch, outputs), dtype)
        made = _Buffers(layers, self._form.slope(out), out)
        self._buffers[batch] = made
        return made

    def _layer(self, batch: int, weights: Array, after: Array) -> _Layer:
        width, dtype = weights.shape[1], weights.dtype
        ones = np.ones((batch, width + 1), dtype)
        z, slope = np.empty((batch, width), dtype), np.empty((batch, width), dtype)
        bent = bend(self._model.bent_by(), batch, width, dtype)
        return _Layer(weights, z, ones[:, :-1], ones, bent, after[:-1].T, slope)


def _stacked(flat: Array, shapes: tuple[tuple[int, ...], ...]) -> tuple[Array, ...]:
    """Cut a flat vector into one matrix for each layer, its bias as the last row."""
    sizes = [(inputs + 1, outputs) for inputs, outputs in shapes[::2]]
    cuts = np.cumsum([0, *(rows * columns for rows, columns in sizes)])
    return tuple(
        flat[start:stop].reshape(size) for size, (start, stop) in zip(sizes, pairwise(cuts.tolist()), strict=True)
    )
