import os
import socket
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from coursekit.errors import CourseError
from coursekit.packs import pack as limits
from coursekit.packs.folder import read_folder


def names(folder: Path) -> list[str]:
    return [file.name for file in read_folder(folder).files]


def test_only_content_and_labs_are_taken_and_the_rest_is_named(course_folder: Path) -> None:
    (course_folder / "README.md").write_text("Hello.")
    (course_folder / ".git").mkdir()
    (course_folder / "content" / ".DS_Store").write_bytes(b"\x00")
    (course_folder / "labs" / "__pycache__").mkdir()

    pack = read_folder(course_folder)

    assert names(course_folder) == [
        *("content/1-basics/1-steps.md", "content/course.md", "content/predict.lock", "labs/bowl/lab.md")
    ]
    assert set(pack.left_out) == {"README.md", ".git", "content/.DS_Store", "labs/__pycache__"}


def test_the_bytes_are_those_of_the_files(course_folder: Path) -> None:
    files = {file.name: b"".join(file.chunks()) for file in read_folder(course_folder).files}

    assert files["labs/bowl/lab.md"] == (course_folder / "labs" / "bowl" / "lab.md").read_bytes()


def link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def folder_link(path: Path) -> None:
    path.symlink_to("/etc", target_is_directory=True)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (link, "a symbolic link, which can point anywhere"),
        (folder_link, "a symbolic link"),
        (dangling, "a symbolic link"),
        (os.mkfifo, "a pipe"),
    ],
)
@pytest.mark.parametrize("place", ["content/1-basics/odd.md", "labs/odd"])
def test_what_is_no_plain_file_is_refused(
    course_folder: Path, make: Callable[[Path], None], said: str, place: str
) -> None:
    make(course_folder / place)

    with pytest.raises(CourseError, match=f"because of '{place}': it is {said}"):
        read_folder(course_folder)


def test_a_room_that_is_a_link_is_refused(course_folder: Path, tmp_path: Path) -> None:
    (course_folder / "labs").rename(tmp_path / "elsewhere")
    (course_folder / "labs").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CourseError, match="because of 'labs': it is a symbolic link"):
        read_folder(course_folder)


def test_a_socket_is_refused(course_folder: Path) -> None:
    with TemporaryDirectory(prefix="ck") as short, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{short}/s")
        os.rename(f"{short}/s", course_folder / "content" / "s")

        with pytest.raises(CourseError, match="because of 'content/s': it is a socket"):
            read_folder(course_folder)


def test_a_device_is_refused(course_folder: Path) -> None:
    try:
        os.mknod(course_folder / "content" / "null", 0o20666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes devices")

    with pytest.raises(CourseError, match="because of 'content/null': it is a device"):
        read_folder(course_folder)


def test_a_hard_link_is_a_file_like_any_other(course_folder: Path) -> None:
    os.link(course_folder / "labs" / "bowl" / "lab.md", course_folder / "content" / "same.txt")

    assert "content/same.txt" in names(course_folder)


@pytest.mark.parametrize("name", [b"\xff.md", b"a\nb.md", b"con.md", b"a .md ", b"what?.md", b"a\\b.md"])
def test_a_name_that_is_none_elsewhere_is_refused(course_folder: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(course_folder / "content") + b"/" + name)).write_text("A text.")

    with pytest.raises(CourseError, match="is refused because of 'content/"):
        read_folder(course_folder)


def test_names_that_differ_in_case_alone_are_refused(course_folder: Path) -> None:
    (course_folder / "content" / "A.txt").write_text("A")
    (course_folder / "content" / "a.txt").write_text("a")

    with pytest.raises(CourseError, match=r"it and 'content/A\.txt' are one name where case does not count"):
        read_folder(course_folder)


def test_what_lies_too_deep_is_refused(course_folder: Path) -> None:
    (course_folder / "content" / "/".join("abcdefgh")).mkdir(parents=True)

    with pytest.raises(CourseError, match="it lies 9 levels deep, and at most 8 are read"):
        read_folder(course_folder)


def test_too_many_files_are_refused(course_folder: Path) -> None:
    for number in range(limits.MOST_FILES):
        (course_folder / "labs" / f"{number}").touch()

    with pytest.raises(CourseError, match="it has 5,001 files, and at most 5,000 are read"):
        read_folder(course_folder)


def test_a_file_that_is_too_large_is_refused_while_it_is_read(course_folder: Path) -> None:
    os.truncate(course_folder / "labs" / "bowl" / "lab.md", limits.MOST_FILE_BYTES + 1)

    with pytest.raises(CourseError, match=r"because of 'labs/bowl/lab\.md': it is larger than 20,000,000 bytes"):
        read_folder(course_folder).check()


def test_too_many_bytes_together_are_refused(course_folder: Path) -> None:
    for number in range(11):
        with (course_folder / "content" / f"{number}.png").open("wb") as file:
            file.truncate(limits.MOST_FILE_BYTES)

    with pytest.raises(CourseError, match="with it the course is larger than 200,000,000 bytes"):
        read_folder(course_folder).check()


def test_a_file_that_became_a_pipe_or_a_link_meanwhile_is_not_waited_for(course_folder: Path) -> None:
    pack, lab = read_folder(course_folder), course_folder / "labs" / "bowl" / "lab.md"

    lab.unlink()
    os.mkfifo(lab)
    with pytest.raises(CourseError, match="it is no plain file"):
        pack.check()
    lab.unlink()
    lab.symlink_to("/etc/passwd")
    with pytest.raises(CourseError, match="cannot be read"):
        pack.check()


def test_a_folder_without_a_course_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"is no course: it has no content/course\.md"):
        read_folder(tmp_path)
