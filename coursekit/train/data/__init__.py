"""Data sets: one file each, found by name.

    coursekit/train/data/sparse_logistic.py   ->  {"name": "sparse-logistic", "seed": 0}

What a set holds is known without loading it, so a configuration is checked without NumPy.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, final

from coursekit.train.arrays import Array

Target: TypeAlias = Literal["numbers", "yes or no", "classes", "slopes"]
Image: TypeAlias = tuple[int, int, int]  # height, width, channels


@final
@dataclass(frozen=True, slots=True)
class Sizes:
    """How much data there is: rows to train on, rows to validate on, columns of x and of y.

    Where a row of x is an image, `image` is its shape: pixels row by row, the channels of each together.
    """

    train: int
    validation: int
    features: int
    outputs: int
    image: Image | None = None


@final
@dataclass(frozen=True, slots=True)
class Split:
    """The arrays of a data set, float64.

    x is (examples, features) and y is (examples, outputs): one column for numbers and for yes or no (1 or 0),
    one column per class for classes, with a single 1 in each row, and none for slopes, which are in x.
    """

    x_train: Array
    y_train: Array
    x_validation: Array
    y_validation: Array


class Data(ABC):
    """A data set; options are fields, and the same options always give the same arrays."""

    __slots__ = ()

    target: ClassVar[Target]

    @property
    @abstractmethod
    def sizes(self) -> Sizes:
        """The sizes of the split, known before it is made."""

    @abstractmethod
    def split(self) -> Split:
        """Load or generate the arrays."""
