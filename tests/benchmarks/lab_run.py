"""What a run costs the person who waits for it: a graded lab on NumPy, and the first loss of a warm TensorFlow.

    python tests/benchmarks/lab_run.py [RUNS]

`coursekit lab run learning-rate` (300 steps, graded, recorded, an empty home) against `python -c 'import numpy'`,
in turn, wall time and CPU time; the mark is 3. Then the CPU seconds of the process that TensorFlow's runs share, from a
request to its first loss, after one run of the same lab; the mark is 0.3 s.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from coursekit.course import open_course
from coursekit.lab.definition import load_lab
from coursekit.lab.warm import Warm

ROOT = Path(__file__).parents[2]
NUMPY = [sys.executable, "-c", "import numpy"]
LAB = [sys.executable, "-m", "coursekit", "lab", "run", "learning-rate"]


def main() -> None:
    """Print both."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    seen = [(_once(LAB), _once(NUMPY)) for _ in range(runs + 1)][1:]  # the first fills caches
    for name, place in (("wall", 0), ("CPU", 1)):
        lab, numpy = (median(pair[which][place] for pair in seen) for which in (0, 1))
        times = f"{lab * 1000:.0f} ms, import numpy {numpy * 1000:.0f} ms"
        print(f"lab run, {name}: {times}: ratio {lab / numpy:.2f} (mark 3)")
    print(f"first loss of a warm TensorFlow: {_first_loss():.3f} s CPU (mark 0.3)")


def _once(argv: list[str]) -> tuple[float, float]:
    """Return wall and CPU seconds of a command and its children."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "COURSEKIT_HOME": home, "OPENBLAS_NUM_THREADS": "1"}
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _first_loss() -> float:
    config = load_lab(open_course(ROOT), "learning-rate").configure({}, backend="tensorflow")
    other = load_lab(open_course(ROOT), "learning-rate").configure({"learning_rate": "0.3"}, backend="tensorflow")
    with Warm(None) as worker:
        with worker.run(config) as run:
            pid = str(run.pid)
            list(run.records())
        before = _cpu(pid)
        with worker.run(other) as run:
            spent = [_cpu(pid) - before for record in run.records() if record["type"] == "step"]
    return spent[0]


def _cpu(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
