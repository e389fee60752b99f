"""The problems: what is trained, as our configuration and as arrays for the others, float32 for everyone.

Digits are 1,437 rows of 64 pixels and ten classes; an epoch of 45 batches ends with one of 29 rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import ceil
from typing import Any, ClassVar, final

import numpy as np

from coursekit import plugins
from coursekit.train.arrays import Array
from coursekit.train.config import TrainingConfig
from coursekit.train.data import Data, Sizes, Split, Target

_FOR_EVER = 1_000_000  # steps: whoever reads a run stops before its end, where a validation loss would be due


@final
@dataclass(frozen=True, slots=True)
class Images(Data):
    """Random rows as large as MNIST's, 60,000 of 784 numbers in [0, 1), in ten classes."""

    target: ClassVar[Target] = "classes"

    @property
    def sizes(self) -> Sizes:
        return Sizes(train=60_000, validation=1_000, features=784, outputs=10)

    def split(self) -> Split:
        return _images(self.sizes)


@cache  # a run does not pay for the drawing
def _images(sizes: Sizes) -> Split:
    rng = np.random.default_rng(0)
    rows = sizes.train + sizes.validation
    x = rng.random((rows, sizes.features), np.float32)
    y = np.eye(sizes.outputs, dtype=np.float32)[rng.integers(sizes.outputs, size=rows)]
    return Split(x[: sizes.train], y[: sizes.train], x[sizes.train :], y[sizes.train :])


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """A model, its data and a batch size; plain SGD with a rate at which no run diverges."""

    key: str
    title: str
    model: Mapping[str, Any]
    data: Any  # as a configuration takes it
    batch_size: int
    learning_rate: float = 0.05

    def config(self, backend: str, *, xla: bool = False) -> TrainingConfig:
        """Return the run as coursekit takes it, without a validation loss on the way."""
        given = {
            "model": self.model,
            "data": self.data,
            "optimizer": "sgd",
            "learning_rate": self.learning_rate,
            "batch_size": self.batch_size,
            "steps": _FOR_EVER,
            "eval_every": _FOR_EVER,
            "backend": backend,
            "dtype": "float32",
        }
        return TrainingConfig.from_json({**given, "xla": True} if xla else given)

    @property
    def sizes(self) -> Sizes:
        data = self.config("numpy").data
        assert data is not None
        return data.sizes

    @property
    def hidden(self) -> tuple[int, ...]:
        return tuple(self.model.get("hidden", ()))

    @property
    def is_image(self) -> bool:
        return self.model["name"] == "cnn"

    @property
    def flat(self) -> int:
        """How many numbers the pooled maps have, which the dense layer of a CNN takes."""
        return self.shapes()[-2][0]

    @property
    def steps_per_epoch(self) -> int:
        return ceil(self.sizes.train / self.batch_size)

    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Return the shapes of our parameter arrays."""
        return self.config("numpy").model.shapes(self.sizes)

    def arrays(self) -> tuple[Array, Array]:
        """Return x (rows, features), and y: numbers (rows, 1), or the number of each row's class (rows,)."""
        data = self.config("numpy").data
        assert data is not None
        split = data.split()
        x = split.x_train.astype(np.float32, copy=False)
        return x, split.y_train.argmax(axis=1) if data.target == "classes" else split.y_train.astype(np.float32)


_LINEAR = {"name": "linear", "n": 12_500, "features": 20}  # 10,000 to train on
_MLP = {"name": "mlp", "hidden": [64]}
_CNN = {"name": "cnn", "filters": [8], "kernel": 3, "padding": "valid", "pool": 2}

PROBLEMS = (
    Problem("a", "linear regression, 10,000 x 20", {"name": "linear"}, _LINEAR, 32),
    Problem("b", "softmax, digits", {"name": "softmax"}, "digits", 32),
    Problem("c32", "MLP 64-64-10, digits", _MLP, "digits", 32),
    Problem("c128", "MLP 64-64-10, digits", _MLP, "digits", 128),
    Problem("d", "MLP 784-128-10, 60,000 random rows", {"name": "mlp", "hidden": [128]}, Images(), 128),
    Problem("e", "CNN 3x3x8, pool 2, dense, digits", _CNN, "digits", 32),
)


def can_train(problem: Problem) -> bool:
    """Say whether coursekit has the model."""
    return problem.model["name"] in plugins.names("coursekit.train.models")


def has_xla() -> bool:
    """Say whether a configuration can ask TensorFlow for XLA."""
    return any(field.name == "xla" for field in fields(TrainingConfig))
