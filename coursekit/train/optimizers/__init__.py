"""Optimizers: one file each, found by name.

    coursekit/train/optimizers/momentum.py   ->  {"name": "momentum", "momentum": 0.9}

A rule uses operators only (`+ - * / **` and `abs()`), so the same lines run on NumPy arrays and TensorFlow tensors.
"""

from abc import ABC, abstractmethod

from coursekit.train.arrays import Array


class Optimizer(ABC):
    """A rule that turns a gradient into new parameters; its options are fields, its memory is the state."""

    __slots__ = ()

    @abstractmethod
    def init(self, params: Array) -> tuple[Array, ...]:
        """Return the state before the first step, for parameters (P,)."""

    @abstractmethod
    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return parameters and state after one step along a gradient (P,)."""
