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
from coursekit.lab.code.processes import Processes
from coursekit.lab.code.results import CheckResult, CodeGrade
from coursekit.sandbox.tiers import Tier, require

if TYPE_CHECKING:
    from coursekit.lab.code.bench import Bench


@final
class Grading:
    """The checks of a lab on one submission. `public_only` leaves the hidden ones out, as while it is written.

    `begun` are processes that have started already; the caller ends them.
    """

    def __init__(
        self,
        lab: CodeLab,
        source: bytes,
        seed: int,
        *,
        public_only: bool = False,
        tier: Tier | None = None,
        begun: Processes | None = None,
    ) -> None:
        self.lab = lab
        self.checks = _in_order(lab, public_only=public_only)
        self._begun = begun if begun and begun.fit(lab.limits) else None
        self._processes = self._begun or Processes(lab.limits, tier)
        _refuse(lab, self._processes.tier)
        if tier is not None:
            require(tier, lab.limits)
        self._source, self._seed = source, seed
        self._results: list[CheckResult] = []
        self._entered = ExitStack()
        self._bench: Bench | None = None
        self._is_stopped = False
        self._lock = Lock()

    @property
    def tier(self) -> Tier:
        """In which it is made; a likely one until the first result."""
        return self._processes.tier

    def __enter__(self) -> Self:
        """Start the processes, without waiting for them."""
        if not self._begun:
            self._entered.enter_context(self._processes)
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._entered.close()

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

    def _seated(self) -> "Bench":
        """Return subject and oracle at the tier that holds; that the likely one does not shows when they greet."""
        from coursekit.sandbox.confine.privileges import keep_private  # ctypes, while the processes start

        keep_private()  # what is expected, and the hidden cases, will stand in this memory
        bench = self._begin()
        if not bench.holds():
            bench.close()
            self._processes.begin_anew()
            bench = self._begin()
        return bench

    def _begin(self) -> "Bench":
        from coursekit.lab.code.bench import Bench

        bench = Bench(self.lab, self._source, self._seed, self._processes)
        self._entered.callback(bench.close)
        with self._lock:
            self._bench = bench
        bench.begin()
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
