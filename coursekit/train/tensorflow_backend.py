"""Training with TensorFlow: the same losses and rules, gradients by automatic differentiation.

Nothing else in coursekit imports TensorFlow.
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownLambdaType=false

from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, final

import numpy as np
import tensorflow as tf

from coursekit.train.arrays import Array, split
from coursekit.train.backends import Run
from coursekit.train.problem import Problem

# What models and losses use of NumPy, under NumPy's names.
XP = SimpleNamespace(
    exp=tf.exp,
    log=tf.math.log,
    logaddexp=lambda a, b: a + tf.math.softplus(b - a),
    max=tf.reduce_max,
    maximum=tf.maximum,
    mean=tf.reduce_mean,
    reshape=tf.reshape,
    sum=tf.reduce_sum,
)


@final
class TensorflowRun(Run):
    """A run on TensorFlow; a chunk of steps is one call of a compiled loop over the flat parameters."""

    __slots__ = ("_flat", "_problem", "_state", "_steps", "_validation")

    def __init__(self, problem: Problem) -> None:
        _use_one_thread()
        self._problem = problem
        self._flat = tf.constant(problem.params)
        self._state = problem.optimizer.init(self._flat)
        self._steps = _compile_steps(problem)
        self._validation = _compile_validation(problem)

    def advance(self, batches: Sequence[Array], rates: Sequence[float]) -> Iterator[tuple[float, float]]:
        """Take all steps in one call, then yield them."""
        ends = np.cumsum([len(rows) for rows in batches])
        self._flat, self._state, losses, norms = self._steps(
            self._flat,
            self._state,
            tf.constant(np.concatenate(batches), tf.int64),
            tf.constant(ends, tf.int64),
            tf.constant(rates, self._flat.dtype),
        )
        yield from zip(losses.numpy().tolist(), norms.numpy().tolist(), strict=True)

    def validation_loss(self) -> float:
        """Return the loss on the whole validation set."""
        return float(self._validation(self._flat))


def _use_one_thread() -> None:
    with suppress(RuntimeError):  # TensorFlow is running already, with the threads that its user chose
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)


def _compile_validation(problem: Problem) -> Any:
    x, y = tf.constant(problem.split.x_validation), tf.constant(problem.split.y_validation)

    @tf.function
    def validation_loss(flat: Array) -> Array:
        return problem.model.loss(split(flat, problem.shapes, XP), x, y, XP)

    return validation_loss


def _compile_steps(problem: Problem) -> Any:
    """Make a function of parameters, state, all row numbers, where each batch ends, and learning rates.

    The loop's length and the rates are tensors, so a chunk does not need a trace of its own.
    """
    step = _step(problem)

    @tf.function(reduce_retracing=True)
    def steps(flat: Array, state: tuple[Array, ...], rows: Array, ends: Array, rates: Array) -> Any:
        count = tf.size(ends)
        losses = tf.TensorArray(flat.dtype, count)
        norms = tf.TensorArray(flat.dtype, count)
        start = tf.constant(0, tf.int64)
        for i in tf.range(count):
            flat, state, loss, norm = step(flat, state, rows[start : ends[i]], rates[i])
            losses, norms = losses.write(i, loss), norms.write(i, norm)
            start = ends[i]
        return flat, state, losses.stack(), norms.stack()

    return steps


def _step(problem: Problem) -> Any:
    x, y = tf.constant(problem.split.x_train), tf.constant(problem.split.y_train)

    def step(flat: Array, state: tuple[Array, ...], rows: Array, lr: Array) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(flat)
            arrays = split(flat, problem.shapes, XP)
            loss = problem.model.loss(arrays, tf.gather(x, rows), tf.gather(y, rows), XP)
        grad = tape.gradient(loss, flat)
        return *problem.optimizer.update(flat, grad, state, lr), loss, tf.norm(grad)

    return step
