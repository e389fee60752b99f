"""Many runs, one after the other on each processor: to start a process costs more than most runs do."""

import os
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Self, TypeAlias, final

from coursekit.errors import WorkerError
from coursekit.lab.definition import Lab
from coursekit.lab.report import LabReport, follow, settled
from coursekit.lab.warm import Warm
from coursekit.train.jobs import Job

Runner: TypeAlias = Callable[[Lab, Job], LabReport]


@final
class Workers:
    """A training process for each processor, and one more for whatever needs TensorFlow, which takes 4 s to start.

    Used by as many threads; each run has the whole of a process while it lasts.
    """

    def __init__(self, log: Path | None) -> None:
        self.count = os.cpu_count() or 1
        self._all = [Warm(log) for _ in range(self.count)]
        self._tensorflow = Warm(log)
        self._free: SimpleQueue[Warm] = SimpleQueue()

    def __enter__(self) -> Self:
        for worker in self._all:
            self._free.put(worker)
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self._all, self._tensorflow):
            worker.close()

    def run(self, lab: Lab, config: Job) -> LabReport:
        """Run a configuration on a process that is free. Raises WorkerError."""
        if config.backend == "tensorflow":
            return _run(self._tensorflow, lab, config)
        worker = self._free.get()
        try:
            return _run(worker, lab, config)
        finally:
            self._free.put(worker)


def _run(worker: Warm, lab: Lab, config: Job) -> LabReport:
    goals = settled(lab.goals, config, worker.run)
    with worker.run(config) as running:
        *_, report = follow(goals, running)
    if not isinstance(report, LabReport):
        raise WorkerError(f"{lab.path}: the run gave no report. Run it again.")
    return report
