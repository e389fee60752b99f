"""What a person gets who installs the wheel: the course, the labs and the data lie in it."""

import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from coursekit.course import find_course, open_course

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def build(form: str, folder: Path) -> Path:
    """Build the checkout into a folder, with the build backend of this environment or a fresh one."""
    command = [sys.executable, "-m", "build", f"--{form}", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.iterdir())


def files(folder: str, pattern: str) -> Iterator[str]:
    """Yield the checkout's files under a folder, as paths from the root."""
    return (path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_course_the_labs_and_the_data(wheel: Path):
    with ZipFile(wheel) as archive:
        held = set(archive.namelist())

    packaged = {f"coursekit/packaged/{path}" for folder in ("content", "labs") for path in files(folder, "*.md")}
    assert "coursekit/packaged/content/course.md" in packaged
    assert packaged <= held
    assert set(files("coursekit", "*.py")) | set(files("coursekit", "*.npz")) <= held


def test_the_wheel_holds_nothing_else(wheel: Path):
    with ZipFile(wheel) as archive:
        held = archive.namelist()

    tops = {name.split("/")[0] for name in held}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"coursekit"}
    assert not [name for name in held if "__pycache__" in name or name.endswith(".bak")]


def test_the_course_is_found_in_an_installed_wheel(wheel: Path, tmp_path: Path):
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = "import coursekit.course as c; print(c.find_course(None, {}, c.Path.cwd()))"
    (tmp_path / "elsewhere").mkdir()

    found = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); {code}"],
        cwd=tmp_path / "elsewhere",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert found == str(tmp_path / "site" / "coursekit" / "packaged")
    assert open_course(Path(found)).topic_of.keys() == open_course(find_course(str(ROOT), {}, tmp_path)).topic_of.keys()


def test_the_source_archive_holds_what_the_tests_need(tmp_path: Path):
    with tarfile.open(build("sdist", tmp_path)) as archive:
        held = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}

    wanted = {"pyproject.toml", "README.md", "LICENSE", "content/course.md", "tests/test_packaging.py"}
    assert wanted | set(files("labs", "lab.md")) | set(files("coursekit", "*.py")) <= held
