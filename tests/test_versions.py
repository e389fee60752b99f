"""CI tries the lowest versions that pyproject.toml admits; the release is the one CHANGELOG.md tells of."""

import re
import tomllib
from datetime import date
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import coursekit

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NOT_IN_TESTS = {"ruff", "pyright", "import-linter", "types-pyyaml"}  # the gate's, of which the newest is tried


def bounds(lines: list[str]) -> dict[str, Version]:
    """Return the lower bound of each requirement, to which 1.2 and 1.2.0 are one."""
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): Version(lowest(each)) for each in requirements}


def lowest(requirement: Requirement) -> str:
    bound = [each.version for each in requirement.specifier if each.operator in (">=", "==")]
    assert len(bound) == 1, f"{requirement} needs one lower bound."
    return bound[0]


def test_the_lowest_versions_are_those_that_the_project_admits():
    lines = (ROOT / ".ci/lowest.txt").read_text(encoding="utf-8").splitlines()
    pinned = bounds([line for line in lines if line and not line.startswith("#")])

    tools = bounds(PROJECT["optional-dependencies"]["dev"])
    admitted = bounds(PROJECT["dependencies"]) | {name: tools[name] for name in tools.keys() - NOT_IN_TESTS}

    assert pinned == admitted


def test_each_python_that_was_tried_is_admitted():
    tried = [line.rsplit(" ", 1)[1] for line in PROJECT["classifiers"] if "Python :: 3." in line]

    first = re.fullmatch(r">=(3\.\d+)", PROJECT["requires-python"])

    assert first
    assert tried[0] == first[1]


def test_the_changelog_begins_with_this_version_and_its_day():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    head = re.search(r"^## (\S+) \((\S+)\)$", text, re.MULTILINE)

    assert head
    assert head[1] == coursekit.__version__
    assert date.fromisoformat(head[2])


def test_the_extra_that_fits_admits_the_same_scheduler():
    wanted = next(line for line in PROJECT["dependencies"] if line.startswith("fsrs"))

    (fit,) = PROJECT["optional-dependencies"]["fit"]

    assert fit.replace("[optimizer]", "") == wanted
