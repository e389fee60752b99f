"""The author's side of a grade: draws cases, computes what is expected, judges results, plays the classic mistakes.

oracle = Oracle(lab)
cases = oracle.cases("steps", seed, line=4)
oracle.expected("sgd_step", cases[0])

Everything of the lab's own code runs in one sandbox of its own. What goes wrong there is the author's to mend, and is a
ContentError with file and line.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import cast, final

from coursekit.clean import clean
from coursekit.errors import ContentError, WorkerError
from coursekit.files import shown
from coursekit.lab.code.calls import Case, Outcome
from coursekit.lab.code.definition import CodeLab
from coursekit.lab.code.parts import Part, Slip, read_part
from coursekit.sandbox.comparing import single
from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.outcomes import Broken, Raised, Returned
from coursekit.sandbox.tiers import Tier
from coursekit.sandbox.values import Value, ValueRefusedError
from coursekit.sandbox.wire import FrameError
from coursekit.sandbox.zygote import Zygote

_INSIDE = Path(__file__).with_name("inside.py")
_FAULT = "This is the course's fault, not yours"
_MOST_CASES = 100
_TIMES = 10  # so much longer than a submission: it computes what is expected, and plays every slip


@final
class Oracle:
    """One sandbox for a lab's own files; begun anew when something in it never ends."""

    def __init__(self, lab: CodeLab, tier: Tier | None = None, zygote: Zygote | None = None) -> None:
        self._lab = lab
        self._tier, self._zygote = tier, zygote
        longest = max(lab.limits.seconds_per_call, *(check.seconds or 0 for check in lab.checks))
        self._limits = replace(lab.limits, seconds_per_call=longest, seconds=_TIMES * lab.limits.seconds)
        self._reference = read_part(lab, "reference.py")
        self._cases = read_part(lab, "cases.py")
        self._sandbox: Sandbox | None = None
        self._loaded: set[str] = set()
        self._is_stopped = False
        self._lock = Lock()

    def begin(self) -> None:
        """Start the sandbox, without waiting for it."""
        self._running()

    def holds(self) -> bool:
        """Wait for the sandbox, and say whether it is as confined as it should be. Raises WorkerError when stopped."""
        holds = self._running().holds()
        self._refuse_stopped()
        return holds

    def close(self) -> None:
        """End the sandbox and clean up."""
        with self._lock:
            sandbox, self._sandbox = self._sandbox, None
        if sandbox:
            sandbox.__exit__(None, None, None)

    def stop(self) -> None:
        """End it at once, from another thread."""
        with self._lock:
            self._is_stopped = True
            if self._sandbox:
                self._sandbox.stop()

    def cases(self, function: str, seed: int, line: int) -> tuple[Case, ...]:
        """Draw the arguments of calls. `line` of `lab.md` asks for them. Raises ContentError."""
        drawn = self._call(self._cases, function, [seed], line)
        is_list = isinstance(drawn, (list, tuple)) and 0 < len(drawn) <= _MOST_CASES
        if not is_list or not all(isinstance(case, tuple) for case in cast("Sequence[Value]", drawn)):
            raise self.fault("cases.py", f"{function}() must return a list of 1 to {_MOST_CASES} tuples of arguments")
        return tuple(cast("Sequence[Case]", drawn))

    def expected(self, function: str, case: Case, line: int) -> Value:
        """Return what the reference makes of a case. Raises ContentError."""
        return self._call(self._reference, function, list(case), line)

    def judged(self, judge: str, result: Value, case: Case, line: int) -> float | str:
        """Return the judge's number for a result; why it has none, if the result is none it can judge.

        Raises ContentError where the judge cannot judge the reference's own result either, or returns no number.
        """
        outcome = self._try(self._reference, judge, [result, *case])
        if isinstance(outcome, _Missing):
            raise self._no_function(self._reference, judge, line)
        if isinstance(outcome, Returned):
            number = single(outcome.value)
            if number is None:
                raise self.fault("reference.py", f"{judge}() must return a number")
            return number
        return _said(outcome)

    def slip(self, slip: Slip, function: str, case: Case) -> Outcome | None:
        """Return what a classic mistake makes of a case, None where it has no such function. Raises ContentError."""
        self._load(slip.part)
        outcome = self._try(slip.part, function, list(case))
        return None if isinstance(outcome, _Missing) else outcome

    def fault(self, part: str, message: str) -> ContentError:
        """Make the error for something that is wrong with a file of the lab; the caller raises it."""
        path = shown(self._lab.folder / part)
        return ContentError(path, 1, f"{message}{'' if message.endswith('.') else '.'} {_FAULT}.", code="bad-lab")

    def _call(self, part: Part, function: str, arguments: list[Value], line: int) -> Value:
        match self._try(part, function, arguments):
            case Returned(value=value):
                return value
            case _Missing():
                raise self._no_function(part, function, line)
            case Raised() as raised:
                raise self._fault(part, raised)
            case broken:
                raise self.fault(part.name, f"{function}() gave no result: {broken.why}")

    def _try(self, part: Part, function: str, arguments: list[Value]) -> "Outcome | _Missing":
        """Call a function of a file that is loaded, or loaded now."""
        self._load(part)
        match self._ask("run", [part.name, function, arguments]):
            case Returned(value=("missing", _)):
                return _Missing()
            case Returned(value=("returned", value), arguments=(_, _, list(after)), output=output):
                return Returned(value, tuple(after), output)
            case Returned(value=("raised", kind, message, line)):
                return Raised(str(kind), str(message), f"line {line}", "")
            case Returned():
                return Broken(f"{part.name} did something odd to its caller.", "")
            case other:
                return other

    def _load(self, part: Part) -> None:
        """Load a file. Raises ContentError when it cannot be executed."""
        if part.name in self._loaded and self._sandbox:
            return
        if part is not self._reference:
            self._load(self._reference)  # which cases may import
        match self._ask("load", [part.name, part.text]):
            case Returned(value=("returned", *_)):
                self._loaded.add(part.name)
            case Returned(value=("raised", kind, message, line)):
                raise self._fault(part, Raised(str(kind), str(message), f"line {line}", ""))
            case other:
                raise self.fault(part.name, f"It cannot be loaded. {_said(other)}")

    def _ask(self, function: str, arguments: list[Value]) -> Outcome:
        try:
            outcome = self._running().call(function, arguments)
        except (ValueRefusedError, FrameError) as error:  # a result and its case are too large to be sent together
            return Raised("TooLarge", str(error), "", "")
        self._refuse_stopped()
        if isinstance(outcome, Broken):
            self.close()  # the next question begins another
        return outcome

    def _refuse_stopped(self) -> None:
        if self._is_stopped:
            raise WorkerError("The grade was stopped.")

    def _running(self) -> Sandbox:
        if not self._sandbox:
            source = _INSIDE.read_bytes()
            sandbox = Sandbox(
                source, name=_INSIDE.name, limits=self._limits, tier=self._tier, zygote=self._zygote
            ).__enter__()
            with self._lock:
                self._sandbox, self._loaded = sandbox, set()
            self._refuse_stopped()
        return self._sandbox

    def _no_function(self, part: Part, function: str, line: int) -> ContentError:
        message = f"{part.name} has no function '{function}', which this check needs. {_FAULT}."
        return ContentError(self._lab.path, line, message, code="bad-lab")

    def _fault(self, part: Part, raised: Raised) -> ContentError:
        found = re.match(r"line (\d{1,6})", raised.traceback)
        line = int(found[1]) if found else 1
        return ContentError(part.path, line, f"{_said(raised)} {_FAULT}.", code="bad-lab")


@final
class _Missing:
    """The file has no function of that name."""


def _said(outcome: Outcome) -> str:
    match outcome:
        case Raised():
            return clean(f"{outcome.kind}: {outcome.message}".rstrip(".: ")) + "."
        case Broken():
            return outcome.why
        case Returned():
            return ""
