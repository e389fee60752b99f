"""One process for all runs on TensorFlow: it starts in some 4 s, which a learner should wait for once.

worker = Warm(log)
worker.warm(config)              # while the learner reads
with worker.run(config) as run:
for record in run.records(): ...
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self, final

from coursekit.lab.process import Process

if TYPE_CHECKING:  # 8 ms, and the process can start meanwhile
    from coursekit.train.jobs import Job


@final
class Warm:
    """A training process that waits for its next run; one that has died is started again."""

    def __init__(self, log: Path | None) -> None:
        self._log = log
        self._process: Process | None = None
        self._requests = -1
        self._lock = Lock()
        self.turn = Lock()  # held by the run that goes on

    def __enter__(self) -> Self:
        """Start the process, which loads NumPy before it is asked for anything."""
        with self._lock:
            self._process = self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self, config: "Job") -> None:
        """Have the process start, and compile what this configuration needs."""
        self.ask({"warm": config.to_json()})

    def run(self, config: "Job", pace: float | None = None) -> "WarmRun":
        """Return a run, which begins when it is entered and no other goes on."""
        return WarmRun(self, {"run": config.to_json(), "pace": pace})

    def tell(self, request: dict[str, Any]) -> None:
        """Send what concerns the run that goes on."""
        if self._process:
            self._send(request)

    def ask(self, request: dict[str, Any]) -> Process:
        """Send a request to the process, which is started if need be."""
        with self._lock:
            if self._process is None or self._process.has_ended():
                self._end()
                self._process = self._begin()
            self._send(request)
            return self._process

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _begin(self) -> Process:
        read, self._requests = os.pipe()
        try:
            return Process(("--requests", str(read)), self._log, has_tensorflow=True, descriptors=(read,))
        finally:
            os.close(read)

    def _send(self, request: dict[str, Any]) -> None:
        try:
            os.write(self._requests, f"{json.dumps(request)}\n".encode())
        except OSError:  # it has died: whoever reads its records is told
            return

    def _end(self) -> None:
        if self._process:
            self._process.close()
            os.close(self._requests)
        self._process = None


@final
class WarmRun:
    """A run in the process that waits."""

    def __init__(self, worker: Warm, request: dict[str, Any]) -> None:
        self._worker = worker
        self._request = request
        self._process: Process | None = None
        self._has_begun = self._is_over = False

    def __enter__(self) -> Self:
        self._worker.turn.acquire()
        self._process = self._worker.ask(self._request)
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_over:  # what it has still to say would be taken for the next run's
            self._worker.close()
        self._worker.turn.release()

    @property
    def pid(self) -> int:
        """The number of the process, 0 before it is entered."""
        return self._process.pid if self._process else 0

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the run's records."""
        for record in self._process.records() if self._process else ():
            self._has_begun = self._has_begun or record["type"] in ("step", "trial")
            self._is_over = record["type"] == "end"
            yield record

    def pause(self) -> None:
        """Hold the run after its next step."""
        self._worker.tell({"hold": True})

    def resume(self) -> None:
        """Let it go on."""
        self._worker.tell({"hold": False})

    def stop(self) -> None:
        """Have the run end after its next step; the first may be seconds away, so then end the process."""
        if self._has_begun:
            self._worker.tell({"stop": True})
        else:
            self._worker.close()
