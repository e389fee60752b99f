"""Training from a file that is read part by part, so that it may be larger than memory.

{"name": "pickled-parts", "part": 100, "buffer": 1, "written": "by class", "passes": 3}
"""

import pickle
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.problem import Problem
    from coursekit.train.streams import Stream

Row: TypeAlias = "Array"  # 64 pixels, then ten numbers of which the label's is 1

_BATCH, _RATE, _PIXELS = 20, 0.3, 64
_RUN = {"model": "softmax", "data": "digits", "optimizer": "sgd", "learning_rate": _RATE, "steps": 1}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PickledParts(Probe):
    """Write 1,437 digits to a file, pickled in parts, then train softmax regression on what is read from it.

    Each pass opens with the first part. A row goes from its part into a buffer; when that is full, one of its rows,
    drawn by chance, goes into the batch of 20 and makes room, as in tf.data's shuffle. `rows_in_memory` is the most of
    a part and the buffer together, `classes_in_a_batch` a mean over the pass. Accuracy is that on 360 other digits.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("rows_in_memory", "classes_in_a_batch", "validation_accuracy")
    trials_at_most: ClassVar[int] = 10

    part: Annotated[int, Range(at_least=1, at_most=1437)] = 100
    buffer: Annotated[int, Range(at_least=1, at_most=1437)] = 1
    written: Literal["by class", "mixed"] = "by class"
    passes: Annotated[int, Range(at_least=1, at_most=10)] = 3

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Write the file, then train, with a row for each pass over it."""
        from coursekit.train.problem import prepare
        from coursekit.train.streams import Stream

        problem, stream = prepare(TrainingConfig.from_json({**_RUN, "seed": seed})), Stream(seed, "batches")
        params = problem.params
        row: dict[str, float] = {}
        with TemporaryFile() as file:
            self._write(problem, file, stream)
            for number in range(1, self.passes + 1):
                held: list[int] = []
                params, classes = _trained(problem, params, _in_batches(self._shuffled(file, stream, held)))
                row = {"passes": number, "rows_in_memory": max(held), "classes_in_a_batch": classes}
                row["validation_accuracy"] = _accuracy(problem, params)
                yield row
        return {name: row[name] for name in self.values}

    def _write(self, problem: "Problem", file: IO[bytes], stream: "Stream") -> None:
        """Pickle the rows, part by part, mixed or sorted by their labels."""
        import numpy as np

        rows = np.hstack([problem.split.x_train, problem.split.y_train])
        is_mixed = self.written == "mixed"
        order = stream.permutation(len(rows)) if is_mixed else rows[:, _PIXELS:].argmax(axis=1).argsort(kind="stable")
        for first in range(0, len(rows), self.part):
            pickle.dump(rows[order[first : first + self.part]], file)

    def _shuffled(self, file: IO[bytes], stream: "Stream", held: list[int]) -> Iterator[Row]:
        """Yield the rows through the buffer, and note how many are in memory whenever a part is."""
        buffer: list[Row] = []
        for part in parts(file):
            for row in part:
                if len(buffer) == self.buffer:
                    yield _drawn(buffer, stream)
                buffer.append(row.copy())  # a view would keep its whole part in memory
            held.append(len(part) + len(buffer))
        while buffer:
            yield _drawn(buffer, stream)


def parts(file: IO[bytes]) -> Iterator["Array"]:
    """Read what was pickled, one part after another, from the beginning to the end."""
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)  # safe, since this process wrote it
        except EOFError:
            return


def _drawn(buffer: list[Row], stream: "Stream") -> Row:
    """Take a row out of the buffer, by chance."""
    at = int(stream.choices(len(buffer))[0]) if len(buffer) > 1 else 0
    buffer[at], buffer[-1] = buffer[-1], buffer[at]
    return buffer.pop()


def _in_batches(rows: Iterable[Row]) -> Iterator["Array"]:
    import numpy as np

    left = iter(rows)
    while batch := [*islice(left, _BATCH)]:
        yield np.array(batch)


def _trained(problem: "Problem", params: "Array", batches: Iterable["Array"]) -> "tuple[Array, float]":
    """Take a step for each batch; return the parameters (P,) after it, and how many classes a batch had on average."""
    import numpy as np

    from coursekit.train.arrays import split

    classes: list[int] = []
    for batch in batches:
        x, y = batch[:, :_PIXELS], batch[:, _PIXELS:]
        _, gradient = problem.model.loss_and_gradient(split(params, problem.shapes, np), x, y, np)
        params = params - _RATE * np.concatenate([each.ravel() for each in gradient])
        classes.append(int(y.any(axis=0).sum()))
    return params, float(np.mean(classes))


def _accuracy(problem: "Problem", params: "Array") -> float:
    import numpy as np

    from coursekit.train.arrays import split

    data = problem.split
    right = problem.model.evaluate(split(params, problem.shapes, np), data.x_validation, data.y_validation, np)[1]
    return float(right.mean()) if right is not None else float("nan")


PLUGIN = PickledParts
