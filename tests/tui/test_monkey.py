"""Random keys, clicks and sizes over the real app: it goes on, and leaves everything as it should be.

COURSEKIT_MONKEY=20000 COURSEKIT_SEEDS=1,2,3 pytest -n0 -s tests/tui/test_monkey.py
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.tui.conftest import ROOT
from tests.tui.real.monkey import Monkey

ACTS = int(os.environ.get("COURSEKIT_MONKEY", "300"))
SEEDS = [int(seed) for seed in os.environ.get("COURSEKIT_SEEDS", "7").split(",")]
MOST_GROWTH_BYTES = 24 << 20


@pytest.fixture
def whole_course(tmp_path: Path) -> Path:
    """Return a copy of the course that comes with coursekit, so that nothing is written into it."""
    for name in ("content", "labs"):
        shutil.copytree(ROOT / name, tmp_path / "course" / name)
    return tmp_path / "course"


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_pressed_it_goes_on(whole_course: Path, tmp_path: Path, seed: int):
    monkey = Monkey(whole_course, tmp_path, seed)

    monkey.play(ACTS)

    print(monkey)  # noqa: T201  what -s shows
    assert monkey.done == ACTS
    assert [grown for grown in monkey.growth() if grown > MOST_GROWTH_BYTES] == []
