"""Two small labs of code in the tiny course: a step of SGD, and batches with a training."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.lab.code.definition import CodeLab, load_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.lab.code.results import CheckResult
from coursekit.sandbox.tiers import Tier

STEP = {
    "lab.md": """\
---
title: Write one step
kind: code
entry: sgd_step
checks:
  - name: one step
    call: sgd_step
    cases: steps
    points: 2
    public: true
    says: The parameters after one step differ.
  - {name: inputs, call: sgd_step, cases: steps, keeps_inputs: true, public: true, says: The step changed its inputs.}
  - {name: large steps, call: sgd_step, cases: large_steps, points: 3, says: A step with a large rate differs.}
---

Write `sgd_step`.

### Hint

Go down.

### Explanation

The gradient points up.
""",
    "starter.py": '''\
import numpy as np


def sgd_step(w: np.ndarray, gradient: np.ndarray, rate: float) -> np.ndarray:
    """Return the parameters after one step. w, gradient: (n,)."""
    raise NotImplementedError
''',
    "reference.py": """\
def sgd_step(w, gradient, rate):
    return w - rate * gradient
""",
    "cases.py": """\
import numpy as np


def steps(seed):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=n), rng.normal(size=n), 0.1) for n in (1, 3, 200)]


def large_steps(seed):
    rng = np.random.default_rng(seed + 1)
    return [(rng.normal(size=4), rng.normal(size=4), 1e3) for _ in range(3)]
""",
    "wrong/in_place.py": '''\
"""The step changes the caller's own array.

It works on it in place.
"""


def sgd_step(w, gradient, rate):
    w -= rate * gradient
    return w
''',
    "wrong/sign_turned.py": '''\
"""The step goes up the slope: the sign is turned."""


def sgd_step(w, gradient, rate):
    return w + rate * gradient
''',
}

BATCHES = {
    "lab.md": """\
---
title: Write batches, and train with them
kind: code
entry: [batches, train]
checks:
  - {name: no row is lost, call: batches, cases: epochs, judge: rows_lost, at_most: 0, public: true, says: Rows miss.}
  - {name: trains, call: train, cases: training, judge: loss, at_most: 0.01, points: 3, seconds: 2, says: Too high.}
  - {name: says its name, call: train, cases: training, judge: length, at_least: 1, seconds: 2}
limits: {seconds: 20, seconds_per_call: 1}
---

Write `batches` and `train`.
""",
    "starter.py": """\
def batches(n, size, seed):
    raise NotImplementedError


def train(start, rate, steps):
    raise NotImplementedError
""",
    "reference.py": """\
import numpy as np


def batches(n, size, seed):
    order = np.random.default_rng(seed).permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


def train(start, rate, steps):
    w = start.copy()
    for _ in range(steps):
        w -= rate * 2 * w
    return {"w": w}


def rows_lost(result, n, size, seed):
    return n - len(np.unique(np.concatenate(result)))


def loss(result, start, rate, steps):
    return np.sum(result["w"] ** 2)


def length(result, start, rate, steps):
    return len(result["w"])
""",
    "cases.py": """\
import numpy as np


def epochs(seed):
    return [(5, 2, seed), (17, 4, seed), (33, 32, seed)]


def training(seed):
    return [(np.random.default_rng(seed).normal(size=n), 0.1, 40) for n in (1, 3)]
""",
    "wrong/last_lost.py": '''\
"""The last batch is dropped because it is short."""
import numpy as np


def batches(n, size, seed):
    order = np.random.default_rng(seed).permutation(n)
    return [order[i : i + size] for i in range(0, n - size + 1, size)]


def train(start, rate, steps):
    w = start.copy()
    for _ in range(steps):
        w -= rate * 2 * w
    return {"w": w}
''',
}


WRITE = """\
---
title: Written by hand
lesson: Basics
---

## One step

```yaml question
id: write-step
kind: code
points: 2
lab: step
entry: sgd_step
```

Write `sgd_step`.

### Hint

Go down.

### Explanation

The gradient points up.
"""
"""A topic with a question whose function the lab `step` asks for."""


def write_lab(course: Path, name: str, files: dict[str, str]) -> Path:
    folder = course / "labs" / name
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def code_folder(course_folder: Path) -> Path:
    """Return a tiny course that has two labs of code, to be broken at will."""
    write_lab(course_folder, "step", STEP)
    write_lab(course_folder, "batches", BATCHES)
    return course_folder


@pytest.fixture
def code_course(code_folder: Path) -> Course:
    """Return that course, opened."""
    return open_course(code_folder)


Graded = dict[str, CheckResult]


@pytest.fixture
def graded(code_course: Course) -> Callable[..., Graded]:
    """Return what grades a text with a lab at tier 1, and gives the results by the names of the checks."""

    def grade(lab: str | CodeLab, source: str, seed: int = 7, *, public_only: bool = False) -> Graded:
        loaded = load_code_lab(code_course, lab) if isinstance(lab, str) else lab
        with Grading(loaded, source.encode(), seed, tier=Tier.PROCESS, public_only=public_only) as grading:
            return {result.check.name: result for result in grading.results()}

    return grade
