"""Chance that can be repeated: seeded streams of our own for data, initial parameters and batch order.

NumPy keeps the raw words of a bit generator the same for ever, but not what `Generator` makes of them; so
what a run needs is made here from raw words, and another version of NumPy gives the same run.
"""

from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from coursekit.train.arrays import Shape, size

Purpose: TypeAlias = Literal["data", "parameters", "batches"]
_NUMBERS: dict[Purpose, int] = {"data": 1, "parameters": 2, "batches": 3}


@final
class Stream:
    """Random words for one purpose of one seed; streams of different purposes are independent."""

    __slots__ = ("_bits",)

    def __init__(self, seed: int, purpose: Purpose) -> None:
        self._bits = np.random.PCG64([seed, _NUMBERS[purpose]])

    def words(self, n: int) -> NDArray[np.uint64]:
        """Draw n words of 64 random bits."""
        return self._bits.random_raw(n)

    def uniform(self, shape: Shape) -> NDArray[np.float64]:
        """Draw numbers in [0, 1), multiples of 2^-53."""
        return ((self.words(size([shape])) >> np.uint64(11)) * np.float64(2**-53)).reshape(shape)

    def normal(self, shape: Shape) -> NDArray[np.float64]:
        """Draw standard normal numbers.

        Box & Muller, A Note on the Generation of Random Normal Deviates, 1958.
        """
        n = size([shape])
        u, v = self.uniform((2, n))
        return (np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)).reshape(shape)

    def permutation(self, n: int) -> NDArray[np.intp]:
        """Shuffle 0 ... n - 1: each gets a random word, and they are sorted by its upper half.

        Sorted by one quarter of the word after the other, since NumPy counts 16-bit numbers instead of comparing them.
        """
        words = self.words(n)
        order = np.argsort((words >> np.uint64(32)).astype(np.uint16), kind="stable")
        return order[np.argsort((words >> np.uint64(48)).astype(np.uint16)[order], kind="stable")]

    def choices(self, n: int) -> NDArray[np.intp]:
        """Draw n numbers from 0 ... n - 1, each from all of them."""
        return (self.uniform((n,)) * n).astype(np.intp)
