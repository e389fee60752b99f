"""How far two runs of one configuration may differ, and how far they do.

Two losses differ by |a - b| / max(|a|, |b|, floor). Without the floor, a loss near zero would be held to digits that it
never had: it is what remains of numbers as large as the first loss, and so is its rounding. Therefore the floor is a
share of the first loss.
"""

from collections.abc import Sequence
from math import inf
from typing import Any, NamedTuple, TypeAlias, final

from coursekit.train.config import TrainingConfig
from coursekit.train.options import plugin_name

Line: TypeAlias = dict[str, Any]  # Any: JSON

LOSSES = ("loss", "validation_loss")
_LEAST_SCALE = 1e-12  # for a run that begins at a loss of 0

# A sum of squares has left float32, whose end is at 3.4e38, when its mean over a million rows is not there yet.
OVERFLOW = {"float32": 1e32, "float64": inf}

# They divide a gradient by its own size or keep only its sign: of one that is nearly 0, the rounding is a whole step.
SIGN_LIKE = ("adam", "adamw", "lion", "rmsprop")


@final
class Bound(NamedTuple):
    """How far two losses may differ, and why so far."""

    relative: float
    floor_share: float  # of the first loss
    why: str


@final
class Difference(NamedTuple):
    """How far the record is from its replay at one step; infinite where only one of them has a number."""

    value: float
    step: int
    name: str


def bound_of(config: TrainingConfig) -> Bound:
    """Say how far a record of this configuration may be from float64.

    Measured on 300 and 1000 steps of networks with every optimizer: TensorFlow in float64 stays within 1e-8. What
    float32 rounds away grows as a network learns, to some 1e-6 of the first loss with sgd, momentum, nesterov and
    adagrad, and to 1e-2 and more with the sign-like. Rates at the edge of divergence go beyond either bound.
    """
    rule = plugin_name(config.optimizer)
    if config.dtype == "float64":
        return Bound(1e-6, 1e-6, "float64")
    if rule in SIGN_LIKE:
        return Bound(1e-2, 1.0, f"float32, and {rule} makes a whole step of a tiny gradient's rounding")
    return Bound(1e-5, 1.0, "float32")


def largest_difference(config: TrainingConfig, theirs: Sequence[Line], ours: Sequence[Line]) -> Difference:
    """Return the first of the largest differences, over the steps that both have."""
    floor = bound_of(config).floor_share * max(abs(theirs[0]["loss"] or 0), _LEAST_SCALE)
    overflow = OVERFLOW[config.dtype]
    differences = (
        Difference(relative_difference(a[name], b[name], floor, overflow), a["step"], name)
        for a, b in zip(theirs, ours, strict=False)
        for name in LOSSES
    )
    return max(differences, key=lambda difference: difference.value)


def relative_difference(theirs: float | None, ours: float | None, floor: float, overflow: float = inf) -> float:
    """Return by how much two losses differ; None agrees with None, and with what overflows in the record's type.

    >>> relative_difference(2.0, 1.5, floor=0.01), relative_difference(0.002, 0.001, floor=0.01)
    (0.25, 0.1)
    >>> relative_difference(None, 1e36, 1.0, overflow=1e32), relative_difference(None, 1.0, 1.0)
    (0.0, inf)
    """
    if theirs is None:
        return 0.0 if ours is None or abs(ours) >= overflow else inf
    return inf if ours is None else abs(theirs - ours) / max(abs(theirs), abs(ours), floor)
