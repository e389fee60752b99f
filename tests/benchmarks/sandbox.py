"""Time ten calls of an honest source in a sandbox against importing NumPy: python tests/benchmarks/sandbox.py.

Medians of 15; the aim is less than three times for a whole grade, which uses two sandboxes side by side.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np

from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.tiers import Tier, describe_tiers

SOURCE = b"import numpy as np\ndef step(weights, gradient, rate):\n    return weights - rate * gradient\n"


def main() -> None:
    seconds, processor = median(import_numpy)
    print(f"python -c 'import numpy': {seconds * 1e3:.0f} ms, {processor * 1e3:.0f} ms of processor time")
    for report in describe_tiers():
        if not report.is_available:
            print(f"tier {report.tier}: {report.why_not}")
            continue
        took, used = median(lambda tier=report.tier: call_ten_times(tier))
        # A container's processor time is not told to the process that started it.
        said = "" if report.tier == Tier.CONTAINED else f", {used / processor:.2f}x the processor time"
        print(f"tier {report.tier}: {took / seconds:.2f}x the time{said} ({took * 1e3:.0f} ms)")


def import_numpy() -> None:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", "import numpy"], env=environment, check=True)


def call_ten_times(tier: Tier) -> None:
    with Sandbox(SOURCE, name="step.py", tier=tier) as box:
        for _ in range(10):
            box.call("step", [np.ones(20), np.ones(20), 0.1])


def median(work: Callable[[], None], times: int = 15) -> tuple[float, float]:
    """Return the median seconds by the wall and of the processor."""
    measured: list[tuple[float, float]] = []
    for _ in range(times):
        began, used = perf_counter(), processor_seconds()
        work()
        measured.append((perf_counter() - began, processor_seconds() - used))
    return sorted(wall for wall, _ in measured)[times // 2], sorted(cpu for _, cpu in measured)[times // 2]


def processor_seconds() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


if __name__ == "__main__":
    main()
