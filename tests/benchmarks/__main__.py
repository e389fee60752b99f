"""Run every benchmark of CONTRIBUTING.md's table, one after the other: python tests/benchmarks [NAME ...].

Takes half an hour on two processors that do nothing else; `train` needs pip install -e '.[bench]' for its references.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALL = (
    ("first_frame", "15"),
    ("key_latency", "150"),
    ("question_switch", "5"),
    ("memory",),
    ("help",),
    ("statistics_screen", "5"),
    ("record", "7"),
    ("search",),
    ("selection",),
    ("large_bank", "3"),
    ("lab_run",),
    ("lab_grade",),
    ("lab_screen",),
    ("plots",),
    ("code_grade",),
    ("sandbox",),
    ("train",),
)


def main() -> None:
    """Print what each prints, under its name."""
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
    load = os.getloadavg()[0]
    print(f"{_processor()}, {os.cpu_count()} processors, load {load:.1f}, Python {platform.python_version()}")
    for name, *arguments in ALL:
        if name in sys.argv[1:] or not sys.argv[1:]:
            print(f"\n== {name}", flush=True)
            subprocess.run([sys.executable, str(HERE / f"{name}.py"), *arguments], env=environment, check=False)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
