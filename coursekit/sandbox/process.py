"""A child process: its channel, what it prints, and its certain end."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol, final

import coursekit

BOOT = "import sys; sys.path[:0] = sys.argv[2:]; from coursekit.sandbox.child import main; main()"


class Child(Protocol):
    """A process that runs a strange source: one that was started, or forked from a zygote."""

    requests: int
    replies: int
    output: int
    ended: int | None

    def has_begun(self) -> bool:
        """Say whether there is a process, waiting for it if need be."""
        ...

    def has_ended(self) -> bool:
        """Say whether it has ended."""
        ...

    def ends_within(self, seconds: float) -> bool:
        """Wait so long for its end; say whether it came."""
        ...

    def kill(self) -> None:
        """Kill it, from any thread."""
        ...

    def end(self) -> int:
        """Kill it and its group; return how it ended, as `Popen.returncode` tells it."""
        ...

    def close(self) -> None:
        """End it and give its descriptors back."""
        ...


@final
class Process:
    """One child with three pipes: `requests` to write to, `replies` and `output` to read from, none of which blocks."""

    def __init__(
        self,
        command: Sequence[str],
        descriptors: "Pipes",
        environment: dict[str, str],
        folder: str,
        passed: Sequence[int] = (),
    ) -> None:
        self._pipes = descriptors
        self.requests, self.replies, self.output = descriptors.ours
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=descriptors.prints,
            stderr=descriptors.prints,
            pass_fds=(descriptors.child_requests, descriptors.child_replies, *passed),
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        descriptors.close_theirs()
        self.ended = _watched(self._process.pid)  # readable when the process has ended; None where there is no such

    def has_begun(self) -> bool:
        """Say whether there is a process, waiting for it if need be."""
        return True

    def has_ended(self) -> bool:
        """Say whether it has ended, and leave its number taken until `end`."""
        if not hasattr(os, "waitid"):  # macOS
            return self._process.poll() is not None
        with suppress(ChildProcessError):
            return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        return True

    def ends_within(self, seconds: float) -> bool:
        """Wait so long for its end; say whether it came."""
        until = monotonic() + seconds
        while not (has_ended := self.has_ended()) and monotonic() < until:
            sleep(0.005)
        return has_ended

    def kill(self) -> None:
        """Kill it and its group; harmless when it has ended."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> int:
        """Kill it and its group; return how it ended, as `Popen.returncode` tells it."""
        self.kill()
        return self._process.wait()

    def close(self) -> None:
        """End it and give its descriptors back."""
        self.end()
        self._pipes.close()
        if self.ended is not None:
            os.close(self.ended)
            self.ended = None


@final
class Pipes:
    """Three pipes; the ends that stay here never block."""

    def __init__(self) -> None:
        self.child_requests, requests = os.pipe()
        replies, self.child_replies = os.pipe()
        output, self.prints = os.pipe()
        self.ours = (requests, replies, output)
        self._theirs = (self.child_requests, self.child_replies, self.prints)
        self._open = {*self.ours, *self._theirs}
        for end in self.ours:
            os.set_blocking(end, False)

    def close_theirs(self) -> None:
        """Close the ends that the child has."""
        self._close(self._theirs)

    def close(self) -> None:
        """Close all; harmless when done twice."""
        self._close((*self.ours, *self._theirs))

    def _close(self, ends: Sequence[int]) -> None:
        for end in ends:
            if end in self._open:
                self._open.discard(end)
                os.close(end)


def python_command(plan: str) -> list[str]:
    """Return how a child is started: isolated, without `site`, so that only what is named can be imported."""
    return [sys.executable, "-I", "-S", "-B", "-c", BOOT, plan, *import_paths()]


def import_paths() -> tuple[str, ...]:
    """Return where a child finds NumPy and coursekit."""
    from importlib.util import find_spec

    numpy = find_spec("numpy")
    if not numpy or not numpy.origin:
        raise ValueError("A sandbox needs NumPy, which is not installed.")
    return (str(Path(numpy.origin).parents[1]), str(Path(coursekit.__file__).parents[1]))


def clean_environment(folder: str) -> dict[str, str]:
    """Return all that a child's environment holds."""
    passed = {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder, **threads, **passed}


def _watched(pid: int) -> int | None:
    return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
