"""A run in a child process: JSON lines come back, cancelling kills it, a crash is a message.

The child's standard error goes to a log file at descriptor level, since TensorFlow writes there at any log level; and
TensorFlow has a temporary folder of its own, since it leaves files there when it is killed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self, final

from coursekit.errors import ConfigError, WorkerError
from coursekit.train.config import TrainingConfig

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@final
class Child:
    """One training run. Use it as a context manager: leaving it ends the process, whatever happened."""

    def __init__(self, config: TrainingConfig, log: Path | None, *, pace: float | None = None) -> None:
        self._log = log
        command = [sys.executable, "-P", "-m", "coursekit.train.worker", json.dumps(config.to_json())]
        if pace:
            command += ["--pace", str(pace)]
        self._scratch = _scratch() if config.backend == "tensorflow" else None
        own = {"TMPDIR": self._scratch.name} if self._scratch else {}
        with open(log or os.devnull, "ab") as errors:
            self._start = errors.tell()
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **_ONE_THREAD, **own},
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        if self._scratch:
            self._scratch.cleanup()

    def records(self) -> Iterator[dict[str, Any]]:  # Any: JSON
        """Yield the child's records up to its last. Raises WorkerError when it ends without one, ConfigError."""
        for line in self._process.stdout or ():
            if not line.endswith(b"\n"):
                break  # it was killed while it wrote
            record = _read(line)
            if record["type"] == "error":
                raise ConfigError(record["message"])
            yield record
            if record["type"] == "end":
                return
        raise self._crash()

    def pause(self) -> None:
        """Hold the run where it is."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a held run go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the run at once; harmless when it has ended."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self._process.poll() is None:
            self._process.send_signal(number)

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
