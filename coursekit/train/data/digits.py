"""Handwritten digits, 8 x 8 pixels, ten classes; origin and licence in digits.md beside this file.

{"name": "digits"}
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, final

from coursekit.train.data import Data, Sizes, Split, Target

_SHUFFLE = 1998  # the split is the same for every run, whatever its seed


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Digits(Data):
    """1,437 images to train on and 360 to validate on; pixels in [0, 1]."""

    target: ClassVar[Target] = "classes"

    @property
    def sizes(self) -> Sizes:
        """The sizes of the shipped file, four fifths of it for training."""
        return Sizes(train=1437, validation=360, features=64, outputs=10, image=(8, 8, 1))

    def split(self) -> Split:
        """Load the file and shuffle it, always in the same way."""
        import numpy as np  # 60 ms, and a configuration is read without it

        from coursekit.train.streams import Stream

        with np.load(Path(__file__).with_suffix(".npz"), allow_pickle=False) as file:
            x, y = file["pixels"] / 16, np.eye(10)[file["labels"]]
        order = Stream(_SHUFFLE, "data").permutation(len(x))
        train, validation = order[: self.sizes.train], order[self.sizes.train :]
        return Split(x[train], y[train], x[validation], y[validation])


PLUGIN = Digits
