"""What half precision does to gradients: how many become 0, how many overflow, and what a scaled loss changes.

{"name": "loss-scaling", "numbers": "float16", "scale": 1024}
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy

Numbers: TypeAlias = Literal["float32", "float16", "bfloat16"]

_NETWORKS: dict[str, tuple[list[int], str, str]] = {
    "one layer of relu": ([32], "relu", "he"),
    "eight layers of sigmoid": ([32] * 8, "sigmoid", "glorot"),
}
_TRAINING = {"data": "digits", "optimizer": "sgd", "learning_rate": 0.3, "batch_size": 32, "dtype": "float32"}
_BATCH = 64


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LossScaling(Probe):
    """Take one gradient on 64 digits in a 16-bit format and hold it against the same in float32, layer by layer.

    Every result of an operation is rounded to the format; sums within a product are kept in float32, as tensor cores
    do. The loss is multiplied by `scale` before the way back, and each gradient divided by it at the end, in float32
    (Micikevicius et al., Mixed Precision Training, 2018, https://arxiv.org/abs/1710.03740). `lost` is the share of
    weights whose gradient is 0 though it is not in float32, `overflowed` that of those without a finite one, and
    `worst_error` the largest of all layers' relative errors; a layer with an overflow has an error of 1.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("lost", "overflowed", "worst_error")
    trials_at_most: ClassVar[int] = 10

    numbers: Numbers = "float16"
    scale: Annotated[float, Range(at_least=1, at_most=2**32)] = 1.0
    network: Literal["one layer of relu", "eight layers of sigmoid"] = "eight layers of sigmoid"
    after_steps: Annotated[int, Range(at_least=0, at_most=2000)] = 0

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Measure each layer, from the last to the first, as the gradient meets them."""
        import numpy as np

        params, x, y = self._moment(seed)
        with np.errstate(all="ignore"):  # an overflow is what is measured
            params = [rounded(part, self.numbers) for part in params]
            exact = _gradient(params, x, y, self._activation, "float32", 1.0)
            half = _gradient(params, x, y, self._activation, self.numbers, self.scale)
            rows = [_row(number, *pair) for number, pair in enumerate(zip(exact, half, strict=True), 1)]
        yield from reversed(rows)
        every = _row(0, *(np.concatenate([part.ravel() for part in each]) for each in (exact, half)))
        worst = max(float(row["error"] or 0) for row in rows)
        return {"lost": every["lost"], "overflowed": every["overflowed"], "worst_error": worst}

    @property
    def _activation(self) -> str:
        return _NETWORKS[self.network][1]

    def _moment(self, seed: int) -> tuple[list["Array"], "Array", "Array"]:
        """Return the parameters (W, b, W, b, ...) after some steps in float32, and a batch (64, 64) with targets."""
        import numpy as np

        from coursekit.train.arrays import split
        from coursekit.train.backends import start
        from coursekit.train.fit import follow
        from coursekit.train.problem import prepare
        from coursekit.train.streams import Stream

        config = TrainingConfig.from_json(self._run(seed))
        problem = prepare(config)
        training = start(problem, "numpy")
        for _ in follow(config, problem, training) if self.after_steps else ():
            pass
        rows = Stream(seed, "batches").permutation(len(problem.split.x_train))[:_BATCH]
        params = split(training.params, problem.shapes, np)
        return [*params], problem.split.x_train[rows], problem.split.y_train[rows]

    def _run(self, seed: int) -> dict[str, Any]:
        hidden, activation, init_by = _NETWORKS[self.network]
        model = {"name": "mlp", "hidden": hidden, "activation": activation, "init_by": init_by}
        return {"model": model, "steps": max(self.after_steps, 1), **_TRAINING, "seed": seed}


def rounded(x: "Array", numbers: str) -> "Array":
    """Round to the nearest number of a format, ties to the even one; the result is kept as float32."""
    import numpy as np

    x = np.asarray(x, np.float32)
    if numbers == "float32":
        return x
    if numbers == "float16":
        return x.astype(np.float16).astype(np.float32)
    bits: Array = x.view(np.uint32)
    up = bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))  # the upper half is a bfloat16
    upper: Array = (up & np.uint32(0xFFFF0000)).view(np.float32)
    upper[~np.isfinite(x)] = x[~np.isfinite(x)]
    return upper


def _gradient(
    params: Sequence["Array"], x: "Array", y: "Array", activation: str, numbers: str, scale: float
) -> list["Array"]:
    """Return the gradient by each weight matrix, back in float32 and without the scale."""
    import numpy as np

    values, layers = [rounded(x, numbers)], [*zip(params[::2], params[1::2], strict=True)]
    for weights, bias in layers:
        z = rounded(values[-1] @ weights + bias, numbers)
        values.append(z if weights is layers[-1][0] else rounded(_bent(z, activation), numbers))
    odds = np.exp(values[-1] - values[-1].max(axis=1, keepdims=True))  # the loss itself stays in float32
    slope = rounded((odds / odds.sum(axis=1, keepdims=True) - y) * np.float32(scale / len(y)), numbers)
    grads: list[Array] = []
    for (weights, _), h in zip(reversed(layers), reversed(values[:-1]), strict=True):
        grads.append(rounded(h.T @ slope, numbers) / np.float32(scale))
        slope = rounded(rounded(slope @ weights.T, numbers) * _slope(h, activation), numbers)
    return grads[::-1]


def _bent(z: "Array", activation: str) -> "Array":
    import numpy as np

    return np.maximum(z, 0) if activation == "relu" else 1 / (1 + np.exp(-z))


def _slope(h: "Array", activation: str) -> "Array":
    """Return the activation's slope, of its own value."""
    return h > 0 if activation == "relu" else h * (1 - h)


def _row(layer: int, exact: "Array", half: "Array") -> dict[str, float]:
    """Compare one layer's gradients."""
    import numpy as np

    is_finite = np.isfinite(half)
    there = exact != 0
    distance = float(np.linalg.norm(half - exact) / np.linalg.norm(exact)) if is_finite.all() else 1.0
    return {
        "layer": layer,
        "typical_size": float(np.median(np.abs(exact[there]))) if there.any() else 0.0,
        "lost": float(((half == 0) & there).sum() / max(there.sum(), 1)),
        "overflowed": float(1 - is_finite.mean()),
        "error": distance,
    }


PLUGIN = LossScaling
