"""A tiny course: one question of each kind, and a lab that takes no time."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.lab.definition import load_lab
from coursekit.lab.lock import Locked, made_by, write_lock

COURSE = """\
---
id: tiny
title: A tiny course
programme: Tests
field: Machine learning
---

One question of each kind.
"""

TOPIC = r"""---
title: Steps and batches
lesson: Basics
objectives: {LO-1: Know the parts of a step}
defaults: {points: 1, lab: bowl}
---

What a step is made of.

## Half of the noise

```yaml question
id: pick-one
objective: LO-1
tags: [sgd, variance]
related: [pick-many]
```

Doubling the batch size multiplies the variance of the gradient by

- [ ] $2$
  > More terms in a mean make it steadier.
- [x] $1/2$
  > Yes, a mean of twice as many terms.
- [ ] $1/4$

### Hint

Write the gradient as a mean.

### Hint

Of how many terms?

### Explanation

The variance of a mean of $B$ terms falls as $1/B$.

### References

- Bottou, Curtis, Nocedal, 2018

## What turns a step

```yaml question
id: pick-many
points: 2
```

Which of these change the direction of a step?

- [x] momentum
- [x] per-parameter scaling
- [ ] printing the loss
- [ ] a smaller constant rate

### Hint

A direction is more than a length.

### Explanation

Only what mixes or scales entries turns it.

## A claim

```yaml question
id: claim
kind: true-false
key: false
```

Warm-up always lowers the final loss.

### Hint

Always?

### Explanation

Nothing promises that.

## One step on a parabola

```yaml question
id: one-step
kind: numeric
params: {w0: [2.0, 4.0, 6.0], lr: [0.1, 0.25]}
key: w0 * (1 - lr)
wrong:
  - {value: w0 * (1 + lr), say: Check the sign of the update.}
```

For $L(w) = w^2 / 2$, $w_0 = {{ w0 }}$ and a rate of ${{ lr }}$, what is $w_1$?

### Hint

The slope at $w_0$ is $w_0$.

### Explanation

$w_1 = {{ w0 * (1 - lr) }}$.

## Why a larger batch is calmer

```yaml question
id: why-calm
kind: free-response
points: 3
```

What does a larger batch do to the gradient, and what does that allow?

### Hint

Think of a mean.

### Explanation

Averages are steadier.

### Rubric

- (2) The gradient is less noisy.
  - noise | noisy | variance
  - less | lower | falls
- (1) A larger step is then safe.
  - larger | bigger
  - step | learning rate

### Model response

The noise of the gradient falls, so a larger step is safe.

## Beyond the border

```yaml question
id: guess-run
kind: predict
lab: bowl
run: {learning_rate: 1.5, steps: 20}
ask: outcome
```

The curvature is 2. What does a rate of $1.5$ do?

- converges
- oscillates
- diverges

### Hint

What is the factor of one step?

### Explanation

Each step multiplies the distance by $-2$.
"""

LAB = """\
---
title: Down a small bowl
config:
  model: {name: quadratic, eigenvalues: [2.0], start: [1.0]}
  optimizer: sgd
  learning_rate: 0.05
  steps: 10
knobs:
  learning_rate: {min: 0.01, max: 1000, scale: log}
  steps: {min: 1, max: 100}
  optimizer: {choices: [sgd, momentum]}
goals:
  - {metric: validation_loss, at_most: 1.0e-3, points: 2}
  - {metric: steps, at_most: 20, points: 1}
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.05}
---

Reach the bottom of $w^2$ within 20 steps.

### Hint

Up to 0.5 the parameter comes down one side.

### Explanation

Each step multiplies the distance by $1 - 2 \\eta$.
"""


def _write(folder: Path) -> Path:
    for name, text in (
        ("content/course.md", COURSE),
        ("content/1-basics/1-steps.md", TOPIC),
        ("labs/bowl/lab.md", LAB),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    course = open_course(folder)
    lab = load_lab(course, "bowl")
    write_lock(course, {"guess-run": Locked(made_by(course.question("guess-run"), lab), "diverges")})
    return folder


@pytest.fixture(scope="session")
def write_course() -> Callable[[Path], Path]:
    """Return what writes the tiny course into a folder and returns it."""
    return _write


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """Return a fresh tiny course, to be broken at will."""
    return _write(tmp_path / "course")


@pytest.fixture
def course(course_folder: Path) -> Course:
    """Return the tiny course, opened."""
    return open_course(course_folder)


@pytest.fixture(scope="session")
def shared_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny course that no test changes."""
    return _write(tmp_path_factory.mktemp("shared") / "course")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what could not be tested here, and what was left out."""
    reasons = (report.longrepr[2] for report in terminalreporter.getreports("skipped"))
    said = Counter(reason.removeprefix("Skipped: ") for reason in reasons if "NOT TESTED" in reason)
    if said:
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        for reason, many in said.most_common():
            line = f"{many} test{'s' * (many > 1)}: {reason.removeprefix('NOT TESTED: ')}"
            terminalreporter.write_line(line, red=True)
