"""What a trained network keeps of its accuracy when each weight is stored in a few bits.

{"name": "quantised-weights", "bits": 8, "one_scale_for": "each array"}
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, cast, final

from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.models.mlp import Mlp
    from coursekit.train.problem import Problem

_BITS = (32, 16, 8, 4, 2)
_SCALE_BYTES = 8  # a smallest value and a step, in float32
_TRAINING = {"data": "digits", "optimizer": "sgd", "learning_rate": 0.5, "batch_size": 32, "dtype": "float32"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class QuantisedWeights(Probe):
    """Train 64-h-10 on the digits for 600 steps, then store its weights and biases in fewer bits and measure it again.

    Stored is a whole number q of so many bits for each weight, and a smallest value and a step for each array, or for
    each column of it: w is read back as smallest + q * step. The range is shifted so that 0 is kept exactly, as the
    converter of TensorFlow.js does with 8 and with 16 bits (Jacob et al., Quantization and Training of Neural Networks,
    2018, https://arxiv.org/abs/1712.05877). `changed` is the share of validation images that are told otherwise than
    with 32 bits, `points_lost` how many points in a hundred the accuracy falls.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("bytes", "accuracy", "validation_loss", "changed", "points_lost")
    trials_at_most: ClassVar[int] = len(_BITS) + 1

    bits: Annotated[int, Range(at_least=1, at_most=32)] = 8
    one_scale_for: Literal["each array", "each column"] = "each array"
    hidden: Annotated[int, Range(at_least=4, at_most=256)] = 64

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Train once; measure at some numbers of bits to compare with, and then at the one that is set."""
        problem, params = self._trained(seed)
        whole = self._row(problem, params, 32)
        for bits in _BITS:
            if bits != self.bits:
                yield self._row(problem, params, bits)
        row = self._row(problem, params, self.bits)
        yield row
        lost = 100 * (float(whole["accuracy"]) - float(row["accuracy"]))
        return {**{name: row[name] for name in self.values[:-1]}, "points_lost": lost}

    def _trained(self, seed: int) -> tuple["Problem", list["Array"]]:
        import numpy as np

        from coursekit.train.arrays import split
        from coursekit.train.backends import start
        from coursekit.train.fit import follow
        from coursekit.train.problem import prepare

        model = {"name": "mlp", "hidden": [self.hidden]}
        config = TrainingConfig.from_json({"model": model, "steps": 600, **_TRAINING, "seed": seed})
        problem = prepare(config)
        training = start(problem, "numpy")
        for _ in follow(config, problem, training):
            pass
        return problem, [*split(training.params, problem.shapes, np)]

    def _row(self, problem: "Problem", params: Sequence["Array"], bits: int) -> dict[str, float]:
        """Say how large the weights are in so many bits, and how good the network is with them."""
        import numpy as np

        by_column = self.one_scale_for == "each column"
        kept = [read_back(part, bits, by_column=by_column) for part in params]
        data, model = problem.split, cast("Mlp", problem.model)
        outputs: Array = model.outputs(tuple(kept), data.x_validation, np)
        told, before = (out.argmax(axis=1) for out in (outputs, model.outputs(tuple(params), data.x_validation, np)))
        return {
            "bits": bits,
            "bytes": sum(stored_bytes(part.shape, bits, by_column=by_column) for part in params),
            "largest_error": max(float(np.abs(a - b).max()) for a, b in zip(kept, params, strict=True)),
            "accuracy": float((told == data.y_validation.argmax(axis=1)).mean()),
            "validation_loss": float(model.measure.value(outputs, data.y_validation, np)),
            "changed": float((told != before).mean()),
        }


def read_back(w: "Array", bits: int, *, by_column: bool) -> "Array":
    """Round to 2^bits evenly spaced values between the smallest and the largest, of which one is 0 if 0 is between."""
    if bits == 32:
        return w
    axis = 0 if by_column and w.ndim == 2 else None
    least, most = w.min(axis, keepdims=True).astype(float), w.max(axis, keepdims=True).astype(float)
    top = 2**bits - 1
    step = (most - least) / top + (most == least)  # 1 where all are the same
    has_zero, whole = (least <= 0) & (most >= 0), least / step
    lowest = step * (has_zero * whole.round() + ~has_zero * whole)
    return (((w - lowest) / step).round().clip(0, top) * step + lowest).astype(w.dtype)


def stored_bytes(shape: Sequence[int], bits: int, *, by_column: bool) -> int:
    """Count the bytes of an array's numbers, packed, and of its smallest values and steps.

    >>> stored_bytes((64, 10), 8, by_column=False), stored_bytes((64, 10), 32, by_column=False)
    (648, 2560)
    """
    scales = 0 if bits == 32 else shape[-1] if by_column and len(shape) == 2 else 1
    return (prod(shape) * bits + 7) // 8 + scales * _SCALE_BYTES


PLUGIN = QuantisedWeights
