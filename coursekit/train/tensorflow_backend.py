"""Training with TensorFlow: the same losses and rules, gradients by automatic differentiation.

Nothing else in coursekit imports TensorFlow.
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownLambdaType=false

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, final

import numpy as np
import tensorflow as tf

from coursekit.train.arrays import Array, Shape, split
from coursekit.train.backends import CHUNK, Measured, Run, Taken
from coursekit.train.batches import Batches
from coursekit.train.models import Model
from coursekit.train.problem import Problem
from coursekit.train.rule import Rule

# What models and losses use of NumPy, under NumPy's names.
_PLAIN = {
    "all": tf.reduce_all,
    "argmax": tf.argmax,
    "exp": tf.exp,
    "log": tf.math.log,
    "logaddexp": lambda a, b: a + tf.math.softplus(b - a),
    "max": tf.reduce_max,
    "maximum": tf.maximum,
    "mean": tf.reduce_mean,
    "reshape": tf.reshape,
    "square": tf.square,
    "sum": tf.reduce_sum,
    "tanh": tf.tanh,
}
# What TensorFlow does in one operation, and one more for the gradient; models use these where they find them.
_FUSED = {
    "bias_add": tf.nn.bias_add,
    "conv2d": tf.nn.conv2d,
    "cross_entropy": lambda z, y: tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=z),
    "max_pool2d": tf.nn.max_pool2d,
    "relu": tf.nn.relu,
}
XP = SimpleNamespace(**_PLAIN, **_FUSED)

_SMALL = 20_000  # parameters
_MANY = 1000  # steps at once of such a model: a call costs 0.7 ms, a step 0.03 to 0.1
_CPUS = 8  # logical ones, for who shares work out among devices; 1 or 8 of them, a run takes the same time


def set_up() -> None:
    """Have TensorFlow use one thread and show 8 logical CPUs; where it is running already, leave it as it is."""
    with suppress(RuntimeError):  # its user chose
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        (cpu,) = tf.config.list_physical_devices("CPU")
        tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * _CPUS)


@final
class TensorflowRun(Run):
    """A run on TensorFlow; a chunk of steps is one call of a compiled loop."""

    def __init__(self, problem: Problem) -> None:
        set_up()
        self._xla = problem.xla
        self._largest = (0, 0)  # steps of a chunk, rows of a batch
        self.at_once = _MANY if problem.params.size < _SMALL else CHUNK
        self._arrays = _arrays(problem.params, problem.shapes)
        self._states = _states(problem.rule.init(problem.params), problem.shapes)
        compiled = Compiled(problem.model, problem.rule, problem.params.dtype.name, problem.xla)
        self._steps, self._evaluate = compiled.steps(), compiled.evaluate()
        self._x, self._y = tf.constant(problem.split.x_train), tf.constant(problem.split.y_train)
        self._validation = (tf.constant(problem.split.x_validation), tf.constant(problem.split.y_validation))

    def advance(self, batches: Batches, rates: Sequence[float]) -> Taken:
        """Take all steps in one call."""
        sizes = [stop - start for start, stop in batches.bounds]
        count, rows = len(sizes), batches.rows
        if self._xla:  # it compiles anew for each shape, so chunks are filled up to the largest
            self._largest = max(self._largest, (count, max(sizes)))
            rows, sizes, rates = _filled(batches, sizes, rates, *self._largest)
        self._arrays, self._states, losses, norms = self._steps(
            self._arrays,
            self._states,
            self._x,
            self._y,
            tf.constant(rows, tf.int32),
            tf.constant(sizes, tf.int32),
            tf.constant(rates, self._x.dtype),
            tf.constant(count),
        )
        return Taken(losses.numpy()[:count].tolist(), norms.numpy()[:count].tolist())

    def measure(self) -> Measured:
        """Measure on the whole validation set."""
        loss, is_right = self._evaluate(self._arrays, *self._validation)
        return Measured(float(loss), None if is_right is None else float(np.mean(is_right.numpy())))

    @property
    def params(self) -> Array:
        """The parameters (P,)."""
        return np.concatenate([array.numpy().ravel() for array in self._arrays])


def _filled(
    batches: Batches, sizes: Sequence[int], rates: Sequence[float], count: int, size: int
) -> tuple[Array, Sequence[int], Sequence[float]]:
    """Fill row numbers up to (count, size), and sizes and rates to `count`; what is filled in is not used."""
    rows = np.zeros((count, size), np.int32)
    full = np.arange(size) < np.array([*sizes, *[0] * (count - len(sizes))])[:, None]
    rows[full] = batches.rows
    return rows, [*sizes, *[1] * (count - len(sizes))], [*rates, *[0.0] * (count - len(rates))]


def _arrays(flat: Array, shapes: Sequence[Shape]) -> tuple[Any, ...]:
    return tuple(tf.constant(part) for part in split(flat, shapes, np))


def _states(state: tuple[Array, ...], shapes: Sequence[Shape]) -> tuple[tuple[Any, ...], ...]:
    """Deal an optimizer's state out to the arrays: what is a vector is cut, what is a number goes to each."""
    dealt = [_arrays(part, shapes) if np.ndim(part) else (tf.constant(part),) * len(shapes) for part in state]
    return tuple(zip(*dealt, strict=True)) if dealt else ((),) * len(shapes)


@final
@dataclass(frozen=True)
class Compiled:
    """What TensorFlow makes of a model and a rule; made once, for all data, batches and learning rates."""

    model: Model
    rule: Rule
    dtype: str
    xla: bool

    @cache  # noqa: B019 - to outlive the run is the point: the next one with this model begins at once
    def evaluate(self) -> Any:
        """Return a function of arrays, inputs and targets that gives loss and what is told right."""
        return tf.function(lambda arrays, x, y: self.model.evaluate(arrays, x, y, XP), reduce_retracing=True)

    @cache  # noqa: B019
    def steps(self) -> Any:
        """Return a function of arrays, states, data, row numbers, the batches' sizes, learning rates, and how many.

        These are all tensors, so a chunk does not need a trace of its own.
        """

        @tf.function(reduce_retracing=True, jit_compile=self.xla)
        def steps(
            arrays: Any, states: Any, x: Array, y: Array, rows: Array, sizes: Array, rates: Array, count: Array
        ) -> Any:
            inputs, targets = self.deal(tf.gather(x, rows), sizes), self.deal(tf.gather(y, rows), sizes)
            lrs = tf.TensorArray(self.dtype, tf.size(rates)).unstack(rates)
            losses, halves = (tf.TensorArray(self.dtype, tf.size(rates)) for _ in range(2))
            for i in tf.range(count):
                tf.autograph.experimental.set_loop_options(parallel_iterations=1)
                arrays, states, loss, half = self.step(
                    arrays, states, inputs.read(i), targets.read(i), sizes[i] if self.xla else None, lrs.read(i)
                )
                losses, halves = losses.write(i, loss), halves.write(i, half)
            return arrays, states, losses.stack(), tf.sqrt(2 * halves.stack())

        return steps

    def deal(self, gathered: Array, sizes: Array) -> Any:
        """Deal rows out to batches of these sizes, or with XLA rows (steps, batch, ...) to steps."""
        if self.xla:
            return tf.TensorArray(self.dtype, tf.size(sizes)).unstack(gathered)
        shape = [None, *gathered.shape[1:]]
        return tf.TensorArray(self.dtype, tf.size(sizes), infer_shape=False, element_shape=shape).split(gathered, sizes)

    def share(self, terms: Array, size: Array | None) -> Array:
        """Return the weight of each term in the mean; of a batch that is filled up, only `size` rows have any."""
        if size is None or terms.shape.rank == 0:
            return tf.fill(tf.shape(terms), 1 / tf.cast(tf.size(terms), self.dtype))
        is_used = tf.cast(tf.range(tf.shape(terms)[0]) < size, self.dtype)
        weights = is_used / (tf.cast(size, self.dtype) * tf.reduce_prod(tf.cast(tf.shape(terms)[1:], self.dtype)))
        return weights if terms.shape.rank == 1 else weights[:, None] * tf.ones_like(terms)

    def step(self, arrays: Any, states: Any, x: Array, y: Array, size: Array | None, lr: Array) -> Any:
        """Take one step; return arrays, states, the loss before it, and half of the gradient's norm squared."""
        with tf.GradientTape() as tape:
            tape.watch(arrays)
            terms = self.model.terms(arrays, x, y, XP)
        share = self.share(terms, size)
        loss = tf.reduce_mean(terms) if size is None else tf.reduce_sum(terms * share)
        grads = tape.gradient(terms, arrays, share)
        half = tf.add_n([tf.nn.l2_loss(grad) for grad in grads])  # of the square of the norm
        if self.rule.clip_norm:
            factor = tf.minimum(self.rule.clipping(tf.sqrt(2 * half)), tf.ones_like(half))
            grads = [grad * factor for grad in grads]
        updates = [
            self.rule.update(array, grad, state, lr) for array, grad, state in zip(arrays, grads, states, strict=True)
        ]
        return tuple(array for array, _ in updates), tuple(state for _, state in updates), loss, half
