import os
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest

from coursekit.course import Course, open_course
from coursekit.errors import CourseError
from coursekit.packs.build import build_pack
from coursekit.packs.installed import add_course


def test_what_is_built_is_a_zip_that_anyone_can_read(course_folder: Path, tmp_path: Path) -> None:
    built = build_pack(course_folder, tmp_path / "tiny.zip")

    with ZipFile(built.path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            *("content/1-basics/1-steps.md", "content/course.md", "content/predict.lock", "labs/bowl/lab.md")
        ]
        assert archive.read("labs/bowl/lab.md") == (course_folder / "labs" / "bowl" / "lab.md").read_bytes()
    assert (built.files, built.size) == (4, built.path.stat().st_size)
    assert stat.S_IMODE(built.path.stat().st_mode) == 0o644


def test_building_twice_gives_the_same_bytes_whenever_and_whoever(course_folder: Path, tmp_path: Path) -> None:
    first = build_pack(course_folder, tmp_path / "a.zip").path.read_bytes()
    for path in course_folder.rglob("*.md"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    (course_folder / "notes.txt").write_text("no part of it")

    second = build_pack(course_folder, tmp_path / "b.zip").path.read_bytes()

    assert first == second


def test_what_is_built_can_be_added_and_asks_the_same(course: Course, tmp_path: Path) -> None:
    built = build_pack(course.folder, tmp_path / "tiny.zip")

    added = add_course(tmp_path / "home", built.path).course

    again = open_course(added.folder)
    assert [again.question(name).fingerprint for name in again.topic_of] == [
        course.question(name).fingerprint for name in course.topic_of
    ]


def test_what_could_not_be_added_is_not_built_and_an_older_pack_stays(course_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tiny.zip").write_text("older")
    (course_folder / "content" / "odd.md").symlink_to("/etc/passwd")

    with pytest.raises(CourseError, match="a symbolic link"):
        build_pack(course_folder, tmp_path / "tiny.zip")

    assert (tmp_path / "tiny.zip").read_text() == "older"


def test_a_file_that_would_unpack_as_a_bomb_is_told_when_it_is_built(course_folder: Path, tmp_path: Path) -> None:
    (course_folder / "content" / "zeros.png").write_bytes(bytes(3_000_000))

    with pytest.raises(CourseError, match=r"because of 'content/zeros\.png': it unpacks to more than 200 times"):
        build_pack(course_folder, tmp_path / "tiny.zip")

    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_a_pipe_or_device_is_not_replaced(course_folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(CourseError, match="it is no plain file"):
        build_pack(course_folder, tmp_path / "pipe")

    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("place", ["nowhere/tiny.zip", "course"])
def test_a_place_that_cannot_be_written_is_told(course_folder: Path, tmp_path: Path, place: str) -> None:
    with pytest.raises(CourseError, match=r"cannot be written: .* Name another file with --out FILE"):
        build_pack(course_folder, tmp_path / place)

    assert [path.name for path in tmp_path.iterdir()] == ["course"]
