"""Every sample of Python that a question or a lab shows does run, and prints what is shown to be printed.

A sample is a fence of `python`. A fence of `text` directly below it is what it prints.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import coursekit

ROOT = Path(coursekit.__file__).parents[1]
PAGES = sorted(page for room in ("content", "labs") for page in (ROOT / room).rglob("*.md") if page.name != "README.md")
_SAMPLE = re.compile(r"^```python\n(.*?)^```$(?:\n\n?```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)
# All that need TensorFlow share a process, since it takes 4 s to start; each is given names of its own.
_END = "\x1e\n"  # between two samples: TensorFlow prints past Python's own standard output
_RUN = f"""
import json, sys
for source in json.load(sys.stdin):
    exec(compile(source, "<sample>", "exec"), {{"__name__": "__main__"}})
    print(end={_END!r}, flush=True)
"""


class Sample(NamedTuple):
    """Where it stands, what it is, and what it is said to print."""

    place: str
    source: str
    printed: str | None


def samples_of(page: Path) -> list[Sample]:
    text = page.read_text(encoding="utf-8")
    return [
        Sample(f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1}", found[1], found[2])
        for found in _SAMPLE.finditer(text)
    ]


SAMPLES = [sample for page in PAGES for sample in samples_of(page)]
QUICK = [sample for sample in SAMPLES if not re.search(r"tensorflow|keras", sample.source)]
SLOW = [sample for sample in SAMPLES if sample not in QUICK]


def outcomes(samples: list[Sample]) -> list[str]:
    """Run samples one after the other in one process, and return what each printed."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN],
        input=json.dumps([sample.source for sample in samples]),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    printed = done.stdout.split(_END)[:-1]
    place = samples[len(printed)].place if len(printed) < len(samples) else "the end"
    assert done.returncode == 0, f"{place}: {done.stderr[-2000:]}"
    return printed


def differing(samples: list[Sample]) -> list[tuple[str, str]]:
    printed = zip(samples, outcomes(samples), strict=True)
    return [(sample.place, out) for sample, out in printed if sample.printed is not None and out != sample.printed]


def test_every_fence_of_python_is_found() -> None:
    fences = sum(page.read_text(encoding="utf-8").count("```python\n") for page in PAGES)

    assert len(SAMPLES) == fences > 5
    assert any(sample.printed for sample in SAMPLES)


@pytest.mark.parametrize("sample", QUICK, ids=lambda sample: sample.place)
def test_a_sample_runs_and_prints_what_is_shown(sample: Sample) -> None:
    assert differing([sample]) == []


@pytest.mark.slow
def test_the_samples_of_tensorflow_run_and_print_what_is_shown() -> None:
    assert differing(SLOW) == []
