"""Penguins of three species, four measurements each; origin and licence in penguins.md beside this file.

{"name": "penguins"}
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, final

from coursekit.train.arrays import Array
from coursekit.train.data import Data, Sizes, Split, Target

_SHUFFLE = 2014  # the split is the same for every run, whatever its seed


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Penguins(Data):
    """274 birds to train on and 68 to validate on; the classes are Adelie, Chinstrap and Gentoo.

    x holds bill length, bill depth, flipper length and body mass, each less its mean over the training rows and
    divided by its standard deviation there. No best loss is known; the species can nearly be told apart by planes.
    """

    target: ClassVar[Target] = "classes"

    @property
    def sizes(self) -> Sizes:
        """The sizes of the shipped file, four fifths of it for training."""
        return Sizes(train=274, validation=68, features=4, outputs=3)

    def split(self) -> Split:
        """Load the file, shuffle it, always in the same way, and standardise."""
        from coursekit.train.streams import Stream  # loads NumPy, which reading a configuration does not need

        x, y = load_raw()
        order = Stream(_SHUFFLE, "data").permutation(len(x))
        train, validation = order[: self.sizes.train], order[self.sizes.train :]
        x = (x - x[train].mean(axis=0)) / x[train].std(axis=0)
        return Split(x[train], y[train], x[validation], y[validation])


def load_raw() -> tuple[Array, Array]:
    """Return the measurements in millimetres and grams, (342, 4), and the species, (342, 3)."""
    import numpy as np

    with np.load(Path(__file__).with_suffix(".npz"), allow_pickle=False) as file:
        x = np.column_stack([file["millimetres_x10"] / 10, file["grams"]])
        return x, np.eye(3)[file["species"]]


PLUGIN = Penguins
