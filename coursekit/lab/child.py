"""A run in a child process of its own: cancelling kills it, a crash is a message."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, Self, final

from coursekit.lab.process import Process
from coursekit.train.jobs import Job


class Running(Protocol):
    """A run that goes on in another process. Leaving it as a context manager ends it, whatever happened."""

    def __enter__(self) -> Self:
        """Begin to use it."""
        ...

    def __exit__(self, *_: object) -> None:
        """End it."""
        ...

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield its records up to the last. Raises WorkerError when it ends without one, ConfigError."""
        ...

    def pause(self) -> None:
        """Hold it where it is."""
        ...

    def resume(self) -> None:
        """Let it go on."""
        ...

    def stop(self) -> None:
        """End it at once; harmless when it has ended."""
        ...


@final
class Child:
    """One run, one process."""

    def __init__(self, config: Job, log: Path | None, *, pace: float | None = None) -> None:
        arguments = [json.dumps(config.to_json()), *(("--pace", str(pace)) if pace else ())]
        self._process = Process(arguments, log, has_tensorflow=config.backend == "tensorflow")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close()

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the child's records."""
        return self._process.records()

    def pause(self) -> None:
        """Hold the run where it is."""
        self._process.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a held run go on."""
        self._process.signal(signal.SIGCONT)

    def stop(self) -> None:
        """Kill the child."""
        self._process.signal(signal.SIGKILL)
