"""The tier that a grade is made in: the likely one where it holds, else the highest that does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coursekit.sandbox.tiers import Tier, describe_tiers, likely_tier

LABS = Path(__file__).parents[3] / "labs"


def graded(tmp_path: Path, **environment: str) -> dict[str, Any]:
    course, home = str(LABS.parent), str(tmp_path / "home")
    command = [sys.executable, "-m", "coursekit", "--course", course, "--home", home, "lab", "grade", "write-sgd"]
    given = [*command, str(LABS / "write-sgd" / "reference.py"), "--json"]
    done = subprocess.run(given, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: tier 2 is on Linux only")
def test_a_container_that_cannot_be_made_leaves_the_tier_below(tmp_path: Path):
    broken = tmp_path / "bin" / "bwrap"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho no namespaces here >&2\nexit 1\n")
    broken.chmod(0o755)
    below = max(report.tier for report in describe_tiers() if report.is_available and report.tier < Tier.CONTAINED)

    grade = graded(tmp_path, PATH=f"{broken.parent}:{os.environ['PATH']}")

    assert grade["tier"] == below
    assert grade["score"]["points"] == 10


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_it_can_be_asked_to_be_lower(tmp_path: Path, tier: int):
    if not describe_tiers()[tier - 1].is_available:
        pytest.skip(f"NOT TESTED: tier {tier} does not hold here.")

    assert graded(tmp_path, COURSEKIT_SANDBOX=str(tier))["tier"] == tier


def test_the_likely_tier_is_the_best_one_where_nothing_is_broken():
    held = [report.tier for report in describe_tiers() if report.is_available]

    assert likely_tier() >= max(held)
