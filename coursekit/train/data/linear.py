"""A linear rule with noise, of which the best parameters are known.

{"name": "linear", "n": 1000, "features": 10, "noise": 0.1, "seed": 0}
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

from coursekit.train.arrays import Array
from coursekit.train.data import Data, Sizes, Split, Target
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LinearData(Data):
    """y = x w + noise, with x and w standard normal; the best loss to be expected is noise squared.

    Of n rows, one in five is for validation.
    """

    target: ClassVar[Target] = "numbers"

    n: Annotated[int, Range(at_least=10, at_most=100_000)] = 1000
    features: Annotated[int, Range(at_least=1, at_most=1000)] = 10
    noise: Annotated[float, Range(at_least=0)] = 0.1  # standard deviation
    seed: Annotated[int, Range(at_least=0)] = 0

    @property
    def sizes(self) -> Sizes:
        """Four fifths of n to train on."""
        return Sizes(self.n - self.n // 5, self.n // 5, self.features, 1)

    def optimum(self) -> Array:
        """Return the true weights w, (features, 1)."""
        return self._draw()[0]

    def split(self) -> Split:
        """Generate the rows."""
        w, x, noise = self._draw()
        y = x @ w + noise
        train = self.sizes.train
        return Split(x[:train], y[:train], x[train:], y[train:])

    def _draw(self) -> tuple[Array, Array, Array]:
        from coursekit.train.streams import Stream  # loads NumPy, which reading a configuration does not need

        stream = Stream(self.seed, "data")
        w = stream.normal((self.features, 1))
        return w, stream.normal((self.n, self.features)), self.noise * stream.normal((self.n, 1))


PLUGIN = LinearData
