"""From graph to test, in order: a network trained and used in a session of TensorFlow 1, and in TensorFlow 2.

{"name": "sessions", "style": "TensorFlow 1", "initialiser": "run", "fetched": "train and loss", "epochs": 3}
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportAttributeAccessIssue=false

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.data import Split

Stage: TypeAlias = tuple[str, Callable[[], Mapping[str, Cell]]]  # its name, and what is done: it fills cells of a row

_RATE, _MOST_EPOCHS = 0.5, 10
_PIXELS, _CLASSES = 64, 10


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions(Probe):
    """Train softmax regression on the digits for some epochs and test it, stage by stage; an error ends it.

    In TensorFlow 1's style variables live in a session: there they have to be initialised, and what is not fetched is
    not computed. In TensorFlow 2 they are objects with values from the start, so `initialiser` and `tested_in` change
    nothing there; with `fetched: loss` no update is made. `steps` counts calls with a batch, `updates` those that moved
    the variables, `accuracy` is that of the test on 360 images, or 0 where an error came before.
    """

    needs: ClassVar[Backend] = "tensorflow"
    values: ClassVar[tuple[str, ...]] = ("accuracy", "epochs", "updates")
    trials_at_most: ClassVar[int] = _MOST_EPOCHS + 3

    style: Literal["TensorFlow 1", "TensorFlow 2"] = "TensorFlow 1"
    initialiser: Literal["run", "left out"] = "run"
    fetched: Literal["train and loss", "loss"] = "train and loss"
    tested_in: Literal["the same session", "a new session"] = "the same session"
    batch_size: Annotated[int, Range(at_least=8, at_most=1437)] = 64
    epochs: Annotated[int, Range(at_least=1, at_most=_MOST_EPOCHS)] = 3

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Go from stage to stage until the end or the first error."""
        import tensorflow as tf

        done: dict[str, float] = {"accuracy": 0.0, "epochs": 0, "updates": 0, "steps": 0}
        for stage, act in self._stages(seed, done):
            row: dict[str, Cell] = {"stage": stage, "loss": None, "accuracy": None, "error": None}
            try:
                row.update(act())
            except tf.errors.OpError as error:
                row["error"] = type(error).__name__
            yield {**row, "steps": done["steps"], "updates": done["updates"]}
            if row["error"]:
                break
        return {name: done[name] for name in self.values}

    def _stages(self, seed: int, done: dict[str, float]) -> Iterator[Stage]:
        """Yield what is done, in order; `done` is kept up to date."""
        from coursekit.train.data.digits import Digits

        data = Digits().split()
        program = _Sessions1() if self.style == "TensorFlow 1" else _Eager2()
        yield "build", lambda: program.build() or {}
        if self.style == "TensorFlow 1" and self.initialiser == "run":
            yield "initialise", lambda: program.initialise() or {}
        batches = self._batches(seed, data)
        for number in range(1, self.epochs + 1):
            yield f"epoch {number}", lambda: self._epoch(program, next(batches), done)
        yield "test", lambda: self._test(program, data, done)

    def _batches(self, seed: int, data: "Split") -> "Iterator[list[tuple[Array, Array]]]":
        """Yield the batches of each epoch: rows and targets."""
        from coursekit.train.batches import BatchOrder

        order, rows = BatchOrder(seed, len(data.x_train), self.batch_size), len(data.x_train)
        while True:
            yield [(data.x_train[part], data.y_train[part]) for part in order.take(-(-rows // self.batch_size))]

    def _epoch(
        self, program: "_Program", batches: "list[tuple[Array, Array]]", done: dict[str, float]
    ) -> Mapping[str, Cell]:
        """Show each row once; the loss is the mean of the batches' losses, each before its update."""
        losses, updates = list[float](), self.fetched == "train and loss"
        for x, y in batches:
            losses.append(program.step(x, y, updates=updates))
            done["steps"] += 1
            done["updates"] += updates
        done["epochs"] += 1
        return {"loss": sum(losses) / len(losses)}

    def _test(self, program: "_Program", data: "Split", done: dict[str, float]) -> Mapping[str, Cell]:
        done["accuracy"] = program.test(data.x_validation, data.y_validation, anew=self.tested_in == "a new session")
        return {"accuracy": done["accuracy"]}


class _Program(ABC):
    """A model that can be built, initialised, trained by a step and tested; errors are TensorFlow's own."""

    @abstractmethod
    def build(self) -> None:
        """Make variables and operations."""

    @abstractmethod
    def initialise(self) -> None:
        """Give the variables their first values, where that is a stage of its own."""

    @abstractmethod
    def step(self, x: "Array", y: "Array", *, updates: bool) -> float:
        """Compute the loss of a batch, and move the variables if it is to update; return the loss."""

    @abstractmethod
    def test(self, x: "Array", y: "Array", *, anew: bool) -> float:
        """Return the share of rows that is told right, in a new session if there are any."""


@final
class _Sessions1(_Program):
    """The way of TensorFlow 1: a graph with placeholders, and a session that runs what is fetched from it."""

    def build(self) -> None:
        import tensorflow as tf

        v1, self._graph = tf.compat.v1, tf.Graph()
        with self._graph.as_default(), tf.device("CPU:0"):
            self._x = v1.placeholder(tf.float64, [None, _PIXELS])
            self._y = v1.placeholder(tf.float64, [None, _CLASSES])
            w, b = (tf.Variable(tf.zeros(shape, tf.float64)) for shape in ([_PIXELS, _CLASSES], [_CLASSES]))
            logits = self._x @ w + b
            self._loss, self._accuracy = _loss(self._y, logits), _accuracy(self._y, logits)
            self._train = v1.train.GradientDescentOptimizer(_RATE).minimize(self._loss)
            self._initialiser = v1.global_variables_initializer()
        self._session = v1.Session(graph=self._graph)

    def initialise(self) -> None:
        self._session.run(self._initialiser)

    def step(self, x: "Array", y: "Array", *, updates: bool) -> float:
        fetched = [self._loss, self._train] if updates else [self._loss]
        return float(self._session.run(fetched, {self._x: x, self._y: y})[0])

    def test(self, x: "Array", y: "Array", *, anew: bool) -> float:
        import tensorflow as tf

        session = tf.compat.v1.Session(graph=self._graph) if anew else self._session
        return float(session.run(self._accuracy, {self._x: x, self._y: y}))


@final
class _Eager2(_Program):
    """The way of TensorFlow 2: variables are objects, and a function computes with them when it is called."""

    def build(self) -> None:
        import tensorflow as tf

        from coursekit.train.tensorflow_backend import set_up

        set_up()
        with tf.device("CPU:0"):
            shapes = ([_PIXELS, _CLASSES], [_CLASSES])
            self._variables = [tf.Variable(tf.zeros(shape, tf.float64)) for shape in shapes]
        self._compiled = tf.function(self._step)

    def initialise(self) -> None:
        """Do nothing: a variable has its value since it was made."""

    def step(self, x: "Array", y: "Array", *, updates: bool) -> float:
        import tensorflow as tf

        return float(self._compiled(tf.constant(x), tf.constant(y), updates))

    def test(self, x: "Array", y: "Array", *, anew: bool) -> float:  # noqa: ARG002 - there are no sessions
        return float(_accuracy(y, self._logits(x)))

    def _logits(self, x: Any) -> Any:
        w, b = self._variables
        return x @ w + b

    def _step(self, x: Any, y: Any, updates: bool) -> Any:
        import tensorflow as tf

        with tf.GradientTape() as tape:
            loss = _loss(y, self._logits(x))
        if updates:
            gradients: Any = tape.gradient(loss, self._variables)
            for variable, gradient in zip(self._variables, gradients, strict=True):
                variable.assign_sub(_RATE * gradient)
        return loss


def _loss(y: Any, logits: Any) -> Any:
    """Return the mean cross-entropy, from logits."""
    import tensorflow as tf

    return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, logits))


def _accuracy(y: Any, logits: Any) -> Any:
    import tensorflow as tf

    hits = tf.equal(tf.argmax(y, axis=1), tf.argmax(logits, axis=1))
    return tf.reduce_mean(tf.cast(hits, tf.float64))


PLUGIN = Sessions
