"""The processes that a grade's children are forked from. They can start before anything is known of the grade."""

from contextlib import ExitStack
from typing import Self, final

from coursekit.sandbox.limits import Limits
from coursekit.sandbox.tiers import Tier, best_tier, likely_tier
from coursekit.sandbox.zygote import Zygote, can_fork


@final
class Processes:
    """A zygote for the subject and one for the oracle: the same, but at tier 3, where each has a container.

    Where none can serve there are none, and every child is started for itself.
    """

    def __init__(self, limits: Limits | None = None, tier: Tier | None = None) -> None:
        self.limits = limits or Limits()
        self._can_fork = can_fork(self.limits)
        self.tier = (likely_tier() if self._can_fork else best_tier()) if tier is None else tier
        self._entered = ExitStack()
        self.subject: Zygote | None = None
        self.oracle: Zygote | None = None

    def __enter__(self) -> Self:
        """Start them, without waiting."""
        if self._can_fork:
            self.subject = self.oracle = self._entered.enter_context(Zygote(self.tier, self.limits))
            if self.tier == Tier.CONTAINED:
                self.oracle = self._entered.enter_context(Zygote(self.tier, self.limits))
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._entered.close()

    def fit(self, limits: Limits) -> bool:
        """Say whether they can serve for other limits: what a container or the number of processes hangs on."""
        return (limits.folder, limits.processes) == (self.limits.folder, self.limits.processes)

    def begin_anew(self) -> None:
        """End them and start others, at the best tier that a real try finds and no higher than before.

        Raises WorkerError when a tier could not be tried.
        """
        self.__exit__()
        self.tier = min(self.tier, best_tier())
        self.__enter__()
