"""What a high-level interface does by itself, and what it believes: a small Keras network on the digits.

{"name": "high-level", "trained_by": "fit", "last_layer": "logits", "loss_expects": "logits"}
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownParameterType=false, reportArgumentType=false

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, final
from warnings import catch_warnings, simplefilter

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.data import Split

Trainer: TypeAlias = Callable[["Array", "Array"], float]  # of images (n, 64) and classes (n,)

_EPOCHS, _BATCH, _RATE = 3, 32, 0.3


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class HighLevel(Probe):
    """Train 64-h-10 on the digits for 3 epochs of 45 batches, with `fit` or with a loop that does the same by hand.

    The last layer gives logits or, through softmax, probabilities, and the loss is told what it gets, rightly or not.
    The seed draws the initial weights and the order of the images, the same for `fit` and for the loop. `reported` is
    what the compiled loss says on the validation images, `cross_entropy` what the predictions are worth: minus the mean
    logarithm of the probability that the right class has, worked out apart.
    """

    needs: ClassVar[Backend] = "tensorflow"
    values: ClassVar[tuple[str, ...]] = ("parameters", "reported", "cross_entropy", "accuracy")
    trials_at_most: ClassVar[int] = _EPOCHS
    bound: ClassVar[float] = 1e-2  # training in float32 differs a little from processor to processor

    trained_by: Literal["fit", "a loop by hand"] = "fit"
    written_as: Literal["Sequential", "functional"] = "Sequential"
    last_layer: Literal["logits", "softmax"] = "logits"
    loss_expects: Literal["logits", "probabilities"] = "logits"
    metric: Literal["none", "accuracy"] = "none"
    hidden: Annotated[int, Range(at_least=4, at_most=128)] = 32

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Train epoch by epoch."""
        from coursekit.train.data.digits import Digits

        data, model = Digits().split(), self._model(seed)
        train = self._trainer(model)
        reported = cross_entropy = accuracy = 0.0
        for epoch, rows in enumerate(_orders(seed, len(data.x_train)), 1):
            x, y = data.x_train[rows].astype("float32"), data.y_train[rows].argmax(axis=1)
            training, warned = _warned(train, x, y)
            reported, cross_entropy, accuracy = self._measured(model, data)
            row: dict[str, Cell] = {"epoch": epoch, "warned": warned, "training_loss": training, "reported": reported}
            yield {**row, "cross_entropy": cross_entropy, "accuracy": accuracy}
        values = {"parameters": model.count_params(), "reported": reported}
        return {**values, "cross_entropy": cross_entropy, "accuracy": accuracy}

    def _model(self, seed: int) -> Any:
        """Build and compile the network, with weights from the seed."""
        import keras

        from coursekit.train.streams import Stream

        last = "softmax" if self.last_layer == "softmax" else None
        layers = [keras.layers.Dense(self.hidden, activation="relu"), keras.layers.Dense(10, activation=last)]
        inputs = keras.Input((64,))
        if self.written_as == "functional":
            model = keras.Model(inputs, layers[1](layers[0](inputs)))
        else:
            model = keras.Sequential([inputs, *layers])
        stream = Stream(seed, "parameters")
        for layer, fan_in in zip(layers, (64, self.hidden), strict=True):
            weights = stream.normal((fan_in, layer.units)) * (2 / fan_in) ** 0.5
            layer.set_weights([weights, 0 * weights[0]])
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=self.loss_expects == "logits")
        metrics = ["accuracy"] if self.metric == "accuracy" else []
        model.compile(optimizer=keras.optimizers.SGD(_RATE), loss=loss, metrics=metrics, jit_compile=False)
        return model

    def _trainer(self, model: Any) -> Trainer:
        """Return what takes an epoch's steps in the order of the rows, and returns the mean of their losses."""
        if self.trained_by == "a loop by hand":
            return _by_hand(model)
        return lambda x, y: model.fit(x, y, batch_size=_BATCH, shuffle=False, verbose=0).history["loss"][0]

    def _measured(self, model: Any, data: "Split") -> tuple[float, float, float]:
        """Return what the loss reports, and the cross-entropy and the accuracy of the predictions themselves."""
        import numpy as np

        outputs = model(data.x_validation.astype("float32"), training=False).numpy()
        targets = data.y_validation.argmax(axis=1)
        odds = outputs if self.last_layer == "softmax" else _softmax(outputs)
        right = np.maximum(odds[np.arange(len(targets)), targets], 1e-30)
        told = float((outputs.argmax(axis=1) == targets).mean())
        return float(model.loss(targets, outputs)), float(-np.log(right).mean()), told


def _warned(train: Trainer, x: "Array", y: "Array") -> tuple[float, str]:
    """Train for an epoch; say also whether Keras warned of anything, which it does when a graph is made."""
    with catch_warnings(record=True) as caught:
        simplefilter("always")
        loss = float(train(x, y))
    return loss, "yes" if any("from_logits" in str(each.message) for each in caught) else "no"


def _by_hand(model: Any) -> Trainer:
    """Return the same as `fit` does with plain gradient descent, written out."""
    import numpy as np
    import tensorflow as tf

    @tf.function(input_signature=[tf.TensorSpec([None, 64], tf.float32), tf.TensorSpec([None], tf.int64)])
    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = model.loss(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        for variable, gradient in zip(model.trainable_variables, gradients, strict=True):
            variable.assign_sub(_RATE * gradient)
        return loss

    def epoch(x: "Array", y: "Array") -> float:
        parts = [slice(start, start + _BATCH) for start in range(0, len(x), _BATCH)]
        losses = [float(step(x[part], y[part])) for part in parts]
        return float(np.average(losses, weights=[len(x[part]) for part in parts]))

    return epoch


def _orders(seed: int, rows: int) -> "list[Array]":
    from coursekit.train.streams import Stream

    stream = Stream(seed, "batches")
    return [stream.permutation(rows) for _ in range(_EPOCHS)]


def _softmax(logits: "Array") -> "Array":
    import numpy as np

    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


PLUGIN = HighLevel
