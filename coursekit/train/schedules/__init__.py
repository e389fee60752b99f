"""Learning-rate schedules: one file each, found by name.

    coursekit/train/schedules/cosine.py   ->  {"name": "cosine", "end_factor": 0.01}

A schedule is a factor in [0, 1] of the run's learning rate for each step, computed without NumPy.
"""

from abc import ABC, abstractmethod


class Schedule(ABC):
    """How the learning rate changes in the course of a run; its options are fields."""

    __slots__ = ()

    @abstractmethod
    def factor(self, step: int, steps: int) -> float:
        """Return what the learning rate is multiplied with at a step, counted from 0, of a run of `steps`."""

    def check(self, steps: int) -> None:  # noqa: B027 - some fit a run of any length
        """Raise ValueError, beginning with a field's name, when the schedule does not fit a run of `steps`."""
