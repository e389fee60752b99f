"""Measurements in millimetres and in grams beside each other: what their scale does to gradient descent.

{"name": "scaled-features", "scale": "as measured", "learning_rate": 0.1, "steps": 100}
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy

_EVERY = 5
_TRAINING = 274


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledFeatures(Probe):
    """Tell three species of penguins by four measurements with softmax regression and full-batch gradient descent.

    The scale is set from the 274 training rows: `standardised` has mean 0 and standard deviation 1, `0 to 1` goes from
    the least value to the largest, `centred` only takes the mean away. `condition` is the largest over the smallest
    eigenvalue of the inputs' second moments with a column of ones for the bias: how long the loss's valleys can be
    (LeCun et al., Efficient BackProp, 1998, section 4.3). The split is by chance, from the seed.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("accuracy", "condition", "loss")
    trials_at_most: ClassVar[int] = 1000 // _EVERY + 1
    curve: ClassVar[tuple[str, str] | None] = ("step", "loss")

    scale: Literal["as measured", "centred", "0 to 1", "standardised"] = "as measured"
    learning_rate: Annotated[float, Range(above=0, at_most=100)] = 0.1
    steps: Annotated[int, Range(at_least=5, at_most=1000)] = 100

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Descend, with a row every five steps, measured on the rows held out."""
        import numpy as np

        x, y = self._rows(seed)
        row: dict[str, float] = {}
        for step, weights in self._descent(x[:_TRAINING], y[:_TRAINING]):
            row = {"step": step, **_judged(x[_TRAINING:] @ weights, y[_TRAINING:])}
            yield row
        moments = np.linalg.eigvalsh(x[:_TRAINING].T @ x[:_TRAINING])
        return {"accuracy": row["accuracy"], "condition": float(moments[-1] / moments[0]), "loss": row["loss"]}

    def _rows(self, seed: int) -> "tuple[Array, Array]":
        """Return the birds, shuffled: measurements and a one (rows, 5), and species (rows, 3)."""
        import numpy as np

        from coursekit.train.data.penguins import load_raw
        from coursekit.train.streams import Stream

        x, y = load_raw()
        order = Stream(seed, "data").permutation(len(x))
        x = self._scaled(x[order])
        return np.hstack([x, np.ones((len(x), 1))]), y[order]

    def _scaled(self, x: "Array") -> "Array":
        seen = x[:_TRAINING]
        match self.scale:
            case "as measured":
                return x
            case "centred":
                return x - seen.mean(axis=0)
            case "0 to 1":
                return (x - seen.min(axis=0)) / (seen.max(axis=0) - seen.min(axis=0))
            case "standardised":
                return (x - seen.mean(axis=0)) / seen.std(axis=0)

    def _descent(self, x: "Array", y: "Array") -> "Iterator[tuple[int, Array]]":
        """Yield the weights (5, 3) after some of the steps, from zeros."""
        import numpy as np

        from coursekit.train.losses import CROSS_ENTROPY

        weights = np.zeros((x.shape[1], y.shape[1]))
        for step in range(self.steps + 1):
            if step % _EVERY == 0 or step == self.steps:
                yield step, weights
            weights = weights - self.learning_rate * x.T @ CROSS_ENTROPY.slope(x @ weights, y, np)


def _judged(logits: "Array", y: "Array") -> dict[str, float]:
    """Return the mean loss and the share told rightly."""
    import numpy as np

    from coursekit.train.losses import CROSS_ENTROPY

    loss = float(CROSS_ENTROPY.value(logits, y, np))
    right = float((logits.argmax(axis=1) == y.argmax(axis=1)).mean())
    return {"loss": loss, "accuracy": right}


PLUGIN = ScaledFeatures
