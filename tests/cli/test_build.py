"""`coursekit build`: a pack to give away, with or without its keys."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def ids(done: Any) -> list[str]:
    assert done.status == 0, done.err
    return [record["id"] for record in done.records]


def test_what_is_built_can_be_added_and_lists_the_same_questions(run: Run, shared_course: Path, tmp_path: Path):
    built = run("build", shared_course, cwd=tmp_path, home=tmp_path / "home")
    run("course", "add", tmp_path / "tiny.zip", home=tmp_path / "home")

    mine = run("list", "questions", "--json", course=shared_course)
    theirs = run("list", "questions", "--json", "--course", "tiny", home=tmp_path / "home")

    size = (tmp_path / "tiny.zip").stat().st_size
    assert built.out == f"{tmp_path / 'tiny.zip'}: 4 files, {size:,} bytes\n"
    assert theirs.out == mine.out != ""


def test_a_pack_for_students_asks_the_same_and_the_keys_stand_beside_it(run: Run, shared_course: Path, tmp_path: Path):
    built = run("build", "--student", "--seed", "3", "--json", course=shared_course, cwd=tmp_path, home=tmp_path)
    run("course", "add", tmp_path / "tiny-student.zip", home=tmp_path / "home")

    mine = run("list", "questions", "--json", course=shared_course)
    theirs = run("list", "questions", "--json", "--course", "tiny", home=tmp_path / "home")

    (said,) = built.records
    assert (next(iter(said)), said["type"]) == ("type", "pack")
    assert said["path"] == str(tmp_path / "tiny-student.zip")
    assert said["keys"] == str(tmp_path / "tiny-keys.json")
    assert said["left_out"] == ["content/predict.lock"]
    assert stat.S_IMODE((tmp_path / "tiny-keys.json").stat().st_mode) == 0o600
    assert ids(theirs) == ids(mine)
    assert {record["kind"] for record in theirs.records} == {"unkeyed", "predict"}


def test_the_output_can_be_named_and_the_keys_are_named_after_it(run: Run, shared_course: Path, tmp_path: Path):
    plain = run("build", shared_course, "--out", tmp_path / "a.zip", home=tmp_path)
    student = run("build", shared_course, "--student", "--out", tmp_path / "quiz.zip", home=tmp_path)

    assert (plain.status, student.status) == (0, 0)
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "quiz.zip", "quiz-keys.json"}


def test_building_twice_gives_the_same_bytes(run: Run, shared_course: Path, tmp_path: Path):
    for name in ("a", "b"):
        run("build", shared_course, "--out", tmp_path / f"{name}.zip", home=tmp_path)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seed", "1"), "--seed is a whole number of at least 0, and goes with --student."),
        (("--student", "--seed", "-1"), "--seed is a whole number of at least 0, and goes with --student."),
        (("--student", "--seed", "one"), "Argument --seed: invalid int value: 'one'."),
        (("--out", "/nowhere/at/all.zip"), "cannot be written: No such file or directory. Name another file"),
        (("--out", "/"), "cannot be written: it is no plain file."),
        (("no-such-course",), "There is no folder 'no-such-course' here"),
    ],
)
def test_a_wrong_word_is_told_in_one_line(
    run: Run, shared_course: Path, tmp_path: Path, words: tuple[str, ...], said: str
):
    done = run("build", *words, course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_course_that_cannot_be_added_is_not_built(run: Run, course_folder: Path, tmp_path: Path):
    (course_folder / "labs" / "link").symlink_to("/etc")

    done = run("build", course_folder, "--out", tmp_path / "a.zip", home=tmp_path)

    assert done.status == 2
    assert "because of 'labs/link': it is a symbolic link, which can point anywhere." in done.err
    assert not (tmp_path / "a.zip").exists()
