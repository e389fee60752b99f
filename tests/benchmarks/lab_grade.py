"""CPU seconds of a lab's five-seed grade, beyond importing NumPy. The mark is 1, for the first of three.

    python tests/benchmarks/lab_grade.py [ROUNDS]

`coursekit lab grade`, with seeds of chance and recorded in an empty home, in turn with its reference: one process that
imports NumPy for each of its workers, all at once, and `coursekit lab grade --help`, what the command costs before it
has read anything. The CPU time is that of a command and all its processes, so it hardly hangs on what else the
machine does; the wall time does. The number of workers is counted in the first round, which also fills caches.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
NUMPY = [sys.executable, "-c", "import numpy"]
GRADE = [sys.executable, "-m", "coursekit", "lab", "grade"]
GRADES = {
    "learning-rate, 300 steps": ["learning-rate", "--set", "learning_rate=0.5"],
    "minibatch-or-full-batch, solved": ["minibatch-or-full-batch", "--set", "batch_size=32"],
    "minibatch-or-full-batch, as it stands": ["minibatch-or-full-batch"],
}
MARK = 1.0


def main() -> None:
    """Print each grade."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    print(f"{rounds} rounds, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for name, arguments in GRADES.items():
        _print(name, [*GRADE, *arguments], rounds)


def _print(name: str, argv: list[str], rounds: int) -> None:
    workers = _workers(argv)
    seen = [(*_cost(lambda: _grade(argv)), _reference(workers)) for _ in range(rounds)]
    wall, cpu, reference = (median(row[place] for row in seen) for place in range(3))
    beyond = [row[1] - row[2] for row in seen]
    says = "met" if median(beyond) < MARK else "missed"
    print(f"{name}: {cpu:.3f} s CPU, {wall:.3f} s wall, {workers} workers")
    print(f"    import numpy in as many processes, and the command's help: {reference:.3f} s CPU")
    print(f"    beyond it: {median(beyond):.3f} s CPU, at most {max(beyond):.3f} (mark {MARK:g}: {says})", flush=True)


def _grade(argv: list[str]) -> None:
    """Grade in an empty home. Raises RuntimeError when no grade comes of it."""
    with _begun(argv) as command:
        said = command.communicate()[0]
    if "the median of 5 seeds" not in said:
        raise RuntimeError(f"{argv} ended with {command.returncode} and gave no grade.")


def _reference(workers: int) -> float:
    return _cost(lambda: _wait([NUMPY] * workers))[1] + _cost(lambda: _wait([[*GRADE, "--help"]]))[1]


def _wait(commands: list[list[str]]) -> None:
    with ExitStack() as stack:
        for command in [stack.enter_context(_begun(argv)) for argv in commands]:
            command.communicate()


def _cost(do: Callable[[], None]) -> tuple[float, float]:
    """Return wall and CPU seconds of the processes that it runs and waits for, with all of theirs."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    do()
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def _begun(argv: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Begin a command in an empty home, and wait for its end."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as home:
        env |= {"COURSEKIT_HOME": home, "OPENBLAS_NUM_THREADS": "1"}
        with subprocess.Popen(
            argv, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as command:
            yield command


def _workers(argv: list[str]) -> int:
    """Return how many processes a grade starts."""
    seen: set[str] = set()
    with _begun(argv) as command:
        while command.poll() is None:
            seen |= _children(command.pid)
            time.sleep(0.01)
    return len(seen)


def _children(pid: int) -> set[str]:
    found: set[str] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[1]) == pid:
            found.add(stat.parent.name)
    return found


if __name__ == "__main__":
    main()
