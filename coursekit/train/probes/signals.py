"""How large values and slopes are in a deep network before the first step of training, layer by layer.

{"name": "signals", "layers": 20, "activation": "relu", "variance_times_inputs": 2.0, "weights": "normal"}
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.activations import ACTIVATIONS, Name
from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array, Shape  # they load NumPy
    from coursekit.train.streams import Stream

_ROWS, _CLASSES = 200, 10


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Signals(Probe):
    """Send 200 digits forward through a network of random weights, and the slope of their mean loss back.

    `signal` is the root mean square of a layer's outputs, `slope` that of the slopes of a row's loss by its sums, and
    `units` the number of units whose incoming weights have different gradients. Hidden layers are equally wide; biases
    are 0; the head's weights are normal with a variance of 1 / width, or equal where the others are. Equal weights are
    `variance_times_inputs` / inputs each. What a layer multiplies by is a geometric mean over the hidden layers.
    A drift is that, or one over it where it is below 1. He et al., Delving Deep into Rectifiers, 2015, section 2.2, https://arxiv.org/abs/1502.01852.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = (
        "signal_per_layer",
        "slope_per_layer",
        "signal_drift",
        "slope_drift",
        "different_units",
    )
    trials_at_most: ClassVar[int] = 50
    curve: ClassVar[tuple[str, str] | None] = ("layer", "slope")

    layers: Annotated[int, Range(at_least=2, at_most=50)] = 20
    width: Annotated[int, Range(at_least=2, at_most=256)] = 200
    activation: Name = "relu"
    variance_times_inputs: Annotated[float, Range(above=0, at_most=100)] = 2.0
    weights: Literal["normal", "uniform", "all equal"] = "normal"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Measure every hidden layer, from the first to the last."""
        rows = self._rows(seed)
        yield from rows
        first, last = rows[0], rows[-1]
        signal = self._per_layer(first["signal"], last["signal"])
        slope = self._per_layer(last["slope"], first["slope"])
        drifts = {"signal_drift": max(signal, 1 / signal), "slope_drift": max(slope, 1 / slope)}
        units = min(row["units"] for row in rows)
        return {"signal_per_layer": signal, "slope_per_layer": slope, **drifts, "different_units": units}

    def _rows(self, seed: int) -> list[dict[str, float]]:
        """Return a row of the table for each hidden layer."""
        values, slopes = self._there_and_back(seed)
        return [
            {"layer": at + 1, "signal": _size(values[at + 1]), "slope": _size(slope), "units": _different(x.T @ slope)}
            for at, (x, slope) in enumerate(zip(values, slopes, strict=False))  # the last values have no layer above
        ]

    def _there_and_back(self, seed: int) -> "tuple[list[Array], list[Array]]":
        """Return the input and the outputs (rows, width) of the hidden layers, and the slopes by their sums."""
        import numpy as np

        from coursekit.train.losses import CROSS_ENTROPY
        from coursekit.train.streams import Stream

        x, y = _digits()
        stream, bent = Stream(seed, "parameters"), ACTIVATIONS[self.activation]
        widths = (x.shape[1], *[self.width] * self.layers)
        weights = [self._draw((widths[at], self.width), stream) for at in range(self.layers)]
        head = self._head(stream)
        values = [x]
        for each in weights:
            values.append(bent.value(values[-1] @ each, np))
        slope, above = CROSS_ENTROPY.slope(values[-1] @ head, y, np) * _ROWS, head
        slopes: list[Array] = []
        for value, each in zip(values[:0:-1], weights[::-1], strict=True):
            slope = (slope @ above.T) * bent.slope(value)
            slopes, above = [slope, *slopes], each
        return values, slopes

    def _draw(self, shape: "Shape", stream: "Stream") -> "Array":
        """Draw the weights of a hidden layer, (inputs, width)."""
        spread = (self.variance_times_inputs / shape[0]) ** 0.5
        match self.weights:
            case "normal":
                return spread * stream.normal(shape)
            case "uniform":
                return spread * 3**0.5 * (2 * stream.uniform(shape) - 1)  # from -a to a the variance is a^2 / 3
            case "all equal":
                return stream.uniform(shape) * 0 + self.variance_times_inputs / shape[0]

    def _head(self, stream: "Stream") -> "Array":
        """Draw the weights above the last hidden layer, (width, classes); where all are equal, each class has one."""
        import numpy as np

        if self.weights == "all equal":
            return np.tile(stream.normal((_CLASSES,)) / self.width, (self.width, 1))
        return stream.normal((self.width, _CLASSES)) / self.width**0.5

    def _per_layer(self, before: float, after: float) -> float:
        """Return by what each of the layers between has multiplied, or a billionth where nothing came."""
        return max((after / before) ** (1 / (self.layers - 1)), 1e-9) if before > 0 else 1e-9


def _digits() -> "tuple[Array, Array]":
    """Return the first rows of the digits to learn from, (rows, 64), and their labels."""
    from coursekit.train.config import TrainingConfig
    from coursekit.train.problem import prepare

    plain = {"model": "softmax", "data": "digits", "optimizer": "sgd", "learning_rate": 0.1, "steps": 1}
    data = prepare(TrainingConfig.from_json(plain)).split
    return data.x_train[:_ROWS], data.y_train[:_ROWS]


def _size(array: "Array") -> float:
    """Return the root mean square."""
    return float((array**2).mean() ** 0.5)


def _different(gradient: "Array") -> int:
    """Count the columns of a gradient (inputs, units) that differ by more than rounding."""
    largest = abs(gradient).max()
    return len({column.tobytes() for column in (gradient.T / largest).round(9) + 0.0}) if largest > 0 else 1


PLUGIN = Signals
