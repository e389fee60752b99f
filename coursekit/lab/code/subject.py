"""The learner's side of a grade: one submission in a sandbox, called case by case.

    subject = Subject(source, lab)
    subject.call("sgd_step", case, 5.0)

What ends a sandbox (a loop, an exit) spoils one check, not the grade: the next call begins another, as long as the
submission's time lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic
from typing import final

from coursekit.errors import WorkerError
from coursekit.lab.code.calls import Outcome
from coursekit.lab.code.definition import CodeLab
from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.outcomes import Broken, Loaded, Raised
from coursekit.sandbox.tiers import Tier
from coursekit.sandbox.values import Value
from coursekit.sandbox.zygote import Zygote


@final
@dataclass(frozen=True, slots=True)
class Called:
    """What a call came to and how long it took, by the grader's clock."""

    outcome: Outcome
    seconds: float


@final
class Subject:
    """The sandboxes of one submission, one at a time."""

    def __init__(self, source: bytes, lab: CodeLab, tier: Tier | None = None, zygote: Zygote | None = None) -> None:
        self._source, self._lab, self._tier, self._zygote = source, lab, tier, zygote
        self._left_seconds = lab.limits.seconds
        self._sandbox: Sandbox | None = None
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

    def load(self) -> Loaded | Raised | Broken:
        """Execute the submission and return what that came to. Raises WorkerError when stopped."""
        loaded = self._running().start()
        self._refuse_stopped()
        return loaded

    def call(self, function: str, arguments: Sequence[Value], seconds: float, *, is_fresh: bool = False) -> Called:
        """Call a function of the submission, which may take so long. Raises WorkerError when stopped.

        A fresh call has a sandbox of its own: nothing is left of the calls before.
        """
        if is_fresh:
            self.close()
        if self._left_seconds <= 0:
            return Called(Broken(f"The whole took longer than {self._lab.limits.seconds:g} s.", ""), 0.0)
        sandbox = self._running()
        loaded = sandbox.start()
        begun = monotonic()
        outcome = sandbox.call(function, arguments, seconds=seconds) if isinstance(loaded, Loaded) else loaded
        took = monotonic() - begun
        self._left_seconds -= took
        self._refuse_stopped()
        if isinstance(outcome, Broken):
            self.close()  # the next call begins another
        return Called(outcome, took)

    def stop(self) -> None:
        """End it at once, from another thread."""
        with self._lock:
            self._is_stopped = True
            if self._sandbox:
                self._sandbox.stop()

    def close(self) -> None:
        """End the sandbox and clean up."""
        with self._lock:
            sandbox, self._sandbox = self._sandbox, None
        if sandbox:
            sandbox.__exit__(None, None, None)

    def _running(self) -> Sandbox:
        if not self._sandbox:
            limits = replace(self._lab.limits, seconds=self._left_seconds)
            sandbox = Sandbox(
                self._source, name=self._lab.file, limits=limits, tier=self._tier, zygote=self._zygote
            ).__enter__()
            with self._lock:
                self._sandbox = sandbox
            self._refuse_stopped()
        return self._sandbox

    def _refuse_stopped(self) -> None:
        if self._is_stopped:
            raise WorkerError("The grade was stopped.")
