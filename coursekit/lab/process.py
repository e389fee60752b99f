"""A training process: its messages come back as JSON lines, its noise goes to a log, and it never outlives its use.

Its standard error goes to a log file at descriptor level, since TensorFlow writes there at any log level; and
TensorFlow has a temporary folder of its own, since it leaves files there when it is killed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, final

from coursekit.errors import ConfigError, WorkerError

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@final
class Process:
    """`python -m coursekit.train.worker`, or another module that tells records; `close` ends it, whatever happened."""

    def __init__(
        self,
        arguments: Sequence[str],
        log: Path | None,
        *,
        has_tensorflow: bool,
        descriptors: Sequence[int] = (),
        module: str = "coursekit.train.worker",
    ) -> None:
        self._log = log
        self._scratch = _scratch() if has_tensorflow else None
        own = {"TMPDIR": self._scratch.name} if self._scratch else {}
        with open(log or os.devnull, "ab") as errors:
            self._start = errors.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", module, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                pass_fds=descriptors,
                env={**os.environ, **_ONE_THREAD, **own},
                start_new_session=True,
            )

    def records(self) -> Iterator[dict[str, Any]]:  # Any: JSON
        """Yield the records of a run up to its last. Raises WorkerError when it ends without one, ConfigError."""
        for record in self.told():
            if record["type"] == "error":
                raise ConfigError(record["message"])
            yield record
            if record["type"] == "end":
                return
        raise self._crash()  # also when it was killed in the middle of a line

    def told(self) -> Iterator[dict[str, Any]]:
        """Yield whatever it tells until it ends or is closed. Raises WorkerError for what is no message."""
        while (line := self._process.stdout.readline() if self._process.stdout else b"").endswith(b"\n"):
            yield _read(line)

    def interrupt(self, seconds: float) -> None:
        """Ask it to end, as Ctrl-C does, and give it so long to clean up after itself."""
        self.signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; harmless when it has ended."""
        if self._process.poll() is None:
            self._process.send_signal(number)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def has_ended(self) -> bool:
        """Say whether the process is gone."""
        return self._process.poll() is not None

    def close(self) -> None:
        """End the process and clean up after it."""
        self.signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        if self._scratch:
            self._scratch.cleanup()

    def _crash(self) -> WorkerError:
        status = self._process.wait()
        how = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
        return WorkerError(f"The training process ended without a result ({how}).{self._last_words()}")

    def _last_words(self) -> str:
        if not self._log or not self._log.exists():
            return " Run it again; 'coursekit doctor' checks the installation."
        with self._log.open("rb") as log:
            log.seek(self._start)
            lines = log.read()[-4000:].decode(errors="replace").strip().splitlines()
        last = f" It said last: {lines[-1].strip()}" if lines else ""
        return f"{last} The log is {self._log}."


def _read(line: bytes) -> dict[str, Any]:
    try:
        return json.loads(line)
    except ValueError:
        said = line[:80].decode(errors="replace").strip()
        raise WorkerError(f"The training process said something that is no message: '{said}'.") from None


def _scratch() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="coursekit-", ignore_cleanup_errors=True)
