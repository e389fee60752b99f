"""One step of a run as the child reports it: what a curve draws and a goal judges."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from coursekit.train.steps import Step


class Point(NamedTuple):
    """A step counted from 1; losses are nan where they are not numbers, None where they were not measured."""

    step: int
    loss: float
    validation_loss: float | None
    learning_rate: float
    examples: int
    gradient_norm: float
    seconds: float
    accuracy: float | None = None
    """The share of the validation set that is told right; None where nothing is, or it was not measured."""

    def as_step(self) -> Step:
        """Return it as the trainer has it."""
        return Step(*self[:6], self.accuracy)


def read_point(record: Mapping[str, Any]) -> Point:
    """Read a step from the child's JSON, where null stands for what is no number."""
    return Point(
        record["step"],
        _number(record["loss"]),
        None if record["validation_loss"] is None else _number(record["validation_loss"]),
        record["learning_rate"],
        record["examples"],
        _number(record["gradient_norm"]),
        record["seconds"],
        record.get("accuracy"),
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
