"""A course in a Python package, installed as pip does it; no code of it may run."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MARK = "open({marker!r}, 'w').close()\n"
LOOK = """
import json, sys
from pathlib import Path
from coursekit.packs.installed import find_installed, installed
found = [[one.id, one.origin, str(one.folder), one.is_package] for one in installed(None)]
print(json.dumps([found, str(find_installed(None, "tiny")), [name for name in sys.modules if name.startswith("evil")]]))
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "it-ran"


@pytest.fixture
def install(site: Path, marker: Path, write_course: Callable[[Path], Path]) -> Callable[..., Path]:
    """Return what installs a package whose every module leaves a mark when it is run."""

    def install_it(value: str, folder: str, editable: Path | None = None) -> Path:
        root = editable / "src" if editable else site
        package = write_course(root / folder)
        while package != root:
            (package / "__init__.py").write_text(MARK.format(marker=str(marker)))
            package = package.parent
        info = site / "evil_course-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil-course\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[coursekit.courses]\ntiny = {value}\n")
        (info / "RECORD").write_text("")
        if editable:
            origin = {"url": editable.as_uri(), "dir_info": {"editable": True}}
            (info / "direct_url.json").write_text(json.dumps(origin))
        return root / folder

    return install_it


def look(site: Path) -> list[object]:
    code = f"import sys; sys.path.insert(0, {str(site)!r})\n{LOOK}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/usr")
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("value", "folder"),
    [
        ("evil", "evil"),
        ("evil.courses.tiny", "evil/courses/tiny"),
        ("evil.tiny:course", "evil/tiny"),
        ("evil [x]", "evil"),
    ],
)
def test_a_package_is_found_and_nothing_of_it_runs(
    site: Path, marker: Path, install: Callable[..., Path], value: str, folder: str
) -> None:
    place = install(value, folder)

    found, by_id, loaded = look(site)

    assert found == [["tiny", folder.replace("/", "."), str(place), True]]
    assert (by_id, loaded) == (str(place), [])
    assert not marker.exists()


def test_a_package_that_is_installed_in_place_is_found(
    site: Path, tmp_path: Path, marker: Path, install: Callable[..., Path]
) -> None:
    place = install("evil.tiny", "evil/tiny", editable=tmp_path / "a checkout")

    found, by_id, loaded = look(site)

    assert (found, by_id, loaded) == ([["tiny", "evil.tiny", str(place), True]], str(place), [])
    assert not marker.exists()


def test_the_mark_is_left_when_a_package_does_run(site: Path, marker: Path, install: Callable[..., Path]) -> None:
    install("evil.tiny", "evil/tiny")

    subprocess.run([sys.executable, "-c", "import evil.tiny"], check=True, cwd=site)

    assert marker.exists()


@pytest.mark.parametrize(
    "value", ["evil.nothing", "..", "../evil", "/etc", "", "evil.", "evil..tiny", "os", ":x", "a b"]
)
def test_a_value_that_names_no_course_is_passed_over(site: Path, install: Callable[..., Path], value: str) -> None:
    install(value, "evil/tiny")

    assert look(site) == [[], "None", []]


def test_a_course_of_ones_own_wins_and_a_package_is_not_removed_here(
    site: Path, tmp_path: Path, install: Callable[..., Path]
) -> None:
    install("evil.tiny", "evil/tiny")
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "from pathlib import Path\nfrom coursekit.packs.installed import *\n"
        f"home = Path({str(tmp_path / 'home')!r})\n"
        "try: remove_course(home, 'tiny')\nexcept UsageError as error: print(error)\n"
        f"add_course(home, Path({str(site / 'evil' / 'tiny')!r}))\n"
        "print([one.is_package for one in installed(home)])\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/usr")

    assert done.stdout.splitlines() == [
        "'tiny' comes with the Python package evil.tiny. Uninstall that, as with pip.",
        "[False]",
    ]
