"""What a step of training leaves behind, and what a whole run of steps amounts to; no NumPy here.

outcome(steps)     ->  "finished"
behaviour(steps)   ->  "oscillates"
"""

from collections.abc import Sequence
from math import isfinite
from typing import Literal, NamedTuple, TypeAlias

Outcome: TypeAlias = Literal["finished", "diverged"]
Behaviour: TypeAlias = Literal["converges", "crawls", "oscillates", "diverges"]


class Step(NamedTuple):
    """What one step did. Losses may be nan or inf."""

    step: int  # from 1
    loss: float  # training loss on this step's batch, before its update
    validation_loss: float | None  # after the update; None where it was not measured
    learning_rate: float
    examples: int  # seen so far, this batch included; without data, the number of steps
    gradient_norm: float  # euclidean, on this step's batch, before it is clipped
    accuracy: float | None = None  # on the validation set, measured with its loss; None where nothing is right

    @property
    def is_finite(self) -> bool:
        """Whether neither loss is nan or inf."""
        return isfinite(self.loss) and (self.validation_loss is None or isfinite(self.validation_loss))


def outcome(steps: Sequence[Step]) -> Outcome:
    """Say how a run ended, from its last step: nan and inf are ordinary results."""
    return "finished" if steps[-1].is_finite else "diverged"


def behaviour(steps: Sequence[Step], *, converged_at: float = 0.05) -> Behaviour:
    """Say what a run's loss did, for gradient descent without momentum, best on the whole training set.

    diverges: not finite in the end, or above twice the first loss. converges: at most `converged_at` of the
    first loss. What is left moves too little, and the second half of the run tells why. To first order a step
    lowers the loss by lr |g|^2; if less than half of the promised fall came true, the steps are too long for
    the curvature and it oscillates; otherwise they are too short and it crawls.
    """
    first, last = steps[0].loss, _last_loss(steps)
    if outcome(steps) == "diverged" or last > 2 * first:
        return "diverges"
    if last <= converged_at * first:
        return "converges"
    half = steps[len(steps) // 2 :]
    fall = half[0].loss - half[-1].loss
    promised = sum(step.learning_rate * step.gradient_norm**2 for step in half[:-1])
    return "oscillates" if fall < promised / 2 else "crawls"


def _last_loss(steps: Sequence[Step]) -> float:
    last = steps[-1]
    return last.loss if last.validation_loss is None else last.validation_loss
