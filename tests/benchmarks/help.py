"""CPU seconds of `coursekit --help`, against an interpreter that does nothing. The mark is 3.

python tests/benchmarks/help.py [RUNS]
"""

import os
import sys
from pathlib import Path
from statistics import median

SCRIPT = str(Path(sys.executable).with_name("coursekit"))
CASES = {"coursekit --help": [SCRIPT, "--help"], "python -c pass": ["-c", "pass"]}


def main() -> None:
    """Print medians and their ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    seen: dict[str, list[float]] = {name: [] for name in CASES}
    for number in range(runs + 1):
        for name, arguments in CASES.items():
            seconds = once(arguments)
            if number:  # the first compiles and fills caches
                seen[name].append(seconds)
    app, bare = (median(seconds) for seconds in seen.values())
    print(f"--help: {app * 1000:.0f} ms CPU, python -c pass {bare * 1000:.0f} ms: ratio {app / bare:.2f} (mark 3)")


def once(arguments: list[str]) -> float:
    """Run Python with its output thrown away and return the CPU seconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    child = os.posix_spawn(sys.executable, [sys.executable, *arguments], environment, file_actions=[silent])
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{arguments} ended with {status}.")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
