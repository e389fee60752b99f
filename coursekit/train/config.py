"""One record says everything about a run; the same record gives the same run.

{"model": {"name": "mlp", "hidden": [64]}, "data": "digits", "optimizer": "sgd",
 "learning_rate": 0.5, "batch_size": 32, "steps": 300, "seed": 0}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self, TypeAlias, final

from coursekit.errors import ConfigError
from coursekit.train.data import Data
from coursekit.train.models import Model
from coursekit.train.optimizers import Optimizer
from coursekit.train.options import check, plugin_name, read, write
from coursekit.train.ranges import Range
from coursekit.train.schedules import Schedule
from coursekit.train.schedules.constant import Constant

Backend: TypeAlias = Literal["numpy", "tensorflow"]
_CONSTANT = Constant()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """A training run; every way to make one raises ConfigError that names a field which is wrong."""

    model: Model
    data: Data | None = None  # None for a model that has its loss in itself
    optimizer: Optimizer
    learning_rate: Annotated[float, Range(above=0)]
    schedule: Schedule = _CONSTANT  # what the learning rate is multiplied with, step by step
    weight_decay: Annotated[float, Range(at_least=0)] = 0.0  # decoupled: w loses lr * weight_decay of itself
    clip_norm: Annotated[float, Range(above=0)] | None = None  # longest gradient; a longer one is shortened
    batch_size: Annotated[int, Range(at_least=1)] | None = None  # None is the whole training set
    steps: Annotated[int, Range(at_least=1, at_most=1_000_000)]
    shuffle: Literal["each epoch", "once", "never", "with replacement"] = "each epoch"
    drop_last: bool = False  # whether an epoch's last batch is left out when it is not full
    seed: Annotated[int, Range(at_least=0)] = 0  # of initial parameters and batch order
    eval_every: Annotated[int, Range(at_least=1)] = 10  # steps from one validation loss to the next
    stop_below: float | None = None  # the run ends once its validation loss is at most this
    backend: Backend = "numpy"
    dtype: Literal["float32", "float64"] = "float64"
    xla: bool = False  # whether TensorFlow compiles further, which pays beyond some 10,000 steps

    def __post_init__(self) -> None:
        check(self)
        _check_data(self.model, self.data)
        _check_batch(self.batch_size, self.data)
        _check_schedule(self.schedule, self.steps)

    @classmethod
    def from_json(cls, mapping: Mapping[str, Any]) -> Self:
        """Read a configuration; a plug-in is a name or a mapping with its name and options."""
        return read(cls, mapping)

    def to_json(self) -> dict[str, Any]:
        """Return every field and every plug-in with all its options."""
        return write(self)


def _check_data(model: Model, data: Data | None) -> None:
    name = plugin_name(model)
    if data is None:
        if model.target is not None:
            raise ConfigError(f"data is missing: the model '{name}' needs data with {model.target}.")
    elif model.target is None:
        raise ConfigError(f"data must be null: the model '{name}' takes no data.")
    elif model.target != data.target:
        raise ConfigError(
            f"data: '{plugin_name(data)}' has {data.target}, but the model '{name}' predicts {model.target}."
        )
    else:
        try:
            model.shapes(data.sizes)
        except ValueError as error:
            raise ConfigError(f"model.{error}") from error


def _check_batch(batch_size: int | None, data: Data | None) -> None:
    if batch_size is None:
        return
    if data is None:
        raise ConfigError("batch_size must be null: there is no data to draw a batch from.")
    if batch_size > data.sizes.train:
        raise ConfigError(
            f"batch_size must be at most {data.sizes.train}, all of '{plugin_name(data)}', got {batch_size}."
        )


def _check_schedule(schedule: Schedule, steps: int) -> None:
    try:
        schedule.check(steps)
    except ValueError as error:
        raise ConfigError(f"schedule.{error}") from error
