"""The gradient of a convolutional network in place: few calls, on arrays that are made once for each size of batch.

The patches of the first layer never change, so they are made once, for the whole training set.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, NamedTuple, final

import numpy as np

from coursekit.train.arrays import Array, Shape
from coursekit.train.data import Image
from coursekit.train.inplace import SLOPES, Slope
from coursekit.train.kernel import Kernel
from coursekit.train.models._conv import image_of
from coursekit.train.models._conv_inplace import Call, Convolution, Patches, fixed_patches, windows

if TYPE_CHECKING:
    from coursekit.train.models.cnn import Cnn
    from coursekit.train.problem import Problem


class _Layer(NamedTuple):
    """A layer's parameters and their gradient, the bias as last row: (inputs + 1, outputs)."""

    weights: Array
    grad: Array


class _Buffers(NamedTuple):
    """All that a step needs for one size of batch."""

    patches: Array  # of the first layer, (windows batch, patch + 1)
    forward: tuple[Call, ...]
    features: Array  # what enters the last layer, and ones, (batch, inputs + 1)
    weights: Array  # of the last layer, (inputs + 1, classes)
    slope: Slope
    by_logits: Array  # (batch, classes)
    backward: tuple[Call, ...]


@final
class CnnKernel(Kernel):
    """Gradients of a convolutional network."""

    def __init__(self, model: "Cnn", problem: "Problem", params: Array, grad: Array) -> None:
        """Read parameters from one flat vector (P,) and write the gradient into another."""
        self._stages = model.stages(image_of(problem.split.x_train, channels=problem.shapes[0][2]))
        self._layers = _layers(params, grad, problem.shapes)
        self._patches = fixed_patches(problem.split.x_train, self._stages[0])
        self._form = SLOPES[model.measure]
        self._y = problem.split.y_train
        self._buffers: dict[int, _Buffers] = {}
        self._seen: tuple[Array, Array, int] = (self._y[:0], self._y[:0], 1)  # logits, targets, size of a batch

    def gradients(self, rows: Array, batch_size: int) -> Iterator[None]:
        """Take one batch after another."""
        buffers = self._buffers.get(batch_size) or self._prepare(batch_size)
        y = self._y.take(rows, 0)
        z = np.empty_like(y)
        self._seen = (z, y, batch_size)
        batches = (len(rows) // batch_size, batch_size, -1)
        targets = self._form.targets(y, batch_size).reshape(batches)
        places = self._places(rows, batch_size)
        return self._steps(buffers, zip(places, targets, z.reshape(batches), strict=True))

    def losses(self) -> Array:
        """Return the losses, by the logits that were kept."""
        z, y, batch_size = self._seen
        return self._form.terms(z, y).reshape(len(z) // batch_size, -1).mean(axis=1)

    def _places(self, rows: Array, batch_size: int) -> Array:
        """Return where the patches of each batch are, (batches, windows batch)."""
        count = windows(self._stages[0])
        places = rows.reshape(-1, 1, batch_size) * count + np.arange(count)[:, None]
        return places.reshape(-1, count * batch_size)

    def _steps(self, buffers: _Buffers, batches: Iterator[tuple[Array, ...]]) -> Iterator[None]:
        patches, forward, features, weights, slope, _, backward = buffers
        take, dot = self._patches.take, np.dot
        for places, y, z in batches:
            take(places, 0, patches, "clip")
            for call in forward:
                call()
            dot(features, weights, z)
            slope(z, y)
            for call in backward:
                call()
            yield

    def _prepare(self, batch: int) -> _Buffers:
        """Make the arrays and calls for batches of this size."""
        stages, dtype = self._stages, self._y.dtype
        first = np.empty((windows(stages[0]) * batch, self._patches.shape[1]), dtype)
        by_logits = np.empty((batch, self._y.shape[1]), dtype)
        later = [Patches(stage, batch, dtype) for stage in stages[1:]]
        top = _Top(self._layers[len(stages) :], stages[-1].output, batch)
        convolutions = [
            Convolution(stage, *layer, patches, image)
            for stage, layer, patches, image in zip(
                stages,
                self._layers,
                [first.T, *(source.patches for source in later)],
                [*(source.image for source in later), top.image],
                strict=False,
            )
        ]
        forward = (*_forward(convolutions, later), *top.forward)
        backward = (*top.backward(by_logits, convolutions[-1].slope), *_backward(convolutions, later))
        slope = self._form.slope(by_logits)
        made = _Buffers(first, forward, top.features, top.weights, slope, by_logits, backward)
        self._buffers[batch] = made
        return made


def _layers(params: Array, grad: Array, shapes: Sequence[Shape]) -> tuple[_Layer, ...]:
    """Cut both flat vectors into one matrix for each layer: a bias lies behind its weights."""
    sizes = [(prod(shape[:-1]) + 1, shape[-1]) for shape in shapes[::2]]
    cuts = np.cumsum([0, *map(prod, sizes)]).tolist()
    return tuple(
        _Layer(params[start:stop].reshape(size), grad[start:stop].reshape(size))
        for size, (start, stop) in zip(sizes, pairwise(cuts), strict=True)
    )


def _forward(convolutions: list[Convolution], later: list[Patches]) -> Iterator[Call]:
    yield from convolutions[0].forward
    for source, convolution in zip(later, convolutions[1:], strict=True):
        yield from source.forward
        yield from convolution.forward


def _backward(convolutions: list[Convolution], later: list[Patches]) -> Iterator[Call]:
    for below, source, convolution in reversed([*zip(convolutions, later, convolutions[1:], strict=False)]):
        yield from convolution.backward()
        yield from convolution.backward_to_patches()
        yield from source.backward(convolution.by_patches, below.slope)
    yield from convolutions[0].backward()


@final
class _Top:
    """The dense layers but for the last one's product, which is taken where the logits are kept.

    Pixels come filter by filter here and in the parameters position by position, so the first weights are reordered.
    """

    def __init__(self, layers: Sequence[_Layer], image: Image, batch: int) -> None:
        height, width, filters = image
        dtype, pixels = layers[0].weights.dtype, height * width * filters
        self._order = np.append(np.arange(pixels).reshape(-1, filters).T.reshape(-1), pixels)
        self._layers = [_Layer(*map(np.empty_like, layers[0])), *layers[1:]]
        self._first = layers[0]
        self._inputs = [np.ones((len(layer.weights), batch), dtype) for layer in layers]  # the last row stays 1
        self.image = self._inputs[0][:-1].reshape(filters, height, width, batch)  # to be written
        self.features, self.weights = self._inputs[-1].T, self._layers[-1].weights
        self.forward = [
            partial(self._first.weights.take, self._order, 0, self._layers[0].weights, "clip"),
            *(call for x, layer, h in self._hidden() for call in _dense(x, layer.weights, h[:-1])),
        ]

    def backward(self, by_logits: Array, by_image: Array) -> list[Call]:
        """Return the calls that write the gradient, and the slope by the image (filters, height, width, batch)."""
        calls: list[Call] = []
        slope = by_logits.T  # (outputs, batch)
        for x, layer in reversed([*zip(self._inputs, self._layers, strict=True)]):
            below = by_image.reshape(-1, len(slope.T)) if x is self._inputs[0] else np.empty_like(x[:-1])
            calls += [partial(np.dot, x, slope.T, layer.grad), partial(np.dot, layer.weights[:-1], slope, below)]
            if x is not self._inputs[0]:
                calls += _relu_backward(x[:-1], below)
            slope = below
        return [*calls, partial(self._layers[0].grad.take, np.argsort(self._order), 0, self._first.grad, "clip")]

    def _hidden(self) -> Iterator[tuple[Array, _Layer, Array]]:
        """Yield what enters each hidden layer, its parameters, and what comes out of it."""
        return zip(self._inputs, self._layers, self._inputs[1:], strict=False)


def _dense(x: Array, weights: Array, h: Array) -> list[Call]:
    return [partial(np.dot, weights.T, x, h), partial(np.maximum, h, np.zeros_like(h), out=h)]


def _relu_backward(h: Array, slope: Array) -> list[Call]:
    passes = np.empty(h.shape, bool)
    return [partial(np.greater, h, np.zeros_like(h), passes), partial(np.multiply, slope, passes, slope)]
