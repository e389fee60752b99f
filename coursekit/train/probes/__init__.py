"""Probes: measurements of what a library or a method does, where no training says it; one file each, found by name.

    coursekit/train/probes/traces.py   ->  {"name": "traces", "signature": "any batch"}

A probe makes trials, each a row of a table, and returns the values that goals are held to. Options are fields.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from typing import ClassVar, TypeAlias

from coursekit.train.config import Backend

Cell: TypeAlias = float | int | str | None  # None: nothing to say here
Trial: TypeAlias = Mapping[str, Cell]  # by column, the same columns in each trial of a probe
Values: TypeAlias = Mapping[str, float]


class Probe(ABC):
    """Something that is measured, for real, in the training process."""

    __slots__ = ()

    needs: ClassVar[Backend]  # what it measures with
    values: ClassVar[tuple[str, ...]]  # the names of what it measures; goals are bounds on these
    trials_at_most: ClassVar[int] = 100  # for a display of progress
    bound: ClassVar[float] = 1e-6  # how far a value may be from another measurement's, relative, to be called the same
    curve: ClassVar[tuple[str, str] | None] = None  # columns that are drawn against each other, if a line says more

    @abstractmethod
    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Yield the trials of one measurement as they are made, and return its values.

        What is drawn by chance comes from the seed. An error that the library raises is a result: a word in a cell.
        """
