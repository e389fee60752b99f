"""One neuron, taken apart: its weighted sum, what its activation makes of it, and the slope that it could learn by.

{"name": "neuron", "weight_1": 1.0, "weight_2": 1.0, "bias": -1.5, "activation": "sigmoid", "wanted": "and"}
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from itertools import product
from math import exp, tanh
from typing import Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

Curve: TypeAlias = Callable[[float], tuple[float, float]]  # of the sum: the output, and the slope there

_INPUTS = tuple(product((0, 1), repeat=2))


def _sigmoid(z: float) -> tuple[float, float]:
    share = 1 / (1 + exp(-z))
    return share, share * (1 - share)


_CURVES: Mapping[str, Curve] = {
    "identity": lambda z: (z, 1.0),
    "step": lambda z: (float(z > 0), 0.0),
    "relu": lambda z: (max(z, 0.0), float(z > 0)),
    "sigmoid": _sigmoid,
    "tanh": lambda z: (tanh(z), 1 - tanh(z) ** 2),
}
_WANTED: Mapping[str, Callable[[int, int], bool]] = {
    "and": lambda a, b: a == b == 1,
    "or": lambda a, b: a + b > 0,
    "xor": lambda a, b: a != b,
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Neuron(Probe):
    """Show a neuron of two inputs all four pairs of 0 and 1, and hold its outputs to those of a logical gate.

    `error` is the largest distance of an output from what is wanted, `least_slope` the smallest slope of the activation
    at the four sums. A step has the slope 0, and relu has it where the sum is 0 or less, as in TensorFlow. Nothing is
    drawn by chance.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("error", "least_slope")
    trials_at_most: ClassVar[int] = len(_INPUTS)

    weight_1: Annotated[float, Range(at_least=-10, at_most=10)] = 1.0
    weight_2: Annotated[float, Range(at_least=-10, at_most=10)] = 1.0
    bias: Annotated[float, Range(at_least=-10, at_most=10)] = 0.0
    activation: Literal["identity", "step", "relu", "sigmoid", "tanh"] = "sigmoid"
    wanted: Literal["and", "or", "xor"] = "and"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:  # noqa: ARG002 - nothing is drawn
        """Go through the four pairs; the seed decides nothing."""
        rows = [self._row(*pair) for pair in _INPUTS]
        yield from rows
        return {"error": max(row["error"] for row in rows), "least_slope": min(row["slope"] for row in rows)}

    def _row(self, a: int, b: int) -> dict[str, float]:
        z = self.weight_1 * a + self.weight_2 * b + self.bias
        output, slope = _CURVES[self.activation](z)
        wanted = int(_WANTED[self.wanted](a, b))
        row = {"x1": a, "x2": b, "sum": z, "output": output, "slope": slope}
        return {**row, "wanted": wanted, "error": abs(output - wanted)}


PLUGIN = Neuron
