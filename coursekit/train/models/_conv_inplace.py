"""Convolution, pooling and their gradients in place: lists of calls, on arrays that are made once.

The batch comes last, (channels, height, width, batch), so that NumPy works on whole rows of numbers. A patch is what
lies under a whole window of pooling; one product has the sums at every position in the windows

    z (positions filters, windows batch)  =  placed' @ patches,    patches (patch + 1, windows batch)

where `placed` (patch + 1, positions filters) holds the kernel as it lies at each position, zeros around it, and the
bias in its last row, for which the patches have a last row of ones. Pooling is then the largest of a few blocks of z,
and relu, which changes no order, comes after it, where there are fewer numbers.
"""

from collections.abc import Callable
from functools import partial
from math import prod
from typing import TypeAlias, final

import numpy as np
from numpy.lib.stride_tricks import as_strided

from coursekit.train.arrays import Array
from coursekit.train.models._conv import Stage

Call: TypeAlias = Callable[[], object]


def patch(stage: Stage) -> int:
    """Return the side of what lies under a window of pooling."""
    return (stage.pool - 1) * stage.stride + stage.kernel


def windows(stage: Stage) -> int:
    """Return how many windows of pooling an image has."""
    return prod(stage.output[:2])


def fixed_patches(x: Array, stage: Stage) -> Array:
    """Return the patches of flat images, with ones as the last column: (images windows, patch + 1)."""
    source = Patches(stage, len(x), x.dtype)
    source.image[...] = x.reshape(-1, *stage.image).transpose(3, 1, 2, 0)
    for call in source.forward:
        call()
    by_window = source.patches.reshape(-1, windows(stage), len(x))
    return by_window.transpose(2, 1, 0).reshape(len(x) * windows(stage), -1).copy()


@final
class Patches:
    """The patches of images that change with every step."""

    def __init__(self, stage: Stage, batch: int, dtype: np.dtype[np.floating]) -> None:
        (height, width, channels), ((top, bottom), (left, right)) = stage.image, stage.margins
        self._stage = stage
        self._padded = np.zeros((channels, height + top + bottom, width + left + right, batch), dtype)
        self._inside = np.s_[:, top : top + height, left : left + width]
        self.image = self._padded[self._inside]  # to be written, (channels, height, width, batch)
        self.patches = np.ones((channels * patch(stage) ** 2 + 1, windows(stage) * batch), dtype)
        under = _under_windows(self._padded, stage)
        self.forward = [partial(np.copyto, self.patches[:-1].reshape(under.shape), under)]

    def backward(self, by_patches: Array, slope: Array) -> list[Call]:
        """Return the calls that make the slope by the image of that by the patches (patch, windows batch)."""
        total = np.empty_like(self._padded)
        parts = by_patches.reshape(_under_windows(total, self._stage).shape)
        calls: list[Call] = [partial(total.fill, 0)]
        for i in range(patch(self._stage)):
            for j in range(patch(self._stage)):
                pixels = _under_windows(total, self._stage)[:, i, j]
                calls.append(partial(np.add, pixels, parts[:, i, j], pixels))
        return [*calls, partial(np.copyto, slope, total[self._inside])]


def _under_windows(padded: Array, stage: Stage) -> Array:
    """Look at images by window, (channels, patch, patch, rows, columns, batch), without a copy."""
    side, step = patch(stage), stage.pool * stage.stride
    by_channel, by_row, by_column, by_image = padded.strides
    shape = (padded.shape[0], side, side, *stage.output[:2], padded.shape[3])
    return as_strided(padded, shape, (by_channel, by_row, by_column, by_row * step, by_column * step, by_image))


@final
class Convolution:
    """A stage for one size of batch: patches to a pooled image, and the slope by that to the gradient."""

    def __init__(self, stage: Stage, weights: Array, grad: Array, patches: Array, image: Array) -> None:
        """Take weights and gradient (inputs + 1, filters), patches, and where the pooled image is to be written."""
        filters, numbers = stage.filters, patches.shape[1]
        positions = stage.pool**2
        self._patches, self._grad = patches, grad
        self._rows = _rows_of_kernel(stage)
        self._placed = np.empty((len(patches), positions * filters), weights.dtype)
        self._pooling = _Pooling(stage.pool, filters * numbers, weights.dtype)
        self._z = self._pooling.z.reshape(positions * filters, numbers)
        self.slope = np.empty(image.shape, weights.dtype)  # to be written: of the loss, by the pooled image
        self.by_patches = np.empty_like(patches[:-1])  # of the loss, (patch, windows batch)
        self.forward = [
            *self._place(weights),
            partial(np.dot, self._placed.T, patches, self._z),
            *self._pooling.forward,
            partial(np.maximum, self._pooling.largest.reshape(image.shape), np.zeros_like(self.slope), out=image),
        ]

    def backward(self) -> list[Call]:
        """Return the calls that write the gradient."""
        by_z = self._pooling.by_z.reshape(self._z.shape)
        by_placed = np.empty(self._placed.T.shape, by_z.dtype)
        places = _places_of_kernel(self._rows, *self._grad.shape)
        summands, ones = np.empty(places.shape, by_z.dtype), np.ones(len(places), by_z.dtype)
        return [
            *self._pooling.backward(self.slope.reshape(-1)),
            partial(np.dot, by_z, self._patches.T, by_placed),
            partial(by_placed.take, places, None, summands, "clip"),
            partial(np.dot, ones, summands.reshape(len(ones), -1), self._grad.reshape(-1)),  # quicker than a sum
        ]

    def backward_to_patches(self) -> list[Call]:
        """Return the calls that write `by_patches`; they come after those of `backward`."""
        return [partial(np.dot, self._placed[:-1], self._pooling.by_z.reshape(self._z.shape), self.by_patches)]

    def _place(self, weights: Array) -> list[Call]:
        """Lay the kernel at each position of the window."""
        with_zeros = np.zeros((len(weights) + 1, weights.shape[1]), weights.dtype)
        rows = self._placed.reshape(-1, weights.shape[1])
        return [
            partial(np.copyto, with_zeros[:-1], weights),
            partial(with_zeros.take, self._rows.reshape(-1), 0, rows, "clip"),
        ]


def _rows_of_kernel(stage: Stage) -> Array:
    """Say which row of the kernel each number of a patch meets at each position, (patch + 1, positions).

    The bias has the row after the kernel's, and what does not lie under the kernel the row after that. Positions are
    told column by column.
    """
    kernel, channels = stage.kernel, stage.image[2]
    offset = np.arange(patch(stage))[:, None] - np.arange(stage.pool) * stage.stride
    down, right = offset[:, None, None, :], offset[None, :, :, None]  # (row, column, position's column, its row)
    is_under = (down >= 0) & (down < kernel) & (right >= 0) & (right < kernel)
    rows = (down * kernel + right) * channels + np.arange(channels).reshape(-1, 1, 1, 1, 1)
    rows = np.where(is_under, rows, stage.inputs + 1).reshape(-1, stage.pool**2)
    return np.vstack([rows, np.full_like(rows[:1], stage.inputs)])


def _places_of_kernel(rows: Array, inputs: int, filters: int) -> Array:
    """Turn `_rows_of_kernel` round: where in (positions filters, patch + 1) the kernel's numbers and its bias are.

    Returns (positions, inputs, filters), the bias being the last of the inputs.
    """
    column = np.argsort(rows, axis=0, kind="stable")[:inputs].T  # what does not lie under the kernel comes last
    row = np.arange(len(column) * filters).reshape(-1, 1, filters)
    return row * len(rows) + column[:, :, None]


@final
class _Pooling:
    """The largest of pool times pool blocks of z, along the rows of a window and then across; and the way back."""

    def __init__(self, pool: int, n: int, dtype: np.dtype[np.floating]) -> None:
        self.z = np.empty((pool, pool, n), dtype)  # to be written, by column and row of the position
        self._of_row = _Largest(self.z.reshape(pool, pool * n))
        self._of_all = _Largest(self._of_row.largest.reshape(pool, n))
        self.largest = self._of_all.largest  # (n,)
        self.by_z = self.z.reshape(pool * pool, n)  # the slope takes z's place, so that fewer numbers pass the cache
        self.forward = [*self._of_row.forward, *self._of_all.forward]

    def backward(self, slope: Array) -> list[Call]:
        """Return the calls that hand the slope (n,) to the first of the largest, where relu lets it pass."""
        zeros, passes = np.zeros_like(self.largest), np.empty(self.largest.shape, bool)
        of_all = np.empty(self.z.shape[1:], bool)
        of_row = np.empty((len(self.z), of_all.size), bool)
        return [
            partial(np.greater, self.largest, zeros, passes),
            *self._of_all.choose(passes, of_all),
            *self._of_row.choose(of_all.reshape(-1), of_row),
            partial(np.multiply, slope, of_row.reshape(self.by_z.shape), self.by_z),
        ]


@final
class _Largest:
    """The largest of candidates (count, n), number by number, and which one that is."""

    def __init__(self, candidates: Array) -> None:
        self._candidates = candidates
        self._so_far = [candidates[0], *(np.empty_like(candidate) for candidate in candidates[1:])]
        self.largest = self._so_far[-1]
        self.forward = [
            partial(np.maximum, before, candidate, out=after)
            for before, candidate, after in zip(self._so_far, candidates[1:], self._so_far[1:], strict=False)
        ]

    def choose(self, mask: Array, chosen: Array) -> list[Call]:
        """Return the calls that share a mask (n,) out: to the first candidate that is largest, in chosen (count, n)."""
        left = [chosen[0], *(np.empty_like(mask) for _ in chosen[2:]), mask][: len(chosen)]
        calls: list[Call] = [] if len(chosen) > 1 else [partial(np.copyto, chosen[0], mask)]
        for i in reversed(range(1, len(chosen))):
            calls += [
                partial(np.greater, self._candidates[i], self._so_far[i - 1], chosen[i]),
                partial(np.logical_and, chosen[i], left[i], chosen[i]),
                partial(np.greater, left[i], chosen[i], left[i - 1]),
            ]
        return calls
