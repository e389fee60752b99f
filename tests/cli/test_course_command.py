"""`coursekit course add | list | remove`, and the id of an installed course where a course is named."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

Run = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_course_is_added_listed_opened_and_removed(run: Run, course_folder: Path, home: Path):
    added = run("course", "add", course_folder, home=home)
    listed = run("course", "list", home=home)
    opened = run("--course", "tiny", "list", "topics", "--json", home=home)
    removed = run("course", "remove", "tiny", home=home)
    empty = run("course", "list", home=home)

    assert added.out == "Added 'tiny': A tiny course, 6 questions. Open it with: coursekit --course tiny\n"
    assert listed.out.splitlines()[0].split() == ["id", "title", "questions", "from"]
    assert listed.out.splitlines()[1].split() == ["tiny", "A", "tiny", "course", "6", str(course_folder)]
    assert opened.records[0]["title"] == "Steps and batches"
    assert removed.out == f"Removed 'tiny'. Your record of it stays in {home}, for when you add it again.\n"
    assert empty.out == "No course is installed. Add one: coursekit course add PATH\n"
    assert {done.status for done in (added, listed, opened, removed, empty)} == {0}


def test_all_of_it_comes_as_json(run: Run, course_folder: Path, home: Path):
    added = run("course", "add", course_folder, "--json", home=home)
    again = run("course", "add", course_folder, "--json", "--replace", home=home)
    listed = run("course", "list", "--json", home=home)
    removed = run("course", "remove", "tiny", "--json", home=home)
    empty = run("course", "list", "--json", home=home)

    row = {
        "type": "course",
        "id": "tiny",
        "title": "A tiny course",
        "questions": 6,
        "problem": None,
        "from": str(course_folder),
    }
    assert added.records == [row | {"replaced": False}]
    assert again.records == [row | {"replaced": True}]
    assert listed.records == [row | {"package": False}]
    assert removed.records == [{"type": "course", "id": "tiny", "from": str(course_folder), "removed": True}]
    assert empty.records == []


def test_the_home_can_be_named_after_the_command(run: Run, course_folder: Path, home: Path):
    run("course", "add", course_folder, "--home", home)

    assert (home / "courses" / "tiny").is_dir()


def test_the_environment_may_name_an_installed_course(run: Run, course_folder: Path, home: Path):
    run("course", "add", course_folder, home=home)

    done = run("progress", "--json", home=home, env={"COURSEKIT_COURSE": "tiny"})

    assert done.records[-1]["title"] == "A tiny course"


def test_progress_is_kept_by_the_courses_id(run: Run, course_folder: Path, home: Path):
    run("ask", "claim", "--plain", course=course_folder, home=home, typed="2\n")
    run("course", "add", course_folder, home=home)
    run("course", "remove", "tiny", home=home)
    run("course", "add", course_folder, home=home)

    by_path = run("progress", "--json", course=course_folder, home=home)
    by_id = run("--course", "tiny", "progress", "--json", home=home)

    assert by_id.out == by_path.out
    assert by_id.records[-1]["new"] == 5


def test_what_is_left_out_and_what_is_wrong_in_it_is_told(run: Run, course_folder: Path, home: Path):
    (course_folder / "notes\x1b[31m.txt").write_text("x")
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text() + "\n## Without a fence\n\nText.\n")

    done = run("course", "add", course_folder, home=home)

    assert done.status == 0
    assert "left out, as no part of a course: notes\ufffd[31m.txt" in done.err
    assert "A question needs a '```yaml question' fence" in done.err


def test_an_id_that_is_taken_and_one_that_is_not_there_are_told(run: Run, course_folder: Path, home: Path):
    run("course", "add", course_folder, home=home)

    again = run("course", "add", course_folder, home=home)
    gone = run("course", "remove", "tny", home=home)
    named = run("--course", "tny", "list", "labs", home=home)

    said = "coursekit: A course 'tiny' is installed already. Add --replace to put this one in its place.\n"
    assert (again.status, again.out, again.err) == (2, "", said)
    said = "coursekit: There is no installed course 'tny'. Did you mean 'tiny'? There are: tiny.\n"
    assert (gone.status, gone.out, gone.err) == (2, "", said)
    said = "There is no folder 'tny' here, and no course with this id is installed. See 'coursekit course list'."
    assert (named.status, named.out, named.err) == (2, "", f"coursekit: {said}\n")


@pytest.mark.parametrize("name", ["../evil.md", "/evil.md", "content/../../evil.md"])
def test_a_zip_that_leaves_its_folder_is_refused_in_one_line(run: Run, tmp_path: Path, home: Path, name: str):
    with ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("content/course.md", "---\nid: evil\ntitle: E\n---\n")
        archive.writestr(name, "x")

    done = run("course", "add", tmp_path / "evil.zip", home=home)

    assert (done.status, done.out) == (2, "")
    assert f"evil.zip is refused because of '{name}'" in done.err
    assert len(done.err.splitlines()) == 1
    assert not list(tmp_path.rglob("evil.md"))


@pytest.mark.parametrize("path", ["nowhere", "/dev/null", "/dev/zero", "~nobody-of-this-name/x", "x" * 5000, "/proc"])
def test_what_is_no_course_is_told_in_one_line(run: Run, home: Path, path: str):
    done = run("course", "add", path, home=home)

    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1


def test_an_installed_course_that_broke_is_listed_with_its_problem(run: Run, course_folder: Path, home: Path):
    run("course", "add", course_folder, home=home)
    (home / "courses" / "tiny" / "content" / "course.md").write_text("no front matter")

    (row,) = run("course", "list", "--json", home=home).records

    assert (row["id"], row["title"], row["questions"]) == ("tiny", None, 0)
    assert "The file must begin with a line '---'" in row["problem"]
    assert run("course", "remove", "tiny", home=home).status == 0


def test_nobody_without_a_home_installs_and_everybody_lists(homeless: Run, course_folder: Path):
    assert homeless("course", "list").status == 0
    done = homeless("course", "add", course_folder)
    assert done.status == 2
    assert "You have no home folder here." in done.err


def test_a_path_that_is_a_course_loads_nothing_of_the_packs(shared_course: Path, home: Path):
    code = (
        "import sys; from coursekit.cli.main import main; main(sys.argv[1:]); "
        "print([name for name in sys.modules if name.startswith('coursekit.packs') or name == 'importlib.metadata'])"
    )
    command = [sys.executable, "-c", code, "--course", shared_course, "--home", home, "list", "topics", "--json"]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "The following arguments are required: action"),
        (("ad",), "invalid choice: 'ad'"),
        (("add",), "'course add' takes a PATH. See 'coursekit course --help'."),
        (("remove",), "'course remove' takes an ID."),
        (("list", "tiny"), "'course list' takes nothing more."),
        (("remove", "tiny", "--replace"), "--replace goes with 'course add' alone."),
    ],
)
def test_a_wrong_word_is_told(run: Run, home: Path, words: tuple[str, ...], said: str):
    done = run("course", *words, home=home)

    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1
