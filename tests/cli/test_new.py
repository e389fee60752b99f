"""`coursekit new`: asks little, never blocks without a terminal, and what it writes passes `check`."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_new_course_passes_check_with_its_lab(run: Run, tmp_path: Path):
    done = run("new", "course", tmp_path / "my-course")
    check = run("check", tmp_path / "my-course", "--labs")

    assert done.status == 0
    assert [Path(line).name for line in done.out.splitlines()] == ["course.md", "1-first-topic.md", "lab.md"]
    assert done.err.startswith("Next: coursekit check ")
    assert all(line.endswith("[todo]") for line in check.out.splitlines())
    assert "1 question, 1 topic, 1 lab run" in check.err


def test_a_topic_a_question_and_a_lab_are_added(run: Run, course_folder: Path):
    topic = run("new", "topic", "Mini-batches", "--lesson", "Basics", course=course_folder)
    file = course_folder / "content" / "1-basics" / "2-mini-batches.md"
    question = run("new", "question", "batch-noise", "--kind", "cloze", "--topic", file, course=course_folder)
    lab = run("new", "lab", "batch-size", course=course_folder)
    listed = run("list", "questions", "--json", course=course_folder)

    assert topic.out == f"{file}\n"
    assert question.out == f"{file}:31\n"
    assert lab.out == f"{course_folder / 'labs' / 'batch-size' / 'lab.md'}\n"
    assert {"mini-batches", "batch-noise"} <= {each["id"] for each in listed.records}


def test_a_lab_of_code_comes_with_all_its_files(run: Run, course_folder: Path):
    lab = run("new", "lab", "write-it", "--code", course=course_folder)
    check = run("check", course_folder, "--labs")

    assert [Path(line).name for line in lab.out.splitlines()] == [
        "lab.md",
        "starter.py",
        "reference.py",
        "cases.py",
        "one_slip.py",
    ]
    assert "coursekit check labs/write-it --labs" in lab.err
    mine = [line for line in check.out.splitlines() if "write-it" in line]
    assert mine
    assert all(line.endswith("[todo]") for line in mine)


def test_code_is_asked_of_labs_alone(run: Run, course_folder: Path):
    done = run("new", "question", "fresh", "--code", course=course_folder)

    assert (done.status, done.out) == (2, "")
    assert "--code is for a lab." in done.err


def test_a_prediction_says_that_its_run_is_to_be_made(run: Run, course_folder: Path):
    done = run("new", "question", "guess", "--kind", "predict", course=course_folder)
    lock = run("lock", course_folder)

    assert "coursekit lock" in done.err
    assert (lock.status, lock.out.split()[0]) == (0, "guess")


def test_an_exam_is_begun_and_can_be_drawn(run: Run, course_folder: Path):
    done = run("new", "exam", "mid-term", course=course_folder)
    check = run("check", course_folder)

    assert done.out == f"{course_folder / 'content' / 'exams' / 'mid-term.md'}\n"
    assert "coursekit exam mid-term" in done.err
    assert check.status == 0
    assert all(line.endswith("[todo]") and "mid-term.md" in line for line in check.out.splitlines())


def test_a_prediction_names_its_lab_though_the_topic_does(run: Run, tmp_path: Path):
    run("new", "course", tmp_path / "mine")
    done = run("new", "question", "guess", "--kind", "predict", course=tmp_path / "mine")

    text = (tmp_path / "mine" / "content" / "1-first-topic.md").read_text(encoding="utf-8")
    assert done.status == 0
    assert "kind: predict\n" in text
    assert "\nlab: first-lab\n" in text
    assert "change the text, the run and what is asked; the run decides the key." in text


def test_a_topic_is_named_by_its_title_or_its_file(run: Run, course_folder: Path):
    run("new", "topic", "Mini-batches", "--lesson", "Basics", course=course_folder)

    by_title = run("new", "question", "one", "--topic", "Steps and batches", course=course_folder)
    run("new", "topic", "Mini-batches", "--lesson", "Other", course=course_folder)
    by_two = run("new", "question", "two", "--topic", "Mini-batches", course=course_folder)
    by_none = run("new", "question", "two", "--topic", "Mini-batch", course=course_folder)

    assert "1-steps.md:" in by_title.out
    assert "'Mini-batches' is the title of several topics; name one by its file." in by_two.err
    assert "Did you mean 'Mini-batches'?" in by_none.err


@pytest.mark.parametrize("what", ["topic", "question", "lab", "exam"])
def test_without_a_terminal_nothing_is_asked(run: Run, course_folder: Path, what: str):
    done = run("new", what, course=course_folder)

    assert done.status == 0
    assert len(done.out.splitlines()) == 1


def test_nothing_is_written_over(run: Run, course_folder: Path):
    done = run("new", "course", course_folder)

    assert (done.status, done.out) == (2, "")
    assert "is there already, and nothing is written over it." in done.err


def test_a_topic_that_is_none_is_named_with_those_there_are(run: Run, course_folder: Path):
    done = run("new", "question", "x", "--topic", "nowhere.md", course=course_folder)

    assert done.status == 2
    assert "'nowhere.md' is no topic of this course. There are: " in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_in_a_terminal_what_is_missing_is_asked(environment: Any, tmp_path: Path):
    master, slave = pty.openpty()
    command = [sys.executable, "-P", "-m", "coursekit", "new", "course"]
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, cwd=tmp_path, env=environment(tmp_path)
    ) as process:
        os.close(slave)
        os.write(master, b"deep-nets\nDeep nets\n")
        status = process.wait(timeout=30)
        said = os.read(master, 10_000).decode()
    os.close(master)

    assert status == 0
    assert "Folder of the course [my-course]: " in said
    assert "title: Deep nets" in (tmp_path / "deep-nets" / "content" / "course.md").read_text()
