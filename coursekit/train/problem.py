"""What both backends start from: the arrays of a configuration."""

from dataclasses import dataclass
from typing import final

import numpy as np

from coursekit.train.arrays import Array, Shape
from coursekit.train.config import TrainingConfig
from coursekit.train.data import Sizes, Split
from coursekit.train.models import Model
from coursekit.train.optimizers import Optimizer
from coursekit.train.rule import Rule
from coursekit.train.streams import Stream

# A model without data trains on one example that it never looks at.
_NO_DATA_SIZES = Sizes(train=1, validation=1, features=0, outputs=0)


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """A model, a rule, the data and the parameters to start from, all arrays in the configured dtype."""

    model: Model
    optimizer: Optimizer
    rule: Rule
    split: Split
    shapes: tuple[Shape, ...]
    params: Array  # (P,)
    xla: bool = False


@np.errstate(all="ignore")  # huge options overflow: the run then diverges, which is a result
def prepare(config: TrainingConfig) -> Problem:
    """Load or generate the data and draw the initial parameters."""
    sizes = config.data.sizes if config.data else _NO_DATA_SIZES
    stream = Stream(config.seed, "parameters")
    arrays = config.model.init(sizes, stream.normal)
    return Problem(
        config.model,
        config.optimizer,
        Rule(optimizer=config.optimizer, weight_decay=config.weight_decay, clip_norm=config.clip_norm),
        _as_type(config.data.split() if config.data else _no_data(), config.dtype),
        config.model.shapes(sizes),
        np.concatenate([array.ravel() for array in arrays]).astype(config.dtype),
        config.xla,
    )


def _no_data() -> Split:
    nothing = np.zeros((1, 0))
    return Split(nothing, nothing, nothing, nothing)


def _as_type(split: Split, dtype: str) -> Split:
    return Split(
        split.x_train.astype(dtype),
        split.y_train.astype(dtype),
        split.x_validation.astype(dtype),
        split.y_validation.astype(dtype),
    )
