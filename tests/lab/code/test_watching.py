import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from threading import enumerate as threads
from time import monotonic, sleep

import pytest

from coursekit.course import open_course
from coursekit.errors import CoursekitError
from coursekit.lab.code.definition import CodeLab, load_code_lab
from coursekit.lab.code.results import CheckResult, CodeGrade
from coursekit.lab.code.watching import News, Saved, Watching
from tests.lab.code.conftest import STEP

GOOD, TURNED = STEP["reference.py"], STEP["wrong/sign_turned.py"]
ENDLESS = "def sgd_step(w, gradient, rate):\n    while True: pass\n"
Watch = Callable[[], "Queue[News]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "step.py").write_text(TURNED)
    return tmp_path / "step.py"


@pytest.fixture
def lab(code_folder: Path) -> CodeLab:
    """Return a lab whose calls may take long, so that what ends one early is the watcher."""
    lab = load_code_lab(open_course(code_folder), "step")
    return replace(lab, limits=replace(lab.limits, seconds_per_call=50.0))


@pytest.fixture
def watch(lab: CodeLab, path: Path) -> Iterator[Watch]:
    """Return what begins to watch the file; it is ended with the test."""
    begun: list[Watching] = []

    def begin() -> "Queue[News]":
        queue: Queue[News] = Queue()
        begun.append(Watching(lab, path, queue.put))
        return queue

    yield begin
    for watching in begun:
        watching.stop()


def round_of(queue: "Queue[News]") -> tuple[Saved, list[CheckResult], CodeGrade]:
    """Take what comes of one save."""
    saved = queue.get(timeout=20)
    results: list[CheckResult] = []
    while isinstance(news := queue.get(timeout=20), CheckResult):
        results.append(news)
    assert isinstance(saved, Saved)
    assert isinstance(news, CodeGrade)
    return saved, results, news


def assert_quiet(queue: "Queue[News]", seconds: float = 0.7) -> None:
    with pytest.raises(Empty):
        queue.get(timeout=seconds)


def test_the_public_checks_run_at_once_and_at_each_save(watch: Watch, path: Path):
    queue = watch()
    _, results, grade = round_of(queue)
    path.write_text(GOOD)
    saved, again, better = round_of(queue)

    assert [result.verdict for result in results] == ["failed", "passed"]
    assert results[0].slip == "wrong/sign_turned.py"
    assert grade.summary == "1 of 2 public; 1 hidden not run here"
    assert saved.source == GOOD.encode()
    assert [result.verdict for result in again] == ["passed", "passed"]
    assert better.seed == grade.seed
    assert_quiet(queue)


def test_an_editor_may_replace_the_file(watch: Watch, path: Path):
    queue = watch()
    round_of(queue)

    path.with_name("new").write_text(GOOD)
    os.replace(path.with_name("new"), path)
    assert round_of(queue)[2].is_passed
    path.rename(path.with_name("old"))
    sleep(0.2)
    path.write_text(TURNED)
    assert not round_of(queue)[2].is_passed
    assert_quiet(queue)


def test_a_burst_of_saves_gives_one_check(watch: Watch, path: Path):
    queue = watch()
    round_of(queue)

    for n in range(15):
        path.write_text(f"{GOOD}# {n}\n")
        sleep(0.03)

    assert round_of(queue)[0].source.endswith(b"# 14\n")
    assert_quiet(queue)


def test_a_save_without_a_change_gives_none(watch: Watch, path: Path):
    queue = watch()
    round_of(queue)

    path.write_text(TURNED)
    path.touch()

    assert_quiet(queue)


def test_a_save_ends_the_check_that_goes_on(watch: Watch, path: Path):
    path.write_text(ENDLESS)
    queue = watch()
    assert isinstance(queue.get(timeout=20), Saved)
    sleep(0.5)
    begun = monotonic()
    path.write_text(GOOD)

    saved, results, grade = round_of(queue)

    assert saved.source == GOOD.encode()
    assert grade.is_passed
    assert len(results) == 2
    assert monotonic() - begun < 8  # the loop alone would have had 50 s
    assert_quiet(queue)


def test_a_file_that_goes_is_told_and_watched_again(watch: Watch, path: Path):
    queue = watch()
    round_of(queue)

    path.unlink()
    news = queue.get(timeout=20)
    path.write_text(GOOD)

    assert isinstance(news, CoursekitError)
    assert "cannot be read: No such file" in str(news)
    assert round_of(queue)[2].is_passed


def test_the_same_text_is_checked_again_after_an_error(watch: Watch, lab: CodeLab, path: Path):
    (lab.folder / "cases.py").write_text("1 / 0\n")
    queue = watch()
    assert isinstance(queue.get(timeout=20), Saved)
    error = queue.get(timeout=20)
    (lab.folder / "cases.py").write_text(STEP["cases.py"])
    path.touch()

    assert isinstance(error, CoursekitError)
    assert "ZeroDivisionError" in str(error)
    assert round_of(queue)[2].points == 1


def test_nothing_is_left_of_it_when_it_is_stopped(lab: CodeLab, path: Path):
    path.write_text(ENDLESS)
    queue: Queue[News] = Queue()
    before = {thread.ident for thread in threads()}
    watching = Watching(lab, path, queue.put)
    assert isinstance(queue.get(timeout=20), Saved)
    sleep(0.3)

    watching.stop()

    until = monotonic() + 10
    while {thread.ident for thread in threads()} - before and monotonic() < until:
        sleep(0.05)
    assert not {thread.ident for thread in threads()} - before
    assert queue.empty()
