"""Spiral arms wound into each other, which no plane can tell apart: generated here, so free of any licence.

{"name": "spirals", "n": 1000, "arms": 2, "noise": 0.02, "turns": 1, "seed": 0}
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

from coursekit.train.data import Data, Sizes, Split, Target
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Spirals(Data):
    """Points of the plane, one class for each arm, which runs from the centre to the unit circle in `turns` turns.

    A point lies a fraction t along its arm, t uniform in [0, 1), at distance t from the centre and at the angle
    2 pi (turns t + arm / arms); then both coordinates are moved by normal noise. Without noise a loss of 0 can be
    approached, since the arms meet in the centre only. After Lang & Witbrock, Learning to Tell Two Spirals Apart, 1988.
    The arms take turns, so that they are as large as each other; of n rows, one in five is for validation.
    """

    target: ClassVar[Target] = "classes"

    n: Annotated[int, Range(at_least=10, at_most=100_000)] = 1000
    arms: Annotated[int, Range(at_least=2, at_most=10)] = 2
    noise: Annotated[float, Range(at_least=0)] = 0.02  # standard deviation
    turns: Annotated[float, Range(at_least=0, at_most=10)] = 1.0
    seed: Annotated[int, Range(at_least=0)] = 0

    @property
    def sizes(self) -> Sizes:
        """Four fifths of n to train on."""
        return Sizes(self.n - self.n // 5, self.n // 5, 2, self.arms)

    def split(self) -> Split:
        """Generate the rows."""
        import numpy as np  # 60 ms, and a configuration is read without it

        from coursekit.train.streams import Stream

        stream = Stream(self.seed, "data")
        arm, along = np.arange(self.n) % self.arms, stream.uniform((self.n,))
        angle = 2 * np.pi * (self.turns * along + arm / self.arms)
        circle = np.column_stack([np.cos(angle), np.sin(angle)])
        x, y = along[:, None] * circle + self.noise * stream.normal((self.n, 2)), np.eye(self.arms)[arm]
        train = self.sizes.train
        return Split(x[:train], y[:train], x[train:], y[train:])


PLUGIN = Spirals
