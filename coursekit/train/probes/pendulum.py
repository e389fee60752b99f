"""A law of physics fitted to what was seen: TensorFlow differentiates through a simulation, and there is no network.

{"name": "pendulum", "learning_rate": 0.3, "optimizer": "adam", "gravity_guess": 6.0, "steps": 150}
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownLambdaType=false

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache
from math import sin
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, final

from coursekit.errors import ConfigError
from coursekit.train.config import Backend
from coursekit.train.optimizers import Optimizer
from coursekit.train.optimizers.sgd import Sgd
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # it loads NumPy

_MOMENTS, _SECONDS = 250, 0.02  # of the simulation: how many, and from one to the next
_RELEASED_AT = 1.0  # radians; the string has 1 metre
_ROWS = 30
_SGD = Sgd()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pendulum(Probe):
    """Find the gravity and the friction of an unknown place from five seconds of a pendulum's swing.

    The place is drawn from the seed: gravity from 8 to 12 m/s^2, friction from 0.2 to 0.4 1/s. The string has 1 m; it
    is let go at 1 radian, and each of 250 angles is seen with normal noise. `loss` is the mean squared difference
    between angles simulated and seen, in radians squared. The guess has no friction. Numbers are float64.
    """

    needs: ClassVar[Backend] = "tensorflow"
    values: ClassVar[tuple[str, ...]] = ("friction_error", "gravity_error", "loss")
    trials_at_most: ClassVar[int] = _ROWS + 1
    bound: ClassVar[float] = 1e-3  # compilers order sums in their own way
    curve: ClassVar[tuple[str, str] | None] = ("step", "loss")

    learning_rate: Annotated[float, Range(above=0, at_most=1000)] = 0.1
    optimizer: Optimizer = _SGD
    gravity_guess: Annotated[float, Range(above=0, at_most=100)] = 10.0
    noise: Annotated[float, Range(at_least=0, at_most=1)] = 0.05  # radians
    steps: Annotated[int, Range(at_least=1, at_most=500)] = 150
    compiler: Literal["XLA", "graph"] = "XLA"  # a step in 0.7 ms, or in 8

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Descend, with a row every few steps and the last one."""
        truth, seen = self._place(seed)
        every = -(-self.steps // _ROWS)
        row: dict[str, float] = {}
        for step, (gravity, friction), loss in self._descent(seen):
            row = {"step": step, "loss": loss, "gravity": gravity, "friction": friction}
            if step % every == 0 or step == self.steps:
                yield row
        errors = {f"{name}_error": abs(row[name] / true - 1) for name, true in truth.items()}
        return {**errors, "loss": row["loss"]}

    def _place(self, seed: int) -> tuple[dict[str, float], "Array"]:
        """Draw the constants of a place, and what is seen there (moments,)."""
        from coursekit.train.streams import Stream

        stream = Stream(seed, "data")
        gravity, friction = stream.uniform((2,)) * (4, 0.2) + (8, 0.2)
        angles = list(_swing(float(gravity), float(friction)))
        truth = {"gravity": float(gravity), "friction": float(friction)}
        return truth, angles + self.noise * stream.normal((_MOMENTS,))

    def _descent(self, seen: "Array") -> Iterator[tuple[int, tuple[float, float], float]]:
        """Yield the number of each step, the constants that it begins with, and their loss; the start is step 0."""
        import tensorflow as tf

        from coursekit.train.tensorflow_backend import set_up

        set_up()
        constants, rate, seen = (tf.constant(each, tf.float64) for each in (self._guess, self.learning_rate, seen))
        state = tuple(tf.convert_to_tensor(part, tf.float64) for part in self.optimizer.init(constants))
        descend = _compiled(self.optimizer, self.compiler)
        for step in range(self.steps + 1):
            try:
                with tf.device("CPU:0"):  # a GPU would take its time for so many small steps
                    renewed, state, loss = descend(constants, state, seen, rate)
            except tf.errors.OpError as error:
                raise ConfigError(f"probe.compiler: '{self.compiler}' fails here; try the other one.") from error
            yield step, tuple(constants.numpy().tolist()), float(loss)
            constants = renewed

    @property
    def _guess(self) -> tuple[float, float]:
        return self.gravity_guess, 0.0


@cache  # for the next measurement: that takes 0.3 s
def _compiled(optimizer: Optimizer, compiler: str) -> Callable[..., Any]:
    """Make a function of constants, the optimizer's state, angles and rate that takes one step and tells the loss."""
    import tensorflow as tf

    @tf.function(jit_compile=compiler == "XLA")
    def descend(constants: "Array", state: Any, seen: "Array", rate: "Array") -> Any:
        with tf.GradientTape() as tape:
            tape.watch(constants)
            loss = tf.reduce_mean((_simulated(constants[0], constants[1]) - seen) ** 2)
        return *optimizer.update(constants, tape.gradient(loss, constants), state, rate), loss

    return descend


def _simulated(gravity: "Array", friction: "Array") -> "Array":
    """Swing in TensorFlow: the angle at each moment (moments,), as a loop that can be differentiated."""
    import tensorflow as tf

    def go_on(moment: "Array", angle: "Array", speed: "Array", angles: Any) -> Any:
        angle, speed = _moved(angle, speed, tf.sin(angle), gravity, friction)
        return moment + 1, angle, speed, angles.write(moment, angle)

    numbers = (tf.constant(number, tf.float64) for number in (_RELEASED_AT, 0))
    start = (0, *numbers, tf.TensorArray(tf.float64, _MOMENTS))
    *_, angles = tf.while_loop(lambda moment, *_: moment < _MOMENTS, go_on, start, maximum_iterations=_MOMENTS)
    return angles.stack()


def _swing(gravity: float, friction: float) -> Iterator[float]:
    """Swing in Python: the angle at each moment."""
    angle, speed = _RELEASED_AT, 0.0
    for _ in range(_MOMENTS):
        angle, speed = _moved(angle, speed, sin(angle), gravity, friction)
        yield angle


def _moved(angle: "Array", speed: "Array", sine: "Array", gravity: "Array", friction: "Array") -> "tuple[Array, Array]":
    """Go on to the next moment by a step of Euler's, semi-implicit: the angle moves with the new speed."""
    speed = speed - _SECONDS * (gravity * sine + friction * speed)
    return angle + _SECONDS * speed, speed


PLUGIN = Pendulum
