"""Time a grade of one honest "write SGD" submission, whole: python tests/benchmarks/code_grade.py [ROUNDS].

`coursekit lab grade write-sgd reference.py`, recorded in an empty home, in turn with `python -c 'import numpy'`, at
each tier that holds here; then the same grade inside a process that runs already, as `lab watch` makes it. The mark is
three times the reference. At tier 3 the processor time of what runs in containers is not told to the process outside.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from coursekit.lab.code.definition import read_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.sandbox.tiers import Tier, describe_tiers

ROOT = Path(__file__).parents[2]
LAB = ROOT / "labs" / "write-sgd"
NUMPY = [sys.executable, "-c", "import numpy"]
GRADE = [sys.executable, "-m", "coursekit", "--course", str(ROOT)]
MARK = 3.0


def main() -> None:
    """Print both ratios for each tier."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    print(f"{rounds} rounds, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for report in describe_tiers():
        if report.is_available:
            _print(report.tier, "the command", lambda tier=report.tier: _command(tier), rounds)
            _print(report.tier, "in a process", lambda tier=report.tier: _inside(tier), rounds)
        else:
            print(f"tier {report.tier}: {report.why_not}")


def _print(tier: Tier, name: str, work: Callable[[], None], rounds: int) -> None:
    work()
    seen = [(_cost(work), _cost(_numpy)) for _ in range(rounds)]
    wall, cpu = (median(mine[i] / reference[i] for mine, reference in seen) for i in range(2))
    took = median(mine[0] for mine, _ in seen)
    said = "" if tier == Tier.CONTAINED else f", {cpu:.2f}x the processor time"
    verdict = "met" if wall < MARK else "missed"
    print(
        f"tier {tier}, {name}: {wall:.2f}x the time (mark {MARK:g}: {verdict}){said} ({took * 1e3:.0f} ms)", flush=True
    )


def _command(tier: Tier) -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "COURSEKIT_SANDBOX": str(int(tier)), "OPENBLAS_NUM_THREADS": "1"}
        command = [*GRADE, "--home", home, "lab", "grade", "write-sgd", str(LAB / "reference.py")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    if "10 of 10 points" not in done.stdout:
        raise RuntimeError(done.stdout)


def _inside(tier: Tier) -> None:
    with Grading(read_code_lab(LAB / "lab.md"), (LAB / "reference.py").read_bytes(), 1, tier=tier) as grading:
        for _ in grading.results():
            pass
        if not grading.grade().is_passed:
            raise RuntimeError("The reference is not passed.")


def _numpy() -> None:
    subprocess.run(NUMPY, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, check=True)


def _cost(work: Callable[[], None]) -> tuple[float, float]:
    began, used = perf_counter(), _processor()
    work()
    return perf_counter() - began, _processor() - used


def _processor() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


if __name__ == "__main__":
    main()
