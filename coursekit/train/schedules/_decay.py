"""What the schedules that fall over a number of steps have in common."""

from typing import Annotated, TypeAlias

from coursekit.train.ranges import Range

DecaySteps: TypeAlias = Annotated[int, Range(at_least=1)] | None  # None is the whole run


def progress(step: int, steps: int, decay_steps: int | None) -> float:
    """Say how far the decay has come: 0 at step 0, 1 after `decay_steps`, more after that.

    >>> progress(50, 200, None), progress(50, 200, 100)
    (0.25, 0.5)
    """
    return step / (decay_steps or steps)


def check(decay_steps: int | None, steps: int) -> None:
    """Raise ValueError when the decay would be longer than the run."""
    if decay_steps is not None and decay_steps > steps:
        raise ValueError(f"decay_steps must be at most {steps}, the steps of the run; it is {decay_steps}.")
