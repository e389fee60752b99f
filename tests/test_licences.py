"""What comes along with coursekit is free to use: CONTRIBUTING.md lists it, held to what is installed."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
COMMAND = ".ci/licences.py"


def rows(table: str) -> dict[str, str]:
    """Return licence by package."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    return {name: licence for name, licence, _ in cells}


@pytest.fixture(scope="module")
def installed() -> dict[str, str]:
    said = subprocess.run([sys.executable, COMMAND], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    return rows(said.stdout)


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## Licences\n")[1]
    return rows(text.split("<!-- licences -->\n")[1].split("<!-- /licences -->")[0])


def test_what_is_installed_is_free_to_use_and_most_of_it_is_listed(installed: dict[str, str], listed: dict[str, str]):
    """A newer release of some package may bring what is not listed yet: it is free too, as the fixture has seen."""
    new = installed.keys() - listed.keys()

    assert len(new) < len(installed) / 4, f"Say so in CONTRIBUTING.md; this prints it: python {COMMAND}"


def test_each_requirement_of_the_project_is_listed(listed: dict[str, str]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    required = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}

    assert required <= listed.keys()


@pytest.mark.parametrize("path", sorted((ROOT / "coursekit/train/data").glob("*.npz")), ids=lambda path: path.stem)
def test_each_data_set_says_its_licence_beside_it_and_in_the_list(path: Path):
    beside = path.with_suffix(".md").read_text(encoding="utf-8").split("**Licence.** ")[1]
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## Licences\n")[1]

    licence = beside.split(",")[0]

    assert licence in ("CC BY 4.0", "CC0 1.0")
    assert f"| {path.name} | {licence} |" in section


def test_the_project_and_its_licence_file_say_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert project["license"] == "MIT"
    assert text.startswith("MIT License\n")
