"""A leak: features picked with the labels of the rows that are to test them.

{"name": "picked-features", "features": 5000, "rows": 50, "kept": 100, "picked_on": "all rows"}
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

Table: TypeAlias = "tuple[Array, Array]"  # features (rows, features) and labels (rows,), -1 or 1

_SIZES = (20, 100, 500, 2000, 5000)
_FOLDS = 5
_REPEATS = 10


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PickedFeatures(Probe):
    """Estimate by cross-validation how well labels are told that are drawn by chance, so that nobody can tell them.

    The rows have normal features; half of the labels are -1, the other half 1. The features whose correlation with the
    labels is the strongest are kept, and each row takes the label of the nearest one in five-fold cross-validation.
    They are picked once, on all rows, or in each fold on the rows that it trains on. `estimate` is the share told right
    in the folds, `truth` that of as many fresh rows, told with all the old ones; both are means over 10 repetitions.
    The example is that of Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, section 7.10.2.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("features", "estimate", "truth", "optimism")
    trials_at_most: ClassVar[int] = len(_SIZES) + 1
    curve: ClassVar[tuple[str, str] | None] = ("features", "estimate")

    features: Annotated[int, Range(at_least=20, at_most=5000)] = 1000
    rows: Annotated[int, Range(at_least=20, at_most=100)] = 50
    kept: Annotated[int, Range(at_least=1, at_most=100)] = 20
    picked_on: Literal["all rows", "training rows"] = "all rows"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Measure with some numbers of features, from few to many, and with the one that is set."""
        from coursekit.train.streams import Stream

        stream, sizes = Stream(seed, "data"), sorted({*_SIZES, self.features})
        tables = [_drawn(stream, self.rows, sizes[-1]) for _ in range(_REPEATS)]
        values: dict[str, float] = {}
        for size in sizes:
            row = self._row([(x[:, :size], y) for x, y in tables], stream)
            yield row
            if size == self.features:
                values = row
        return values

    def _row(self, tables: Sequence[Table], stream: "Stream") -> dict[str, float]:
        """Return a row of the table: means over the repetitions."""
        size = tables[0][0].shape[1]
        estimate = sum(map(self._estimate, tables)) / _REPEATS
        truth = sum(self._truth(table, stream) for table in tables) / _REPEATS
        return {"features": size, "estimate": estimate, "truth": truth, "optimism": estimate - truth}

    def _estimate(self, table: Table) -> float:
        """Return the share told right in cross-validation; both labels are as frequent in each fold."""
        import numpy as np

        x, y = table
        folds, everything = np.arange(len(y)) // 2 % _FOLDS, self.picked(x, y)
        right = 0
        for fold in range(_FOLDS):
            old, new = folds != fold, folds == fold
            columns = everything if self.picked_on == "all rows" else self.picked(x[old], y[old])
            right += int((nearest(x[old][:, columns], y[old], x[new][:, columns]) == y[new]).sum())
        return right / len(y)

    def _truth(self, table: Table, stream: "Stream") -> float:
        """Return the share told right of fresh rows; no feature depends on another, so the kept ones are enough."""
        x, y = table
        columns = self.picked(x, y)
        fresh, labels = _drawn(stream, self.rows, len(columns))
        return float((nearest(x[:, columns], y, fresh) == labels).mean())

    def picked(self, x: "Array", y: "Array") -> "Array":
        """Return the columns with the strongest correlation, (kept,)."""
        import numpy as np

        centred, labels = x - x.mean(axis=0), y - y.mean()
        strength = np.abs(labels @ centred) / np.sqrt((centred**2).sum(axis=0))
        return np.argsort(-strength, kind="stable")[: self.kept]


def nearest(x: "Array", y: "Array", new: "Array") -> "Array":
    """Return for each new row the label of the old row that is nearest to it."""
    distances = (x**2).sum(axis=1) - 2 * new @ x.T  # (new, old), without what all old rows have in common
    return y[distances.argmin(axis=1)]


def _drawn(stream: "Stream", rows: int, features: int) -> Table:
    import numpy as np

    return stream.normal((rows, features)), np.where(np.arange(rows) % 2, 1, -1)


PLUGIN = PickedFeatures
