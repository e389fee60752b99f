"""Subject and oracle of one grade, and the checks played between them; `grading` says when."""

from collections.abc import Iterator, Sequence
from typing import final

from coursekit.lab.code.calls import Calls, Case, Outcome
from coursekit.lab.code.checks import Check
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.judging import judged, not_loaded
from coursekit.lab.code.oracle import Oracle
from coursekit.lab.code.parts import read_slips
from coursekit.lab.code.processes import Processes
from coursekit.lab.code.results import CheckResult
from coursekit.lab.code.slips import Slips
from coursekit.lab.code.subject import Subject
from coursekit.sandbox.outcomes import Broken, Loaded


@final
class Bench:
    """The children of one grade."""

    def __init__(self, lab: CodeLab, source: bytes, seed: int, processes: Processes) -> None:
        self._lab, self._seed = lab, seed
        self._subject = Subject(source, lab, processes.tier, processes.subject)
        self._oracle = Oracle(lab, processes.tier, processes.oracle)
        self._slips = Slips(self._oracle, read_slips(lab), lab.limits.seconds)
        self._made: dict[tuple[str, str, float | None, bool], Calls] = {}

    def begin(self) -> None:
        """Start both, without waiting for them."""
        self._subject.begin()
        self._oracle.begin()

    def close(self) -> None:
        """End both and clean up; harmless when done twice."""
        self._subject.close()
        self._oracle.close()

    def holds(self) -> bool:
        """Wait for both, and say whether they are as confined as they should be."""
        return self._subject.holds() and self._oracle.holds()

    def results(self, checks: Sequence[Check]) -> Iterator[CheckResult]:
        """Yield a result as each check ends. Raises ContentError for a broken lab, WorkerError when stopped."""
        loaded = self._subject.load()
        for check in checks:
            if isinstance(loaded, Loaded):
                yield judged(check, self._calls(check), self._oracle, self._slips)
            else:
                yield not_loaded(check, loaded)

    def stop(self) -> None:
        """End both at once, from another thread."""
        self._subject.stop()
        self._oracle.stop()

    def _calls(self, check: Check) -> Calls:
        """Call the function on the cases of a check; checks that ask for the same share the calls."""
        key = (check.call, check.cases, check.seconds, check.is_fresh)
        if key not in self._made:
            cases = self._oracle.cases(check.cases, self._seed, check.line)
            self._made[key] = Calls(cases, tuple(self._outcomes(check, cases)))
        return self._made[key]

    def _outcomes(self, check: Check, cases: tuple[Case, ...]) -> Iterator[Outcome]:
        """Call a function on one case after the other, until one breaks the sandbox or the check's time is over."""
        left = check.seconds
        for number, case in enumerate(cases):
            seconds = self._lab.limits.seconds_per_call if left is None else left
            called = self._subject.call(check.call, case, seconds, is_fresh=check.is_fresh)
            left = None if left is None else left - called.seconds
            if left is not None and left <= 0:
                all_cases = ", all cases together" if number else ""
                yield Broken(f"It took longer than {check.seconds:g} s{all_cases}.", called.outcome.output)
                return
            yield called.outcome
            if isinstance(called.outcome, Broken):
                return
