"""Which rows go into which batch, drawn from a stream of our own: the same for both backends and any NumPy."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from coursekit.train.streams import Stream

Shuffle: TypeAlias = Literal["each epoch", "once", "never", "with replacement"]


@final
@dataclass(frozen=True, slots=True)
class Batches:
    """Row numbers of some batches on end, and where each batch ends among them."""

    rows: NDArray[np.intp]
    ends: tuple[int, ...]

    @property
    def bounds(self) -> Iterator[tuple[int, int]]:
        """Where each batch begins and ends."""
        return pairwise((0, *self.ends))

    def alike(self) -> Iterator[NDArray[np.intp]]:
        """Yield row numbers (count, size) for each stretch of batches that have the same size."""
        sizes = np.diff(self.ends, prepend=0)
        cuts = [0, *(np.flatnonzero(np.diff(sizes)) + 1).tolist(), len(sizes)]
        ends = (0, *self.ends)
        for first, last in pairwise(cuts):
            yield self.rows[ends[first] : ends[last]].reshape(last - first, -1)

    def __iter__(self) -> Iterator[NDArray[np.intp]]:
        return (self.rows[start:stop] for start, stop in self.bounds)


@final
class BatchOrder:
    """The batches of a run, one after another, for ever.

    An epoch takes every example once and is shuffled anew, or not ("once", "never"); "with replacement" draws each
    example from all of them. Its last batch holds what is left, or is dropped.
    """

    def __init__(
        self, seed: int, examples: int, batch_size: int, shuffle: Shuffle = "each epoch", *, drop_last: bool = False
    ) -> None:
        self._stream = Stream(seed, "batches")
        self._examples = examples
        self._batch_size = batch_size
        self._shuffle: Shuffle = shuffle
        self._stop = examples - examples % batch_size if drop_last else examples
        self._epoch = self._stream.permutation(examples) if shuffle == "once" else np.arange(examples)
        self._at = 0 if shuffle in ("once", "never") else self._stop  # so that the first part begins an epoch

    def take(self, count: int) -> Batches:
        """Return the next `count` batches."""
        parts: list[NDArray[np.intp]] = []
        ends: list[int] = []
        done = 0
        while len(ends) < count:
            part = self._part(count - len(ends))
            ends += (*range(done + self._batch_size, done + len(part), self._batch_size), done + len(part))
            parts.append(part)
            done += len(part)
        return Batches(np.concatenate(parts) if len(parts) > 1 else parts[0], tuple(ends))

    def _part(self, most: int) -> NDArray[np.intp]:
        """Take at most so many batches from this epoch, or begin the next."""
        if self._at == self._stop:
            self._epoch, self._at = self._next(), 0
        start, self._at = self._at, min(self._at + most * self._batch_size, self._stop)
        return self._epoch[start : self._at]

    def _next(self) -> NDArray[np.intp]:
        """Return the order of the epoch to come."""
        match self._shuffle:
            case "each epoch":
                return self._stream.permutation(self._examples)
            case "with replacement":
                return self._stream.choices(self._examples)
            case _:
                return self._epoch


def batches(seed: int, examples: int, batch_size: int) -> Iterator[NDArray[np.intp]]:
    """Yield the row numbers of one batch after another, each epoch shuffled anew."""
    order = BatchOrder(seed, examples, batch_size)
    while True:
        yield from order.take(1)
