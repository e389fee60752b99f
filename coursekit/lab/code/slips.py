"""Name the classic mistake that a submission makes: the one whose results are the same on every case of a failed check.

So no check has to be written for a slip. A slip that has explained one check is the first to be tried on the next.
"""

from collections import Counter
from collections.abc import Iterator
from time import monotonic
from typing import final

from coursekit.errors import ContentError
from coursekit.lab.code.calls import Calls, Outcome
from coursekit.lab.code.checks import Check
from coursekit.lab.code.oracle import Oracle
from coursekit.lab.code.parts import Slip
from coursekit.sandbox.comparing import differ
from coursekit.sandbox.outcomes import Raised, Returned
from coursekit.sandbox.values import Value


@final
class Slips:
    """The classic mistakes of a lab, as far as they explain one submission; looked for at most so many seconds."""

    def __init__(self, oracle: Oracle, slips: tuple[Slip, ...], seconds: float) -> None:
        self._oracle = oracle
        self._slips = slips
        self._left_seconds = seconds
        self._explained: Counter[str] = Counter()
        self._made: dict[tuple[str, str, str, int], Outcome | None] = {}

    def named(self, check: Check, calls: Calls) -> Slip | None:
        """Return the mistake that explains a failed check, None where none does or it would take too long."""
        begun = monotonic()
        found = next((slip for slip in self._in_order() if self._agrees(slip, check, calls)), None)
        if not found and check.judge:
            found = self._by_number(check, calls)
        self._left_seconds -= monotonic() - begun
        if found:
            self._explained[found.part.name] += 1
        return found

    def _in_order(self) -> Iterator[Slip]:
        until = monotonic() + self._left_seconds
        for slip in sorted(self._slips, key=lambda slip: -self._explained[slip.part.name]):
            if monotonic() < until:
                yield slip

    def _agrees(self, slip: Slip, check: Check, calls: Calls) -> bool:
        return all(
            self._is_same(check, outcome, self._outcome(slip, check, number, calls))
            for number, outcome in enumerate(calls.outcomes)
        )

    def _by_number(self, check: Check, calls: Calls) -> Slip | None:
        """Return the one mistake that is judged alike on every case; where two are, the number tells nothing."""
        mine = [self._number(check, outcome, calls, i) for i, outcome in enumerate(calls.outcomes)]
        if None in mine:
            return None
        alike = [slip for slip in self._in_order() if self._is_judged_alike(slip, check, calls, mine)]
        return alike[0] if len(alike) == 1 else None

    def _is_judged_alike(self, slip: Slip, check: Check, calls: Calls, mine: list[float | None]) -> bool:
        for i, number in enumerate(mine):
            other = self._number(check, self._outcome(slip, check, i, calls), calls, i)
            if number is None or other is None or differ(number, other, check.tolerance, nan_is_nan=True):
                return False
        return True

    def _number(self, check: Check, outcome: Outcome | None, calls: Calls, i: int) -> float | None:
        if not isinstance(outcome, Returned):
            return None
        number = self._oracle.judged(check.judge, outcome.value, calls.cases[i], check.line)
        return number if isinstance(number, float) else None

    def _outcome(self, slip: Slip, check: Check, number: int, calls: Calls) -> Outcome | None:
        key = (slip.part.name, check.call, check.cases, number)
        if key not in self._made:
            try:
                self._made[key] = self._oracle.slip(slip, check.call, calls.cases[number])
            except ContentError:  # the author's to mend, and `coursekit check --labs` says so; no learner can
                self._made[key] = None
        return self._made[key]

    def _is_same(self, check: Check, one: Outcome, other: Outcome | None) -> bool:
        if isinstance(one, Raised) and isinstance(other, Raised):
            return (one.kind, one.message) == (other.kind, other.message)
        if not isinstance(one, Returned) or not isinstance(other, Returned):
            return False
        if check.keeps_inputs:
            return not differ(one.arguments, other.arguments, check.tolerance, nan_is_nan=True)
        return self._same(one.value, other.value, check)

    def _same(self, one: Value, other: Value, check: Check) -> bool:
        return not differ(one, other, check.tolerance, any_dtype=check.is_any_dtype, nan_is_nan=True)
