"""One grade of one submission: fresh cases from the oracle, the subject's results, and a verdict for each check.

    with Grading(lab, source, seed) as grading:
        for result in grading.results():     # as each check ends
            ...
    grading.grade()

Made for a thread of its own: `stop` ends it at once from another. What is wrong with the lab itself is a ContentError.
The processes are started first, and what needs NumPy (`bench`) is imported while they import it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Self, final

from coursekit.errors import UsageError, WorkerError
from coursekit.lab.code.checks import Check
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.privacy import keep_private
from coursekit.lab.code.results import CheckResult, CodeGrade
from coursekit.sandbox.tiers import Tier, best_tier, likely_tier, require
from coursekit.sandbox.zygote import Zygote, can_fork

if TYPE_CHECKING:
    from coursekit.lab.code.bench import Bench


@final
class Grading:
    """The checks of a lab on one submission. `public_only` leaves the hidden ones out, as while it is written."""

    def __init__(
        self, lab: CodeLab, source: bytes, seed: int, *, public_only: bool = False, tier: Tier | None = None
    ) -> None:
        self.lab = lab
        self.checks = _in_order(lab, public_only=public_only)
        self._can_fork = can_fork(lab.limits)
        self.tier = (likely_tier() if self._can_fork else best_tier()) if tier is None else tier
        _refuse(lab, self.tier)
        if tier is not None:
            require(tier, lab.limits)
        self._source, self._seed = source, seed
        self._results: list[CheckResult] = []
        self._processes = ExitStack()
        self._bench: Bench | None = None
        self._is_stopped = False
        self._lock = Lock()

    def __enter__(self) -> Self:
        """Start the processes, without waiting for them."""
        self._zygotes = self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._processes.close()

    def results(self) -> Iterator[CheckResult]:
        """Yield a result as each check ends. Raises ContentError for a broken lab, WorkerError when stopped."""
        for result in self._seated().results(self.checks):
            self._results.append(result)
            yield result

    def grade(self) -> CodeGrade:
        """Return the grade, once all results have come. Raises WorkerError before."""
        if len(self._results) < len(self.checks):
            raise WorkerError("The grade was stopped.")
        text = self._source.decode(errors="replace")
        left = len(self.lab.checks) - len(self.checks)
        return CodeGrade(self.lab.name, text, self._seed, int(self.tier), tuple(self._results), left)

    def stop(self) -> None:
        """End it at once, from another thread."""
        with self._lock:
            self._is_stopped = True
            if self._bench:
                self._bench.stop()

    def _begin(self) -> tuple[Zygote | None, Zygote | None]:
        """Start the processes that the subject's and the oracle's children are forked from."""
        if not self._can_fork:
            return (None, None)
        subject = self._processes.enter_context(Zygote(self.tier, self.lab.limits))
        if self.tier < Tier.CONTAINED:
            return (subject, subject)
        return (subject, self._processes.enter_context(Zygote(self.tier, self.lab.limits)))  # a container each

    def _seated(self) -> "Bench":
        """Return subject and oracle at the tier that holds; that the likely one does not shows when they greet."""
        bench = self._begin_bench()
        if not bench.holds() and self._can_fork and (tier := best_tier()) < self.tier:
            self._processes.close()
            self.tier = tier
            self._zygotes = self._begin()
            bench = self._begin_bench()
        return bench

    def _begin_bench(self) -> "Bench":
        from coursekit.lab.code.bench import Bench

        keep_private()
        bench = self._processes.enter_context(
            Bench(self.lab, self._source, self._seed, tier=self.tier, zygotes=self._zygotes)
        )
        with self._lock:
            self._bench = bench
        if self._is_stopped:
            raise WorkerError("The grade was stopped.")
        return bench


def _in_order(lab: CodeLab, *, public_only: bool) -> tuple[Check, ...]:
    """Put the public checks first: what a submission keeps of a hidden case it cannot tell in a public one's output."""
    public = tuple(check for check in lab.checks if check.is_public)
    return public if public_only else (*public, *(check for check in lab.checks if not check.is_public))


def _refuse(lab: CodeLab, tier: Tier) -> None:
    """Raise UsageError for a lab that cannot be graded here."""
    if lab.is_keyless:
        message = f"The lab {lab.name} came without reference.py and cases.py, as packs for students do, so it cannot"
        raise UsageError(f"{message} be graded here. Hand your file in to whoever gave you the course.")
    if lab.needs_processes and tier < Tier.CONTAINED:
        message = f"The lab {lab.name} starts processes, which needs a container (tier {int(Tier.CONTAINED)} of the"
        raise UsageError(f"{message} sandbox); here is tier {int(tier)}. 'coursekit doctor' tells what is missing.")
