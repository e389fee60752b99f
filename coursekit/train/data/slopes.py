"""Random slopes that tilt a landscape and cancel out: generated here, so free of any licence.

{"name": "slopes", "n": 1000, "scale": 1, "seed": 0}
"""

from dataclasses import dataclass
from math import frexp
from typing import Annotated, ClassVar, final

from coursekit.train.data import Data, Sizes, Split, Target
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes(Data):
    """Slopes a_i, normal with standard deviation `scale` and a mean of exactly 0, one to each example.

    A model adds the mean of its batch's slopes times a parameter to its loss, so that its gradient is noisy by
    scale / sqrt(batch size), while the whole set gives the landscape itself; what its minimum is, the model says.
    The validation set is a single slope of 0: the validation loss is the height in the landscape, without noise.

    The slopes are multiples of a power of two, 1/256 to 1/128 of the scale. Sums of such numbers are exact, also in
    float32 and in any order: the mean of all is 0, and a run that starts on a saddle's ridge with the whole set stays
    there.
    """

    target: ClassVar[Target] = "slopes"

    n: Annotated[int, Range(at_least=1, at_most=100_000)] = 1000
    scale: Annotated[float, Range(at_least=0)] = 1.0
    seed: Annotated[int, Range(at_least=0)] = 0

    @property
    def sizes(self) -> Sizes:
        """All n to train on and one to validate on; no targets."""
        return Sizes(self.n, 1, 1, 0)

    def split(self) -> Split:
        """Generate the slopes, x of (n, 1)."""
        import numpy as np  # 60 ms, and a configuration is read without it

        from coursekit.train.streams import Stream

        unit = 2.0 ** (frexp(self.scale)[1] - 8)
        whole = np.round(Stream(self.seed, "data").normal((self.n, 1)) * (self.scale / unit))
        whole -= whole.sum() // self.n
        whole[: int(whole.sum())] -= 1  # what the division by n has left, one to each of the first rows
        return Split(whole * unit, np.zeros((self.n, 0)), np.zeros((1, 1)), np.zeros((1, 0)))


PLUGIN = Slopes
