"""The tiny course with labs for the pages of a lab's screen, none of which takes long."""

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.tui.keybar import KeyBar
from tests.tui.conftest import Seat, _status

_PLANE = """\
---
title: Down a bowl
config:
  model: {name: quadratic, eigenvalues: [1.0, 4.0], start: [1.0, 1.0]}
  optimizer: sgd
  learning_rate: 0.1
  steps: 20
knobs:
  learning_rate: {min: 0.01, max: 1000, scale: log}
  steps: {min: 1, max: 1000000}
goals:
  - {metric: validation_loss, at_most: 1.0e-3, points: 2}
pace: 2000
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.05}
---

Two parameters.
"""
_TAIL = """\
pace: 2000
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.01}
---

Try it.
"""
_SADDLE = f"""\
---
title: On a saddle
config:
  model: {{name: saddle, start: [1.0, 0.0]}}
  data: {{name: slopes, n: 200, scale: 1.0, seed: 0}}
  optimizer: sgd
  learning_rate: 0.05
  batch_size: 10
  steps: 60
  eval_every: 10
knobs:
  learning_rate: {{min: 0.01, max: 1, scale: log}}
goals:
  - {{metric: validation_loss, at_most: -0.2, points: 2}}
{_TAIL}"""
_WELL = _SADDLE.replace("On a saddle", "In two wells").replace(
    "{name: saddle, start: [1.0, 0.0]}", "{name: double-well, tilt: 0.2, start: 1.0}"
)
_DIGITS = f"""\
---
title: Digits
config:
  model: {{name: mlp, hidden: [4]}}
  data: digits
  optimizer: sgd
  learning_rate: 0.1
  batch_size: 16
  steps: 12
  eval_every: 4
knobs:
  learning_rate: {{min: 0.001, max: 1000, scale: log}}
goals:
  - {{metric: validation_loss, at_most: 1, points: 2}}
{_TAIL}"""
_NOISE = """\
---
title: How noisy is a batch
config: {probe: {name: gradient-noise, batch_size: 8, draws: 20}}
knobs:
  batch_size: {min: 1, max: 1437, scale: log, sets: probe.batch_size}
  draws: {choices: [20, 40], sets: probe.draws}
goals:
  - {metric: noise, at_most: 0.5, points: 2}
  - {metric: examples, at_most: 900, points: 1}
pace: 1000
budget: 4
solution: {batch_size: 800}
wrong:
  - {batch_size: 8}
---

Measure it.
"""
_BELOW = """\
---
title: Below A
config:
  model: {name: quadratic, eigenvalues: [2.0], start: [1.0]}
  optimizer: sgd
  learning_rate: 0.1
  steps: 10
knobs:
  learning_rate: {min: 0.001, max: 1000, scale: log}
runs:
  A: {learning_rate: 0.1}
goals:
  - {metric: validation_loss, lower_than: A, points: 2}
pace: 2000
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.005}
---

Stay below.
"""
_EDGE = _BELOW.replace("runs:\n  A: {learning_rate: 0.1}\n", "").replace(
    "  - {metric: validation_loss, lower_than: A, points: 2}",
    "  - {diverges: true}\n  - {metric: learning_rate, at_most: 2, points: 2}",
)
_LONG = _BELOW.replace(
    "learning_rate: {min: 0.001, max: 1000, scale: log}\n",
    "learning_rate: {min: 0.001, max: 1000, scale: log}\n  steps: {min: 1, max: 1000000}\n",
).replace("A: {learning_rate: 0.1}", "A: {steps: 1000000}")
GONE_FAR = re.compile(r"\d\d,\d{3}/1,000,000")
"""Ten thousand steps of a million are done, so that taking its way again lasts long enough to be seen."""
LABS = {
    "below": _BELOW,
    "below-long": _LONG,
    "digits": _DIGITS,
    "edge": _EDGE,
    "noise": _NOISE,
    "plane": _PLANE,
    "saddle": _SADDLE,
    "well": _WELL,
}
_JOURNEY = b"coursekit.train.travelling"


@pytest.fixture
def course(course_folder: Path) -> Course:
    """Return the tiny course with these labs."""
    for name, text in LABS.items():
        path = course_folder / "labs" / name / "lab.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_course(course_folder)


@pytest.fixture
def slow_noise(course: Course) -> str:
    """Return the name of a lab that measures and takes some seconds."""
    path = course.folder / "labs" / "noise" / "lab.md"
    path.write_text(path.read_text(encoding="utf-8").replace("pace: 1000", "pace: 6"), encoding="utf-8")
    return "noise"


OpenLab = Callable[[Seat, str], Awaitable[None]]
MakeRuns = Callable[..., Awaitable[None]]


@pytest.fixture
def open_lab() -> OpenLab:
    """Return what opens a lab."""

    async def opened(seat: Seat, name: str) -> None:
        seat.app.open_lab(name, "Labs")
        await seat.sees(f"lab {name}")

    return opened


@pytest.fixture
def make_runs(open_lab: OpenLab) -> MakeRuns:
    """Return what opens a lab and makes one run at each of these values of its first knob."""

    async def made(seat: Seat, name: str, *values: str) -> None:
        await open_lab(seat, name)
        for value in values:
            before = len(seat.record.runs())
            await seat.press(*value, "enter")
            await seat.until(lambda before=before: len(seat.record.runs()) > before)
            await seat.sees("t runs" if name == "noise" else "v way")

    return made


@pytest.fixture
def journeys() -> Callable[[], list[int]]:
    """Return what lists the living processes of this one that take a run again."""
    return _journeys


def _journeys() -> list[int]:
    found: list[int] = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent = _status(pid)
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and state != "Z" and _JOURNEY in command:
            found.append(int(pid))
    return found


def keys_fit(seat: Seat) -> bool:
    """Say whether the key bar has at most six keys, all of which are to be seen."""
    bar = seat.app.screen.query_one(KeyBar)
    return len(bar._keys) <= 6 and all(name in seat.bar for _, name, _ in bar._fitting())


def knob(seat: Seat, name: str) -> str:
    """What stands beside a knob's name."""
    return next(line for line in seat.lines if name in line).split(name, 1)[1].split()[0]


def notices(seat: Seat) -> list[str]:
    """What is told in notices, each in full; on the screen they lie over other words."""
    return [notice.message for notice in seat.app._notifications]
