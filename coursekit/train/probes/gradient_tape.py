"""What a gradient tape returns, and how often a tf.function is traced: four calls of one small program.

{"name": "gradient-tape", "runs_as": "tf.function", "called_with": "tensors", "watches": "the variable alone"}
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownParameterType=false, reportArgumentType=false

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values

_CALLS = 4


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GradientTape(Probe):
    """Call z = (w x)^2 four times, w a variable and x a number from the seed, and ask for dz/dw and for dz/dx.

    On its way from w x to z the value stays a tensor, or leaves TensorFlow through NumPy, or is rounded to an integer.
    `right` counts the derivatives that agree with 2 w x^2 and 2 w^2 x, of 8; `traces` is how often Python ran the body
    of a tf.function, 0 if there is none. A cell says the derivative, None, or the class of the error.
    """

    needs: ClassVar[Backend] = "tensorflow"
    values: ClassVar[tuple[str, ...]] = ("right", "traces")
    trials_at_most: ClassVar[int] = _CALLS

    runs_as: Literal["plain Python", "tf.function"] = "plain Python"
    called_with: Literal["tensors", "Python numbers"] = "Python numbers"
    watches: Literal["the variable alone", "x as well"] = "the variable alone"
    tape: Literal["for one gradient", "persistent"] = "for one gradient"
    on_its_way: Literal["a tensor", "through NumPy", "an integer"] = "a tensor"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Make the calls in order."""
        import tensorflow as tf

        from coursekit.train.streams import Stream

        numbers = [2 + int(word % 8) / 4 for word in Stream(seed, "data").words(_CALLS + 1)]
        bodies: list[str] = []
        w = tf.Variable(numbers[0] / 2)
        program = self._program(w, bodies)
        right = traces = 0
        for call, drawn in enumerate(numbers[1:]):
            x = drawn + 2 * call  # so that no two calls share a number
            told = _called(program, tf.constant(x) if self.called_with == "tensors" else x)
            known = (2 * float(w) * x**2, 2 * float(w) ** 2 * x)
            right += sum(isinstance(one, float) and abs(one - two) < 1e-3 for one, two in zip(told, known, strict=True))
            traces += self.runs_as == "tf.function" and bool(bodies)
            row: dict[str, Cell] = {"x": x, "w": float(w), "dz_dw": told[0], "by_hand_w": known[0]}
            yield {**row, "dz_dx": told[1], "by_hand_x": known[1], "body_ran": "yes" if bodies else "no"}
            bodies.clear()
        return {"right": right, "traces": traces}

    def _program(self, w: Any, bodies: list[str]) -> Callable[[Any], tuple[Any, Any]]:
        import tensorflow as tf

        def program(x: Any) -> tuple[Any, Any]:
            bodies.append("ran")
            x = tf.convert_to_tensor(x, tf.float32)
            with tf.GradientTape(persistent=self.tape == "persistent") as tape:
                if self.watches == "x as well":
                    tape.watch(x)
                z = self._way(w * x) ** 2
            return _asked(tape, z, w), _asked(tape, z, x)

        return tf.function(program) if self.runs_as == "tf.function" else program

    def _way(self, y: Any) -> Any:
        import tensorflow as tf

        if self.on_its_way == "through NumPy":
            return tf.constant(y.numpy())
        if self.on_its_way == "an integer":
            return tf.cast(tf.cast(y, tf.int32), tf.float32)
        return y


def _asked(tape: Any, z: Any, by: Any) -> Any:
    """Return the derivative, or the class of the error with which it is refused."""
    try:
        return tape.gradient(z, by)
    except RuntimeError as error:
        return type(error).__name__


def _called(program: Callable[[Any], tuple[Any, Any]], x: Any) -> tuple[Cell, Cell]:
    """Return both derivatives; an error of the whole program stands for both."""
    try:
        one, two = program(x)
    except (AttributeError, NotImplementedError) as error:
        return type(error).__name__, type(error).__name__
    return _cell(one), _cell(two)


def _cell(told: Any) -> Cell:
    """Return a derivative as a number, and what is none as a word; a word that a graph returns is a tensor."""
    if told is None or isinstance(told, str):
        return str(told)
    value = told.numpy()
    return value.decode() if isinstance(value, bytes) else float(value)


PLUGIN = GradientTape
