"""What a kept key hangs on: the trainer, and of the plug-ins those that its run names."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

import coursekit

PRINT = """
from coursekit.lab.lock import source_digest
from coursekit.train.jobs import read_job
run = {"model": "quadratic", "learning_rate": 0.1, "steps": 5}
for optimizer in ("sgd", "adamw"):
    print(source_digest(read_job({**run, "optimizer": optimizer})))
rising = {"name": "warmup", "warmup_steps": 1, "then": "cosine"}
print(source_digest(read_job({**run, "optimizer": "sgd", "schedule": rising})))
print(source_digest(read_job({"probe": "decay"})))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of coursekit whose files may be changed."""
    copytree(Path(coursekit.__file__).parent, tmp_path / "coursekit", ignore=ignore_patterns("__pycache__", "*.npz"))
    return tmp_path / "coursekit"


def digests(package: Path) -> list[str]:
    """Those of a run with SGD, one with AdamW, one with a warm-up before a cosine, and a measurement."""
    command = [sys.executable, "-P", "-c", PRINT]
    done = subprocess.run(command, env={"PYTHONPATH": str(package.parent)}, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("file", "changed"),
    [
        ("optimizers/brand_new.py", [False, False, False, True]),
        ("probes/brand_new.py", [False, False, False, False]),
        ("optimizers/adam.py", [False, True, False, True]),
        ("schedules/cosine.py", [False, False, True, True]),
        ("models/_dense.py", [True, True, True, True]),
        ("fit.py", [True, True, True, True]),
        ("probes/decay.py", [False, False, False, True]),
    ],
)
def test_a_key_hangs_on_what_its_run_needs_and_on_nothing_else(package: Path, file: str, changed: list[bool]) -> None:
    before = digests(package)

    with (package / "train" / file).open("a") as source:
        source.write("\n# changed\n")

    assert [new != old for new, old in zip(digests(package), before, strict=True)] == changed
