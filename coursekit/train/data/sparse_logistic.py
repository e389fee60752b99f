"""Rare features that matter beside dense ones of large scale: the problem that AdaGrad was made for.

{"name": "sparse-logistic", "n": 4000, "seed": 0}
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

from coursekit.train.arrays import Array
from coursekit.train.data import Data, Sizes, Split, Target
from coursekit.train.ranges import Range

Count = Annotated[int, Range(at_least=1, at_most=1000)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SparseLogistic(Data):
    """Yes or no, drawn with probability sigmoid(x w) for a known w.

    The first `dense` columns of x are normal with standard deviation `scale` and have weights of +-1 / scale:
    their size keeps the learning rate small. The other `sparse` columns are 1 with probability `rate`, else
    0, and have weights of +-`strength`: rarely seen, so that a small learning rate learns them slowly.
    Of n rows, one in five is for validation.
    """

    target: ClassVar[Target] = "yes or no"

    n: Annotated[int, Range(at_least=10, at_most=100_000)] = 5000
    dense: Count = 5
    sparse: Count = 100
    scale: Annotated[float, Range(above=0)] = 5.0
    rate: Annotated[float, Range(at_least=0, at_most=1)] = 0.02
    strength: Annotated[float, Range(at_least=0)] = 4.0
    seed: Annotated[int, Range(at_least=0)] = 0

    @property
    def sizes(self) -> Sizes:
        """Four fifths of n to train on."""
        return Sizes(self.n - self.n // 5, self.n // 5, self.dense + self.sparse, 1)

    def split(self) -> Split:
        """Generate the rows."""
        import numpy as np  # 60 ms, and a configuration is read without it

        from coursekit.train.streams import Stream

        stream = Stream(self.seed, "data")
        dense = self.scale * stream.normal((self.n, self.dense))
        sparse: Array = stream.uniform((self.n, self.sparse)) < self.rate
        x = np.concatenate([dense, sparse], axis=1)
        probability = 1 / (1 + np.exp(-x @ self.optimum()))
        y = np.where(stream.uniform((self.n, 1)) < probability, 1.0, 0.0)
        train = self.sizes.train
        return Split(x[:train], y[:train], x[train:], y[train:])

    def optimum(self) -> Array:
        """Return the true weights w, (features, 1), plus and minus in turn."""
        import numpy as np

        magnitudes = [1 / self.scale] * self.dense + [self.strength] * self.sparse
        return np.array([[-size if i % 2 else size] for i, size in enumerate(magnitudes)])


PLUGIN = SparseLogistic
