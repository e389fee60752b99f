"""Convolution, pooling and their gradients, after Keras's conventions: images (batch, height, width, channels).

Kernels are (height, width, channels, filters). A convolution is a matrix product with the patches under the kernel:

    patches (batch, rows, columns, kernel kernel channels)  @  kernel (kernel kernel channels, filters)
"""

from dataclasses import dataclass
from math import isqrt
from typing import Literal, TypeAlias, final

from coursekit.train.arrays import Array, Namespace
from coursekit.train.data import Image

Padding: TypeAlias = Literal["valid", "same"]


@final
@dataclass(frozen=True, slots=True)
class Stage:
    """A convolution with relu and then max pooling, whose windows do not overlap; 1 is no pooling."""

    image: Image  # what comes in
    filters: int
    kernel: int
    stride: int
    padding: Padding
    pool: int

    @property
    def sums(self) -> Image:
        """What the convolution gives, before pooling."""
        height, width, _ = self.image
        return self._positions(height), self._positions(width), self.filters

    @property
    def output(self) -> Image:
        """What comes out of pooling; rows and columns that fill no window are left out."""
        height, width, filters = self.sums
        return height // self.pool, width // self.pool, filters

    @property
    def margins(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """How many zeros the image gets above and below, left and right; an odd one goes below and right."""
        height, width, _ = self.image
        return self._margin(height), self._margin(width)

    @property
    def inputs(self) -> int:
        """How many numbers a patch holds."""
        return self.kernel**2 * self.image[2]

    def _positions(self, length: int) -> int:
        reach = length if self.padding == "same" else length - self.kernel + 1
        return max(0, -(-reach // self.stride))

    def _margin(self, length: int) -> tuple[int, int]:
        if self.padding == "valid":
            return 0, 0
        total = max(0, (self._positions(length) - 1) * self.stride + self.kernel - length)
        return total // 2, total - total // 2


def check(stage: Stage, number: int) -> None:
    """Raise ValueError, beginning with a field's name, when layer `number` leaves nothing of its image."""
    if not all(stage.sums):
        raise ValueError(
            f"padding leaves nothing: layer {number} gets an image of {_by(stage.image)} for a kernel of "
            f"{stage.kernel}x{stage.kernel}. Use padding 'same', fewer filters entries or a smaller kernel."
        )
    if not all(stage.output):
        raise ValueError(
            f"pool leaves nothing: layer {number} pools an image of {_by(stage.sums)} by windows of "
            f"{stage.pool}x{stage.pool}. Use a smaller pool, fewer filters entries or a smaller stride."
        )


def _by(image: Image) -> str:
    return f"{image[0]}x{image[1]}"


def image_of(x: Array, channels: int) -> Image:
    """Return the shape of square images, given as flat rows."""
    side = isqrt(x.shape[1] // channels)
    return side, side, channels


def convolve(x: Array, kernel: Array, stage: Stage, xp: Namespace) -> Array:
    """Return the sums (batch, rows, columns, filters) without bias."""
    if hasattr(xp, "conv2d"):
        return xp.conv2d(x, kernel, stage.stride, stage.padding.upper())
    return xp.reshape(patches(x, stage, xp) @ xp.reshape(kernel, (stage.inputs, stage.filters)), (-1, *stage.sums))


def convolve_backward(x: Array, kernel: Array, slope: Array, stage: Stage, xp: Namespace) -> tuple[Array, Array]:
    """Return the gradient by x and by the kernel, given the slope by the sums."""
    slope = xp.reshape(slope, (-1, stage.filters))
    by_kernel = patches(x, stage, xp).T @ slope
    by_patches = slope @ xp.reshape(kernel, (stage.inputs, stage.filters)).T
    return _overlay(by_patches, stage, xp), xp.reshape(by_kernel, kernel.shape)


def patches(x: Array, stage: Stage, xp: Namespace) -> Array:
    """Return what lies under the kernel at each position, (batch rows columns, kernel kernel channels)."""
    padded = xp.pad(x, ((0, 0), *stage.margins, (0, 0)))
    views = xp.lib.stride_tricks.sliding_window_view(padded, (stage.kernel, stage.kernel), axis=(1, 2))
    views = views[:, :: stage.stride, :: stage.stride]  # (batch, rows, columns, channels, kernel, kernel)
    return xp.reshape(xp.moveaxis(views, 3, 5), (-1, stage.inputs))


def _overlay(by_patches: Array, stage: Stage, xp: Namespace) -> Array:
    """Add up at each pixel (batch, height, width, channels) what the patches that it lies in have for it."""
    (rows, columns, _), (height, width, channels), kernel = stage.sums, stage.image, stage.kernel
    (above, below), (left, right) = stage.margins
    parts = xp.reshape(by_patches, (-1, rows, columns, kernel, kernel, channels))
    total = xp.zeros((len(parts), height + above + below, width + left + right, channels), parts.dtype)
    for i in range(kernel):
        for j in range(kernel):
            total[:, _every(i, rows, stage), _every(j, columns, stage)] += parts[:, :, :, i, j]
    return total[:, above : above + height, left : left + width]


def _every(first: int, count: int, stage: Stage) -> slice:
    return slice(first, first + (count - 1) * stage.stride + 1, stage.stride)


def max_pool(x: Array, pool: int, xp: Namespace) -> Array:
    """Return the largest of each window and channel, (batch, height // pool, width // pool, channels)."""
    if hasattr(xp, "max_pool2d"):
        return xp.max_pool2d(x, pool, pool, "VALID")
    return xp.max(_windows(x, pool, xp), axis=3)


def max_pool_backward(x: Array, slope: Array, pool: int, xp: Namespace) -> Array:
    """Return the gradient by x: each window's slope goes to the first of its maxima, row by row."""
    windows = _windows(x, pool, xp)
    batch, rows, columns, positions, channels = windows.shape
    first = xp.argmax(windows, axis=3)[:, :, :, None] == xp.arange(positions)[:, None]
    spread = xp.reshape(first * slope[:, :, :, None], (batch, rows, columns, pool, pool, channels))
    grad = xp.zeros_like(x)
    grad[:, : rows * pool, : columns * pool] = xp.reshape(
        xp.swapaxes(spread, 2, 3), (batch, rows * pool, columns * pool, channels)
    )
    return grad


def _windows(x: Array, pool: int, xp: Namespace) -> Array:
    """Return the windows that fit, (batch, rows, columns, pool pool, channels)."""
    batch, height, width, channels = x.shape
    rows, columns = height // pool, width // pool
    x = xp.reshape(x[:, : rows * pool, : columns * pool], (batch, rows, pool, columns, pool, channels))
    return xp.reshape(xp.swapaxes(x, 2, 3), (batch, rows, columns, pool * pool, channels))
