"""Which course, which home: options before and after the command, the environment, the working folder."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from coursekit.store.place import FILE

Run = Callable[..., Any]


def title(done: Any) -> str:
    """Return the title of the course whose progress was printed."""
    assert done.status == 0, done.err
    return done.records[-1]["title"]


def test_a_course_can_be_named_before_or_after_the_command(run: Run, shared_course: Path, tmp_path: Path):
    before = run("--course", shared_course, "list", "topics", "--json", home=tmp_path)
    after = run("list", "topics", "--json", "--course", shared_course, home=tmp_path)

    assert before.status == 0
    assert before.out == after.out != ""


def test_the_option_after_the_command_wins_over_the_one_before_and_both_over_the_environment(
    run: Run, shared_course: Path, tmp_path: Path
):
    nowhere = tmp_path / "nowhere"

    done = run(
        *("--course", nowhere, "--home", nowhere, "progress", "--json", "--course", shared_course, "--home", tmp_path),
        env={"COURSEKIT_COURSE": str(nowhere), "COURSEKIT_HOME": str(nowhere)},
    )

    assert title(done) == "A tiny course"
    assert (tmp_path / FILE).exists()
    assert not nowhere.exists()


def test_course_and_home_can_come_from_the_environment(run: Run, shared_course: Path, tmp_path: Path):
    done = run("progress", "--json", env={"COURSEKIT_COURSE": str(shared_course), "COURSEKIT_HOME": str(tmp_path)})

    assert title(done) == "A tiny course"
    assert (tmp_path / FILE).exists()


def test_a_course_is_found_upwards_from_the_working_folder(run: Run, course_folder: Path, tmp_path: Path):
    done = run("progress", "--json", home=tmp_path, cwd=course_folder / "content" / "1-basics")

    assert title(done) == "A tiny course"


def test_without_any_the_course_that_comes_along_is_taken(run: Run, tmp_path: Path):
    done = run("progress", "--json", home=tmp_path, cwd=tmp_path)

    assert title(done) not in ("", "A tiny course")


def test_an_unnamed_home_is_the_users_data_folder(run: Run, shared_course: Path, tmp_path: Path):
    run("progress", course=shared_course, env={"HOME": str(tmp_path)})

    assert [path.name for path in tmp_path.rglob(FILE)] == [FILE]


def test_a_tilde_is_the_home_folder(run: Run, shared_course: Path, tmp_path: Path):
    run("progress", "--home", "~/record", course=shared_course, env={"HOME": str(tmp_path)})

    assert (tmp_path / "record" / FILE).exists()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda _: None, "is no course: it does not exist."),
        (lambda folder: folder.mkdir(), "is no course: it has no content/course.md."),
        (lambda folder: folder.write_text("a file"), "is no course: it has no content/course.md."),
    ],
)
def test_a_folder_that_is_no_course_is_told(run: Run, tmp_path: Path, make: Callable[[Path], Any], said: str):
    folder = tmp_path / "course"
    make(folder)

    done = run("list", "questions", course=folder, home=tmp_path / "home")

    assert (done.status, done.out) == (2, "")
    assert done.err == f"coursekit: {folder} {said} A course is a folder with content/ and labs/.\n"


def test_an_empty_course_is_told(run: Run, course_folder: Path):
    (course_folder / "content" / "1-basics" / "1-steps.md").unlink()

    done = run("ask", course=course_folder, home=course_folder / "home")

    assert done.status == 2
    assert "content has no questions yet. Add a topic file to it." in done.err


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("content/course.md", b"no front matter", "content/course.md:1: The file must begin with a line '---'"),
        ("content/course.md", b"---\ntitle: \xff\n---\n", "content/course.md:2: Not UTF-8 text."),
        ("content/1-basics/1-steps.md", b"\x00\x01\x02", "First problem: "),
    ],
)
def test_a_broken_file_is_told_with_its_line(run: Run, course_folder: Path, path: str, text: bytes, said: str):
    (course_folder / path).write_bytes(text)

    done = run("list", "questions", course=course_folder, home=course_folder / "home")

    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("course", ["~nobody-of-this-name/course", "x" * 5000])
def test_an_impossible_course_is_told(run: Run, tmp_path: Path, course: str):
    done = run("--course", course, "list", "labs", home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("home", ["/proc/coursekit", "/dev/null/home", "/tmp/" + "x" * 5000])
@pytest.mark.parametrize("words", [("progress",), ("ask", "claim", "--plain")])
def test_an_impossible_home_is_told(run: Run, shared_course: Path, home: str, words: tuple[str, ...]):
    done = run(*words, course=shared_course, home=Path(home))

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"coursekit: Your record cannot be kept in {home}: ")
    assert done.err.endswith("Choose a folder you can write to with --home DIR or $COURSEKIT_HOME.\n")


_AS_NOBODY = """
import os, sys
from platformdirs import user_data_path
from coursekit.cli.main import main
assert user_data_path("coursekit")
assert main(["progress", "--home", sys.argv[1]]) == 0  # loads all that a stranger may not be able to read
os.environ.pop("COURSEKIT_HOME", None)
os.chmod(sys.argv[1], 0o777)
os.setuid(54321)
sys.exit(main(["progress"]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone without a home")
def test_a_user_without_a_home_is_asked_for_one(course_folder: Path):
    with TemporaryDirectory() as open_to_all:  # pytest's own folders are closed to others
        Path(open_to_all).chmod(0o755)
        shutil.copytree(course_folder, f"{open_to_all}/course")

        done = subprocess.run(
            [sys.executable, "-P", "-c", _AS_NOBODY, f"{open_to_all}/home"],
            env={"LC_ALL": "C.UTF-8", "COURSEKIT_COURSE": f"{open_to_all}/course"},
            cwd=open_to_all,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == (
        "coursekit: You have no home folder here. Name one for your record with --home DIR or $COURSEKIT_HOME.\n"
    )


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path):
    script = (
        "import os; os.rmdir(os.getcwd()); from coursekit.cli.main import main; raise SystemExit(main(['progress']))"
    )

    done = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (2, "coursekit: No such file or directory\n")
    tmp_path.mkdir()


def test_a_newer_record_is_told_and_left_alone(run: Run, shared_course: Path, tmp_path: Path):
    run("progress", course=shared_course, home=tmp_path)
    with sqlite3.connect(tmp_path / FILE) as newer:
        newer.execute("pragma user_version = 99")
    newer.close()
    before = (tmp_path / FILE).read_bytes()

    done = run("progress", course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert "written by a newer coursekit" in done.err
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("words", [("progress", "--json"), ("lab", "run", "bowl", "--json"), ("ask", "--plain")])
def test_a_damaged_record_is_kept_aside_and_said(run: Run, shared_course: Path, tmp_path: Path, words: tuple[str, ...]):
    (tmp_path / FILE).write_bytes(b"damaged" * 1000)

    done = run(*words, course=shared_course, home=tmp_path)

    assert done.status in (0, 1)
    assert (done.err + done.out).count("The record was damaged. It is kept as ") == 1
    assert [path.read_bytes() for path in tmp_path.glob("*corrupt*")] == [b"damaged" * 1000]
    assert words[0] == "ask" or done.records
