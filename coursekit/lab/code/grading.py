"""One grade of one submission: fresh cases from the oracle, the subject's results, and a verdict for each check.

    with Grading(lab, source, seed) as grading:
        for result in grading.results():     # as each check ends
            ...
    grading.grade()

Made for a thread of its own: `stop` ends it at once from another. What is wrong with the lab itself is a ContentError.
"""

from collections.abc import Iterator
from typing import Self, final

from coursekit.errors import UsageError, WorkerError
from coursekit.lab.code.calls import Calls, Case, Outcome
from coursekit.lab.code.checks import Check
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.judging import judged, not_loaded
from coursekit.lab.code.oracle import Oracle
from coursekit.lab.code.parts import read_slips
from coursekit.lab.code.privacy import keep_private
from coursekit.lab.code.results import CheckResult, CodeGrade
from coursekit.lab.code.slips import Slips
from coursekit.lab.code.subject import Subject
from coursekit.sandbox.outcomes import Broken, Loaded, Raised
from coursekit.sandbox.tiers import Tier, best_tier


@final
class Grading:
    """The checks of a lab on one submission. `public_only` leaves the hidden ones out, as while it is written."""

    def __init__(
        self, lab: CodeLab, source: bytes, seed: int, *, public_only: bool = False, tier: Tier | None = None
    ) -> None:
        self.lab = lab
        self.checks = _in_order(lab, public_only=public_only)
        self.tier = best_tier() if tier is None else tier
        _refuse(lab, self.tier)
        self._source, self._seed = source, seed
        self._subject = Subject(source, lab, tier)
        self._oracle = Oracle(lab, tier)
        self._slips = Slips(self._oracle, read_slips(lab), lab.limits.seconds)
        self._made: dict[tuple[str, str, float | None], Calls] = {}
        self._results: list[CheckResult] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._subject.close()
        self._oracle.close()

    def results(self) -> Iterator[CheckResult]:
        """Yield a result as each check ends. Raises ContentError for a broken lab, WorkerError when stopped."""
        loaded = self._load()
        for check in self.checks:
            if isinstance(loaded, Loaded):
                result = judged(check, self._calls(check), self._oracle, self._slips)
            else:
                result = not_loaded(check, loaded)
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
        self._subject.stop()
        self._oracle.stop()

    def _load(self) -> Loaded | Raised | Broken:
        """Start both sandboxes, which takes no longer than one, and return what executing the submission came to."""
        keep_private()
        self._subject.begin()
        self._oracle.begin()
        return self._subject.load()

    def _calls(self, check: Check) -> Calls:
        """Call the function on the cases of a check; checks that ask for the same share the calls."""
        key = (check.call, check.cases, check.seconds)
        if key not in self._made:
            cases = self._oracle.cases(check.cases, self._seed, check.line)
            self._made[key] = Calls(cases, tuple(self._outcomes(check, cases)))
        return self._made[key]

    def _outcomes(self, check: Check, cases: tuple[Case, ...]) -> Iterator[Outcome]:
        """Call a function on one case after the other, until one breaks the sandbox or the check's time is over."""
        left = check.seconds
        for number, case in enumerate(cases):
            called = self._subject.call(check.call, case, self.lab.limits.seconds_per_call if left is None else left)
            left = None if left is None else left - called.seconds
            if left is not None and left <= 0:
                all_cases = ", all cases together" if number else ""
                yield Broken(f"It took longer than {check.seconds:g} s{all_cases}.", called.outcome.output)
                return
            yield called.outcome
            if isinstance(called.outcome, Broken):
                return


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
