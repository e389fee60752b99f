"""Round clouds of points, one for each class: generated here, so free of any licence.

{"name": "blobs", "n": 1000, "classes": 3, "features": 2, "spread": 0.3, "order": "mixed", "seed": 0}
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, final

from coursekit.train.arrays import Array
from coursekit.train.data import Data, Sizes, Split, Target
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Blobs(Data):
    """Points x = centre + spread times a standard normal vector; the centres are standard normal themselves.

    The best that any model can do is known: it is a softmax of linear functions, with logits
    (x c - |c|^2 / 2) / spread^2 for a centre c, since all clouds are alike but for their centre.
    The classes take turns, so that they are as large as each other; of n rows, one in five is for validation.
    Sorted, the rows to train on are the same and stand by class, those of a class in the order that they had.
    """

    target: ClassVar[Target] = "classes"

    n: Annotated[int, Range(at_least=10, at_most=100_000)] = 1000
    classes: Annotated[int, Range(at_least=2, at_most=100)] = 3
    features: Annotated[int, Range(at_least=1, at_most=1000)] = 2
    spread: Annotated[float, Range(above=0)] = 0.3  # standard deviation in each direction
    order: Literal["mixed", "sorted"] = "mixed"  # of the rows to train on; mixed, the classes take turns
    seed: Annotated[int, Range(at_least=0)] = 0

    @property
    def sizes(self) -> Sizes:
        """Four fifths of n to train on."""
        return Sizes(self.n - self.n // 5, self.n // 5, self.features, self.classes)

    def optimum(self) -> tuple[Array, Array]:
        """Return the weights, (features, classes), and biases, (classes,), of the best logits x W + b."""
        centres = self._draw()[0]
        return centres.T / self.spread**2, -(centres**2).sum(axis=1) / (2 * self.spread**2)

    def split(self) -> Split:
        """Generate the rows."""
        import numpy as np  # 60 ms, and a configuration is read without it

        centres, noise = self._draw()
        labels = np.arange(self.n) % self.classes
        x, y = centres[labels] + self.spread * noise, np.eye(self.classes)[labels]
        train = self.sizes.train
        rows = np.argsort(labels[:train], kind="stable") if self.order == "sorted" else slice(train)
        return Split(x[rows], y[rows], x[train:], y[train:])

    def _draw(self) -> tuple[Array, Array]:
        from coursekit.train.streams import Stream

        stream = Stream(self.seed, "data")
        return stream.normal((self.classes, self.features)), stream.normal((self.n, self.features))


PLUGIN = Blobs
