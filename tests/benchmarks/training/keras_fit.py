"""Keras: `fit` as it comes, and with XLA and a hundred steps in a call.

A callback reads the loss after each call. Keras gives the mean of the epoch so far, and with a hundred steps in a call
no more than one number for all of them. The clock runs from the first epoch's begin to the last one's end.
"""

from contextlib import suppress
from typing import Any

from training.problems import Problem
from training.runner import Clock, Runner


def default(problem: Problem, clock: Clock) -> Runner:
    return _runner(problem, clock, {})


def fused(problem: Problem, clock: Clock) -> Runner:
    return _runner(problem, clock, {"jit_compile": True, "steps_per_execution": 100})


def _runner(problem: Problem, clock: Clock, options: dict[str, Any]) -> Runner:
    _use_one_thread()
    import keras

    x, y = problem.arrays()
    loss = "mean_squared_error" if y.ndim == 2 else keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model = _model(problem)
    model.compile(optimizer=keras.optimizers.SGD(problem.learning_rate), loss=loss, **options)

    times: list[float] = []  # when the first epoch began, and when each ended
    losses: list[float] = []

    def begin(epoch: int, logs: Any) -> None:
        if epoch == 0:
            times[:] = [clock()]

    def end(epoch: int, logs: Any) -> None:
        times.append(clock())

    def read(batch: int, logs: Any) -> None:
        losses.append(float(logs["loss"]))

    def run(epochs: int) -> float:
        losses.clear()
        reader = keras.callbacks.LambdaCallback(on_epoch_begin=begin, on_epoch_end=end, on_train_batch_end=read)
        model.fit(x, y, batch_size=problem.batch_size, epochs=epochs, shuffle=True, verbose=0, callbacks=[reader])
        return (times[-1] - times[0]) / epochs / problem.steps_per_epoch

    return run


def _use_one_thread() -> None:
    import tensorflow as tf

    with suppress(RuntimeError):  # our backend came first and has done the same
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)


def _model(problem: Problem) -> Any:
    from keras import Sequential, layers

    sizes = problem.sizes
    first: list[Any] = [layers.Input((sizes.features,))]
    if problem.is_image:
        model = problem.model
        side = int(sizes.features**0.5)
        first += [
            layers.Reshape((side, side, 1)),
            layers.Conv2D(model["filters"][0], model["kernel"], padding=model["padding"], activation="relu"),
            layers.MaxPooling2D(model["pool"]),
            layers.Flatten(),
        ]
    hidden = [layers.Dense(width, activation="relu") for width in problem.hidden]
    return Sequential([*first, *hidden, layers.Dense(sizes.outputs)])
