import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coursekit.course import find_course, open_course
from coursekit.errors import CourseError, UsageError
from coursekit.packs.installed import add_course, find_installed, installed, remove_course


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_added_folder_is_a_copy_of_the_course_and_nothing_else(course_folder: Path, home: Path) -> None:
    (course_folder / "secret.txt").write_text("not part of it")

    added = add_course(home, course_folder)

    copy = held(home / "courses" / "tiny")
    assert json.loads(copy.pop("origin.json")) == {"from": str(course_folder)}
    assert copy == {name: data for name, data in held(course_folder).items() if name != "secret.txt"}
    assert (added.course.id, added.left_out, added.was_replaced) == ("tiny", ("secret.txt",), False)
    assert [path.name for path in (home / "courses").iterdir()] == ["tiny"]


def test_an_added_zip_asks_the_same_questions(course_folder: Path, home: Path, zipped: Callable[..., Path]) -> None:
    add_course(home, zipped(course_folder, top="tiny-1.0/"))

    folder = find_installed(home, "tiny")
    assert folder
    assert list(open_course(folder).topic_of) == list(open_course(course_folder).topic_of)


def test_a_course_without_an_id_has_the_name_of_its_pack(
    course_folder: Path, home: Path, zipped: Callable[..., Path]
) -> None:
    front = course_folder / "content" / "course.md"
    front.write_text(front.read_text().replace("id: tiny\n", ""))

    by_folder = add_course(home, course_folder).course
    by_top = add_course(home, zipped(course_folder, top="in-a-zip/")).course
    by_file = add_course(home, zipped(course_folder).rename(course_folder.parent / "alone.zip")).course

    assert [by_folder.id, by_top.id, by_file.id] == ["course", "in-a-zip", "alone"]


@pytest.mark.parametrize(
    "name", ["../tiny", "Tiny", "a/b", ".tiny", "con", "nul.x", "a.", "x" * 65, "-x", "ti ny", "tïny"]
)
def test_an_id_that_cannot_be_a_folder_is_refused(course_folder: Path, home: Path, name: str) -> None:
    front = course_folder / "content" / "course.md"
    front.write_text(front.read_text().replace("id: tiny", f"id: '{name}'"))

    with pytest.raises(CourseError, match=r"cannot be the id of a course\. Write one of small letters"):
        add_course(home, course_folder)
    assert list((home / "courses").iterdir()) == []


def test_an_id_that_is_taken_is_replaced_only_when_asked(course_folder: Path, home: Path) -> None:
    add_course(home, course_folder)
    front = course_folder / "content" / "course.md"
    front.write_text(front.read_text().replace("A tiny course", "Another"))
    (course_folder / "labs" / "bowl" / "lab.md").unlink()
    before = held(home)

    with pytest.raises(CourseError, match=r"A course 'tiny' is installed already\. Add --replace"):
        add_course(home, course_folder)
    assert held(home) == before

    added = add_course(home, course_folder, replace=True)
    assert (added.was_replaced, added.course.title) == (True, "Another")
    assert not (home / "courses" / "tiny" / "labs").exists()
    assert [path.name for path in (home / "courses").iterdir()] == ["tiny"]


def test_what_is_refused_leaves_nothing_and_names_the_pack(course_folder: Path, home: Path) -> None:
    shutil.rmtree(course_folder / "content" / "1-basics")

    with pytest.raises(CourseError) as caught:
        add_course(home, course_folder)

    assert "has no questions yet" in str(caught.value)
    assert str(home) not in str(caught.value)
    assert ".new-" not in str(caught.value)
    assert list((home / "courses").iterdir()) == []


def test_the_rest_of_a_killed_process_is_dropped_and_that_of_a_running_one_stays(
    course_folder: Path, home: Path
) -> None:
    for name in (".new-killed", ".new-running", ".gone-killed"):
        (home / "courses" / name / "content").mkdir(parents=True)
    hours_ago = time.time() - 7200
    os.utime(home / "courses" / ".new-killed", (hours_ago, hours_ago))

    add_course(home, course_folder)

    assert sorted(path.name for path in (home / "courses").iterdir()) == [".new-running", "tiny"]


def test_a_path_that_is_nothing_is_told(home: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", Path("/dev/null"), Path("a\0b")):
        with pytest.raises(CourseError, match=r"cannot be read|neither a folder nor a zip"):
            add_course(home, path)


def test_a_home_that_cannot_be_written_is_told(course_folder: Path) -> None:
    with pytest.raises(CourseError, match="Courses cannot be kept in /proc/nothing/courses: "):
        add_course(Path("/proc/nothing"), course_folder)


def test_what_is_installed_is_listed_with_where_it_came_from(course_folder: Path, home: Path) -> None:
    assert list(installed(home)) == []
    add_course(home, course_folder)

    (one,) = installed(home)

    assert (one.id, one.origin, one.is_package) == ("tiny", str(course_folder), False)


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"from": ', "[" * 100_000])
def test_a_record_that_is_damaged_hides_no_course(course_folder: Path, home: Path, record: str) -> None:
    add_course(home, course_folder)
    (home / "courses" / "tiny" / "origin.json").write_text(record)

    assert [(one.id, one.origin) for one in installed(home)] == [("tiny", "unknown")]


def test_a_removed_course_is_gone_and_can_be_added_again(course_folder: Path, home: Path) -> None:
    add_course(home, course_folder)

    gone = remove_course(home, "tiny")

    assert gone.id == "tiny"
    assert list((home / "courses").iterdir()) == []
    add_course(home, course_folder)


@pytest.mark.parametrize("name", ["tny", "..", "../..", "", "/", ".", "tiny/content"])
def test_only_what_is_installed_is_removed(course_folder: Path, home: Path, name: str) -> None:
    add_course(home, course_folder)
    before = held(home)

    with pytest.raises(UsageError, match=r"There is no installed course '.*'\. .*There are: tiny\."):
        remove_course(home, name)
    assert held(home) == before


def test_a_path_that_exists_wins_over_an_id(course_folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_course(home, course_folder)
    place = home / "courses" / "tiny"

    def find(name: str) -> Path | None:
        return find_installed(home, name)

    assert find_course("tiny", {}, Path("/"), find) == place
    assert find_course(None, {"COURSEKIT_COURSE": "tiny"}, Path("/"), find) == place
    monkeypatch.chdir(course_folder.parent)
    course_folder.rename("tiny")
    assert find_course("tiny", {}, Path("/"), find) == Path("tiny")


@pytest.mark.parametrize("name", ["../tiny", "courses/tiny", ".", "", "TINY", ".old-tiny"])
def test_only_an_id_is_looked_up(course_folder: Path, home: Path, name: str) -> None:
    add_course(home, course_folder)

    assert find_installed(home, name) is None


def test_a_course_that_was_put_aside_by_a_killed_process_is_there(course_folder: Path, home: Path) -> None:
    add_course(home, course_folder)
    place, aside = home / "courses" / "tiny", home / "courses" / ".old-tiny"
    place.rename(aside)

    assert find_installed(home, "tiny") == aside
    assert open_course(aside).id == "tiny"
    with pytest.raises(CourseError, match="is installed already"):
        add_course(home, course_folder)
    assert find_installed(home, "tiny") == place
    assert not aside.exists()


def test_whenever_a_replacement_is_killed_one_whole_course_is_there(course_folder: Path, home: Path) -> None:
    add_course(home, course_folder)
    asked = list(open_course(course_folder).topic_of)
    code = "import sys; from pathlib import Path; from coursekit.packs.installed import add_course\n"
    code += "print(flush=True)\nwhile True: add_course(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)"

    for milliseconds in range(0, 60, 6):
        process = subprocess.Popen([sys.executable, "-c", code, home, course_folder], stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(milliseconds / 1000)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()

        found = find_installed(home, "tiny")
        assert found
        assert list(open_course(found).topic_of) == asked


def test_two_processes_that_replace_the_same_course_at_once_both_do(course_folder: Path, home: Path) -> None:
    add_course(home, course_folder)
    code = "import sys; from pathlib import Path; from coursekit.packs.installed import add_course\n"
    code += "for _ in range(40): add_course(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)"
    command = [sys.executable, "-c", code, home, course_folder]

    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(timeout=120)[1] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert [path.name for path in (home / "courses").iterdir()] == ["tiny"]
