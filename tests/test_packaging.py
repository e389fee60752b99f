"""Who installs the wheel, or builds from the source, gets all of it, nothing else, and the same bytes each time."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns
from zipfile import ZipFile

import pytest

from coursekit.course import find_course, open_course

ROOT = Path(__file__).parents[1]
PRIVATE = (".git", ".venv", ".hypothesis", ".*_cache", "__pycache__", "*.pyc", "*.bak", "*.egg-info", "dist", "build")
IN_THE_OPEN = {".ci", ".gitignore", ".pre-commit-hooks.yaml"}
pytestmark = pytest.mark.slow


def build(form: str, folder: Path, root: Path = ROOT, *, umask: int = 0o022) -> Path:
    """Build a checkout into a folder with the hatchling of this environment; CI's wheel is built in a fresh one."""
    command = [sys.executable, "-m", "build", f"--{form}", "--no-isolation", "--outdir", str(folder), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, umask=umask)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.iterdir())


def files(folder: str, pattern: str) -> Iterator[str]:
    """Yield the checkout's files under a folder, as paths from the root."""
    return (path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern))


def unpacked(archive: Path, folder: Path) -> Path:
    """Unpack a source archive and return its one folder."""
    with tarfile.open(archive) as source:
        source.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def somebody_elses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout in another folder, with other times, readable by nobody else."""
    folder = copytree(ROOT, tmp_path_factory.mktemp("theirs") / "copy", ignore=ignore_patterns(*PRIVATE))
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode & 0o700)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return folder


def test_the_wheel_holds_the_course_the_labs_and_the_data(wheel: Path):
    with ZipFile(wheel) as archive:
        held = set(archive.namelist())

    packaged = {f"coursekit/packaged/{path}" for folder in ("content", "labs") for path in files(folder, "*.md")}
    assert "coursekit/packaged/content/course.md" in packaged
    assert packaged <= held
    assert set(files("coursekit", "*.py")) | set(files("coursekit/train/data", "*.[mn]*")) <= held


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


def test_the_source_archive_holds_the_whole_checkout_and_nothing_private(sdist: Path, somebody_elses: Path):
    checkout = [path.relative_to(somebody_elses) for path in somebody_elses.rglob("*") if not path.is_dir()]
    wanted = {path.as_posix() for path in checkout if path.parts[0] in IN_THE_OPEN or path.parts[0][0] != "."}

    with tarfile.open(sdist) as archive:
        held = {name.split("/", 1)[1] for name in archive.getnames()}

    assert held == wanted | {"PKG-INFO"}
    assert {name.split("/")[0] for name in held if name.startswith(".")} == IN_THE_OPEN


def test_the_source_archive_says_nothing_of_who_built_it(sdist: Path):
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()

    owners = {(member.uid, member.gid, member.uname, member.gname) for member in members}
    assert owners == {(0, 0, "", "")}
    assert {member.mode for member in members} == {0o644, 0o755}
    assert len({member.mtime for member in members}) == 1


@pytest.mark.parametrize("form", ["wheel", "sdist"])
def test_whoever_builds_gets_the_same_bytes(
    form: str, somebody_elses: Path, request: pytest.FixtureRequest, tmp_path: Path
):
    mine: Path = request.getfixturevalue(form)

    theirs = build(form, tmp_path, somebody_elses, umask=0o077)

    assert theirs.name == mine.name
    assert theirs.read_bytes() == mine.read_bytes()


def test_the_source_archive_builds_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path):
    source = unpacked(sdist, tmp_path / "source")

    built = build("wheel", tmp_path / "built", source)

    assert built.read_bytes() == wheel.read_bytes()
