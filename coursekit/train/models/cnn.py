"""A small convolutional network that tells images of classes apart.

{"name": "cnn", "filters": [8], "kernel": 3, "stride": 1, "padding": "valid", "pool": 2, "hidden": []}
"""

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple, final

from coursekit.train.activations import ACTIVATIONS
from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Image, Sizes, Target
from coursekit.train.losses import CROSS_ENTROPY, Loss
from coursekit.train.models import Predictor, _conv, _dense
from coursekit.train.ranges import Range

if TYPE_CHECKING:  # they load NumPy
    from coursekit.train.kernel import Kernel
    from coursekit.train.problem import Problem

Width = Annotated[int, Range(at_least=1, at_most=4096)]
Pixels = Annotated[int, Range(at_least=1, at_most=64)]
_RELU = ACTIVATIONS["relu"]


class _Seen(NamedTuple):
    """What a stage saw on its way forward."""

    stage: _conv.Stage
    images: Array  # its input, (batch, height, width, channels)
    h: Array  # after relu, before pooling, (batch, rows, columns, filters)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cnn(Predictor):
    """Convolution, relu and max pooling for each entry of `filters`, then dense layers; cross-entropy on the logits.

    Conventions are Keras's: kernels are (height, width, channels, filters), padding 'same' puts an odd zero below and
    right, windows of pooling that are not full are left out. Where a window has several maxima, the gradient goes to
    the first, row by row. Weights start as He's, of variance 2 / the numbers that enter a sum, and biases from 0.
    Images are square, so that a row of x tells their size.
    """

    target: ClassVar[Target | None] = "classes"
    measure: ClassVar[Loss] = CROSS_ENTROPY

    filters: Annotated[tuple[Width, ...], Range(at_least=1, at_most=8)] = (8,)
    kernel: Pixels = 3  # of a side
    stride: Pixels = 1
    padding: _conv.Padding = "valid"
    pool: Pixels = 2  # of a window's side; 1 is no pooling
    hidden: Annotated[tuple[Width, ...], Range(at_most=8)] = ()  # units of dense layers before the output

    def stages(self, image: Image) -> tuple[_conv.Stage, ...]:
        """Return the convolutions for such images; raises ValueError when they leave nothing of them."""
        made: list[_conv.Stage] = []
        for filters in self.filters:
            stage = _conv.Stage(image, filters, self.kernel, self.stride, self.padding, self.pool)
            _conv.check(stage, number=len(made) + 1)
            made.append(stage)
            image = stage.output
        return tuple(made)

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((kernel, kernel, channels, f1), (f1,), ..., (pixels, h1), (h1,), ..., (h, classes), (classes,)).

        Raises ValueError, beginning with a field's name, for data without images and when nothing is left of them.
        """
        stages = self.stages(_square_image(sizes))
        kernels = [(self.kernel, self.kernel, stage.image[2], stage.filters) for stage in stages]
        convolutions = [shape for kernel in kernels for shape in (kernel, kernel[3:])]
        return *convolutions, *_dense.shapes((prod(stages[-1].output), *self.hidden, sizes.outputs))

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return random weights and biases of 0.

        He et al., Delving Deep into Rectifiers, 2015, https://arxiv.org/abs/1502.01852.
        """
        return tuple(normal(shape) * _deviation(shape) for shape in self.shapes(sizes))

    def outputs(self, params: tuple[Array, ...], x: Array, xp: Namespace) -> Array:
        """Return the logits, (batch, classes), of images in rows (batch, height width channels)."""
        _, features = self._convolved(params, x, xp)
        return _dense.forward(self._top(params), features, xp, "relu")[-1]

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and its gradient by back-propagation."""
        (seen, features), top = self._convolved(params, x, xp), self._top(params)
        values = _dense.forward(top, features, xp, "relu")
        slope = self.measure.slope(values[-1], y, xp)
        grads = _dense.backward(top, values, slope, "relu")
        slope = _slope_by_features(top, values, slope)
        return self.measure.value(values[-1], y, xp), (*_backward(params, seen, slope, xp), *grads)

    def kernel_for(self, problem: "Problem", params: Array, grad: Array) -> "Kernel":
        """Return the same gradient in place."""
        from coursekit.train.models._cnn_kernel import CnnKernel

        return CnnKernel(self, problem, params, grad)

    def _top(self, params: tuple[Array, ...]) -> tuple[Array, ...]:
        """Return the parameters of the dense layers."""
        return params[2 * len(self.filters) :]

    def _convolved(self, params: tuple[Array, ...], x: Array, xp: Namespace) -> tuple[list[_Seen], Array]:
        """Return what each stage saw and, flat, what the last one gives."""
        stages = self.stages(_conv.image_of(x, channels=params[0].shape[2]))
        images, seen = xp.reshape(x, (-1, *stages[0].image)), list[_Seen]()
        for stage, kernel, bias in zip(stages, params[::2], params[1::2], strict=False):
            h = _RELU.value(_conv.convolve(images, kernel, stage, xp) + bias, xp)
            seen.append(_Seen(stage, images, h))
            images = _conv.max_pool(h, stage.pool, xp)
        return seen, xp.reshape(images, (-1, prod(stages[-1].output)))


def _square_image(sizes: Sizes) -> Image:
    if sizes.image is None:
        raise ValueError("filters need data of images, with a height, a width and channels; this data has none.")
    if sizes.image[0] != sizes.image[1]:
        raise ValueError(f"filters need square images; those of this data are {sizes.image[0]}x{sizes.image[1]}.")
    return sizes.image


def _deviation(shape: Shape) -> float:
    """Return He's standard deviation for a kernel or for weights, whose last axis is the outputs; biases have none."""
    return (2 / prod(shape[:-1])) ** 0.5 if len(shape) > 1 else 0.0


def _slope_by_features(top: tuple[Array, ...], values: list[Array], slope: Array) -> Array:
    """Return the slope by the dense layers' input, given that by their output (batch, classes)."""
    for i in reversed(range(0, len(top), 2)):
        slope = slope @ top[i].T
        if i:
            slope = slope * _RELU.slope(values[i // 2])
    return slope


def _backward(params: tuple[Array, ...], seen: list[_Seen], slope: Array, xp: Namespace) -> tuple[Array, ...]:
    """Return the gradient by kernels and biases, given the slope by the last stage's output (batch, pixels)."""
    grads: list[Array] = []
    for (stage, images, h), kernel in zip(reversed(seen), params[2 * len(seen) - 2 :: -2], strict=False):
        slope = xp.reshape(slope, (-1, *stage.output))
        slope = _conv.max_pool_backward(h, slope, stage.pool, xp) * _RELU.slope(h)
        bias_grad = xp.sum(slope, axis=(0, 1, 2))
        slope, kernel_grad = _conv.convolve_backward(images, kernel, slope, stage, xp)
        grads = [kernel_grad, bias_grad, *grads]
    return tuple(grads)


PLUGIN = Cnn
