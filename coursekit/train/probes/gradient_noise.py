"""How noisy a mini-batch's gradient is: measured over many draws, at parameters that stay where they are.

{"name": "gradient-noise", "batch_size": 32, "draws": 400}
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

_SIZES = (1, 4, 16, 64, 256)
_BEFORE = {
    "model": "softmax",
    "data": "digits",
    "optimizer": "sgd",
    "learning_rate": 0.3,
    "batch_size": 32,
    "steps": 50,
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GradientNoise(Probe):
    """Draw batches of the digits and hold their gradients against the full one, after 50 steps of softmax regression.

    The variance is that of the whole vector: the mean squared distance from the full gradient. For batches drawn with
    replacement it is the variance of one example over the batch size; without, it is smaller by the factor
    (N - B) / (N - 1) (Cochran, Sampling Techniques, 1977, section 2.5). `noise` is its root over the full gradient's
    length.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("examples", "noise", "variance", "variance_times_batch")
    trials_at_most: ClassVar[int] = len(_SIZES) + 1

    batch_size: Annotated[int, Range(at_least=1, at_most=1437)] = 32
    draws: Annotated[int, Range(at_least=2, at_most=2000)] = 400
    sampling: Literal["with replacement", "without"] = "with replacement"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Measure at some sizes to compare with, and then at the one that is set."""
        from coursekit.train.streams import Stream

        gradients, stream = _gradients(seed), Stream(seed, "batches")
        for size in _SIZES:
            if size != self.batch_size:
                yield self._row(gradients, size, stream)
        row = self._row(gradients, self.batch_size, stream)
        yield row
        return {"examples": self.batch_size, **{name: row[name] for name in self.values[1:]}}

    def _row(self, gradients: "Array", size: int, stream: "Stream") -> dict[str, float]:
        """Return a row of the table, measured on as many draws as are set."""
        full = gradients.mean(axis=0)
        drawn = self._counts(stream, len(gradients), size) @ gradients / size  # (draws, P)
        variance = float(((drawn - full) ** 2).sum(axis=1).mean())
        noise = (variance / float(full @ full)) ** 0.5
        return {"batch_size": size, "variance": variance, "variance_times_batch": variance * size, "noise": noise}

    def _counts(self, stream: "Stream", rows: int, size: int) -> "Array":
        """Draw batches: how often each row is in each, (draws, rows)."""
        import numpy as np

        counts = np.zeros((self.draws, rows))
        for count in counts:
            replaces = self.sampling == "with replacement"
            picked = (stream.uniform((size,)) * rows).astype(int) if replaces else stream.permutation(rows)[:size]
            np.add.at(count, picked, 1)
        return counts


def _gradients(seed: int) -> "Array":
    """Return the gradient of each example, (rows, P), where a short training leads."""
    import numpy as np

    from coursekit.train.arrays import split
    from coursekit.train.backends import start
    from coursekit.train.fit import follow
    from coursekit.train.problem import prepare

    config = TrainingConfig.from_json({**_BEFORE, "seed": seed})
    problem = prepare(config)
    run = start(problem, "numpy")
    for _ in follow(config, problem, run):
        pass
    params, data = split(run.params, problem.shapes, np), problem.split
    ones = (
        problem.model.loss_and_gradient(params, x[None], y[None], np)[1]
        for x, y in zip(data.x_train, data.y_train, strict=True)
    )
    return np.array([np.concatenate([part.ravel() for part in grads]) for grads in ones])


PLUGIN = GradientNoise
