import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from coursekit.store.store import open_store
from tests.lab.code.conftest import STEP, WRITE, write_lab

Run = Callable[..., Any]
GOOD, TURNED = STEP["reference.py"], STEP["wrong/sign_turned.py"]


@pytest.fixture
def folder(course_folder: Path) -> Path:
    """Return a tiny course with a lab of code."""
    write_lab(course_folder, "step", STEP)
    return course_folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "step.py").write_text(TURNED)
    return tmp_path / "mine" / "step.py"


def test_a_lab_is_begun_in_a_folder_and_says_what_is_next(run: Run, folder: Path, tmp_path: Path):
    done = run("lab", "start", "step", tmp_path / "work", course=folder, home=tmp_path)

    assert done.status == 0
    assert (tmp_path / "work" / "step.py").read_text() == STEP["starter.py"]
    assert done.out.startswith("Write one step: write sgd_step() in ")
    assert "  coursekit lab watch step " in done.out
    assert "  coursekit lab grade step " in done.out


def test_it_begins_here_when_no_folder_is_named(run: Run, folder: Path, tmp_path: Path):
    done = run("lab", "start", "step", course=folder, home=tmp_path, cwd=tmp_path)

    assert done.status == 0
    assert "write sgd_step() in step.py" in done.out
    assert (tmp_path / "step.py").exists()


def test_a_file_is_kept_unless_it_is_reset(run: Run, folder: Path, file: Path, tmp_path: Path):
    kept = run("lab", "start", "step", file.parent, course=folder, home=tmp_path)
    reset = run("lab", "start", "step", file.parent, "--reset", course=folder, home=tmp_path)

    assert (kept.status, kept.out) == (2, "")
    assert "is there already and stays as it is" in kept.err
    assert reset.status == 0
    assert "What was there is kept as " in reset.out
    assert file.read_text() == STEP["starter.py"]
    assert file.with_name("step.py.backup").read_text() == TURNED


def test_a_grade_is_told_check_by_check(run: Run, folder: Path, file: Path, tmp_path: Path):
    done = run("lab", "grade", "step", file, "--seed", "3", course=folder, home=tmp_path)

    assert done.status == 1
    lines = done.out.splitlines()
    assert lines[0] == "✗ one step (2 points): The step goes up the slope: the sign is turned."
    assert lines[1].startswith("    [0] is ")
    assert lines[2].startswith("    case 1    sgd_step(array([")
    assert lines[3].startswith("    expected  array([")
    assert lines[4].startswith("    got       array([")
    assert lines[5] == "✓ inputs (1 point)"
    assert lines[6] == "✗ large steps (3 points, hidden): The step goes up the slope: the sign is turned."
    assert lines[7] == "1 of 6 points from 3 checks: 1 of 2 public; 0 of 1 hidden."
    assert lines[8] == "Seed 3; the same cases come again with --seed 3."
    assert lines[9].startswith("Sandbox: tier ")
    assert len(lines) == 10


def test_a_full_grade_ends_with_0(run: Run, folder: Path, file: Path, tmp_path: Path):
    file.write_text(GOOD)

    done = run("lab", "grade", "step", file, course=folder, home=tmp_path)

    assert done.status == 0
    assert "6 of 6 points from 3 checks: 2 of 2 public; 1 of 1 hidden." in done.out


def test_hints_that_were_used_count_in_the_attempt_that_the_grade_makes(
    run: Run, folder: Path, file: Path, tmp_path: Path
):
    (folder / "content" / "1-basics" / "2-written.md").write_text(WRITE)
    file.write_text(GOOD)

    done = run("lab", "grade", "step", file, "--hints", "1", course=folder, home=tmp_path)

    assert done.out.splitlines()[-1].startswith("Question write-step: 2 of 2 points · 1 hint used · due again in ")
    with closing(open_store(tmp_path, "tiny", datetime.now(UTC))) as store:
        (attempt,) = store.attempts()
        assert attempt.hints == 1
        assert [review.rating for review in store.seeing.reviews("write-step")] == ["hard"]


def test_a_grade_counts_for_the_questions_that_ask_for_its_functions(
    run: Run, folder: Path, file: Path, tmp_path: Path
):
    (folder / "content" / "1-basics" / "2-written.md").write_text(WRITE)
    wrong = run("lab", "grade", "step", file, course=folder, home=tmp_path)
    file.write_text(GOOD)
    right = run("lab", "grade", "step", file, course=folder, home=tmp_path)
    again = run("lab", "grade", "step", file, course=folder, home=tmp_path)
    progress = run("progress", course=folder, home=tmp_path)
    asked = run("ask", "write-step", "--plain", course=folder, home=tmp_path)

    assert wrong.out.splitlines()[-1].startswith("Question write-step: 0.33 of 2 points · due again in ")
    assert right.out.splitlines()[-1].startswith("Question write-step: 2 of 2 points · due again in ")
    assert "Question" not in again.out
    assert "1 of 1 tried" in progress.out
    assert "lab step 3 grades graded 6 of 6 points" in " ".join(progress.out.split())
    assert "Begin with: coursekit lab start step" in asked.out
    assert "In the lab: at the last grade sgd_step earned 6 of 6 points; 6 of 6 points in all." in " ".join(
        asked.out.split()
    )


def test_a_folder_stands_for_the_file_that_was_begun_in_it(run: Run, folder: Path, file: Path, tmp_path: Path):
    done = run("lab", "grade", "step", file.parent, course=folder, home=tmp_path)

    assert (done.status, done.err) == (1, "")
    assert "1 of 6 points" in done.out


def test_what_is_said_of_one_check_is_not_said_again(run: Run, folder: Path, file: Path, tmp_path: Path):
    file.write_text("def sgd_step(:\n")

    done = run("lab", "grade", "step", file, course=folder, home=tmp_path)

    assert done.out.count("SyntaxError") == 1
    assert "! inputs (1 point): as above" in done.out


def test_a_starter_is_told_without_a_case(run: Run, folder: Path, file: Path, tmp_path: Path):
    file.write_text(STEP["starter.py"])

    done = run("lab", "grade", "step", file, course=folder, home=tmp_path)

    assert done.out.splitlines()[:3] == [
        "! one step (2 points): Not written yet.",
        "! inputs (1 point): Not written yet.",
        "! large steps (3 points, hidden): Not written yet.",
    ]


def test_an_error_is_told_to_who_reads_json_too(run: Run, folder: Path, file: Path, tmp_path: Path):
    file.write_bytes(b"# \xff\n")

    done = run("lab", "grade", "step", file, "--json", course=folder, home=tmp_path)

    (record,) = done.records
    assert done.status == 2
    assert record["type"] == "error"
    assert "is not in UTF-8" in record["message"]
    assert "is not in UTF-8" in done.err


def test_the_tier_that_was_used_stands_beside_the_grade(run: Run, folder: Path, file: Path, tmp_path: Path):
    done = run("lab", "grade", "step", file, course=folder, home=tmp_path, env={"COURSEKIT_SANDBOX": "1"})

    assert "Sandbox: tier 1, a process of its own, not confined: run only code that you trust." in done.out


def test_each_grade_draws_a_seed_of_its_own(run: Run, folder: Path, file: Path, tmp_path: Path):
    grades = [run("lab", "grade", "step", file, "--json", course=folder, home=tmp_path) for _ in range(2)]

    (one,), (two,) = (done.records for done in grades)
    assert one["config"]["seed"] != two["config"]["seed"]


def test_a_grade_is_recorded_with_its_text_and_seed(run: Run, folder: Path, file: Path, tmp_path: Path):
    done = run("lab", "grade", "step", file, "--json", course=folder, home=tmp_path)

    (record,) = done.records
    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as db:
        ((config, points, out_of),) = db.execute("select config, points, out_of from lab_grade").fetchall()
    assert json.loads(config)["code"] == TURNED
    assert json.loads(config)["seed"] == record["config"]["seed"]
    assert (points, out_of) == (1, 6)


def test_a_hidden_case_is_in_no_output(run: Run, folder: Path, file: Path, tmp_path: Path):
    file.write_text("def sgd_step(w, g, rate):\n    if rate > 1: print('SEC' + 'RET', w)\n    return w\n")

    done = run("lab", "grade", "step", file, "--json", course=folder, home=tmp_path)

    assert "SECRET" not in done.out + done.err
    assert done.records[0]["checks"][2]["case"] is None


def test_what_is_printed_is_cut_and_made_safe(run: Run, folder: Path, file: Path, tmp_path: Path):
    file.write_text("def sgd_step(w, g, rate):\n    print('\\x1b[2J' + 'x\\n' * 1000)\n    return w\n")

    done = run("lab", "grade", "step", file, course=folder, home=tmp_path)

    assert "\x1b" not in done.out
    assert "… 980 lines more" in done.out
    assert len(done.out.splitlines()) < 60


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("grade", "step", "none.py"), "none.py cannot be read: No such file or directory."),
        (("watch", "step", "--set", "a=1"), "takes no --set: it goes with 'lab run' and 'lab grade' and 'lab way'."),
        (
            ("grade", "step", "FILE", "--reset"),
            "'coursekit lab grade' takes no --reset: it goes with 'lab start'. Leave it out.",
        ),
        (("start", "step", "FILE"), "step.py is there already and stays as it is."),
        (("grade", "step", "FILE", "--set", "a=1"), "The lab step has no knobs to set"),
        (("grade", "bowl", "FILE"), "it takes no file. Turn its knobs with --set."),
        (("start", "bowl"), "turn its knobs with 'coursekit lab run bowl'"),
        (("watch", "bowl", "FILE"), "turn its knobs with 'coursekit lab run bowl'"),
        (("watch", "step", "none.py"), "none.py cannot be read"),
        (("grade", "step", "FILE", "--seed", "-1"), "A seed is 0 or above"),
        (("grade", "step", "FILE", "--hints", "2"), "The lab step has 1 hint, so you cannot have used 2."),
        (("grade", "step", "FILE", "--hints", "-1"), "The lab step has 1 hint, so you cannot have used -1."),
        (("grade", "bowl", "--hints", "1"), "--hints goes with the grade of a file that you write."),
        (
            ("run", "bowl", "--hints", "1"),
            "'coursekit lab run' takes no --hints: it goes with 'lab grade' and 'lab hint'. Leave it out.",
        ),
        (("run", "bowl", "--seeds", "7"), "'coursekit lab run' takes no --seeds: it goes with 'lab grade'."),
        (("way", "bowl", "--backend", "numpy"), "'coursekit lab way' takes no --backend: it goes with 'lab run'."),
        (("grade", "step", "FILE", "--fault", "1"), "grades the file that you write. Leave --seeds and --fault out."),
        (("run", "step"), "coursekit lab start step"),
        (("run", "bowl", "FILE"), "takes no file"),
        (("way", "bowl", "FILE"), "takes no file"),
        (("grade", "stepp", "FILE"), "Did you mean 'step'?"),
    ],
)
def test_a_wrong_word_is_told(run: Run, folder: Path, file: Path, tmp_path: Path, words: tuple[str, ...], message: str):
    done = run("lab", *(file if word == "FILE" else word for word in words), course=folder, home=tmp_path)

    assert done.status == 2
    assert message in done.err
    assert done.out == ""


def test_a_broken_lab_is_told_as_the_courses_fault(run: Run, folder: Path, file: Path, tmp_path: Path):
    write_lab(folder, "step", {"cases.py": "import numpy as np\n\nnp.nothing()\n"})

    done = run("lab", "grade", "step", file, course=folder, home=tmp_path)

    assert done.status == 2
    assert "labs/step/cases.py:3: AttributeError" in done.err
    assert "This is the course's fault, not yours." in done.err


def test_the_proof_of_a_lab_of_code_is_part_of_the_check(run: Run, folder: Path, tmp_path: Path):
    good = run("check", "--labs", course=folder, home=tmp_path)
    write_lab(folder, "step", {"wrong/none.py": f'"""No slip."""\n{GOOD}'})
    bad = run("check", "--labs", course=folder, home=tmp_path)

    assert "labs/step" not in good.out + good.err
    assert "wrong/none.py:1" in bad.out
    assert "passes every check" in bad.out


def test_a_recorded_grade_can_be_made_again(run: Run, folder: Path, file: Path, tmp_path: Path):
    done = run("lab", "grade", "step", file, "--json", course=folder, home=tmp_path)
    (tmp_path / "grade.json").write_text(done.out)
    again = run("replay", tmp_path / "grade.json", course=folder, home=tmp_path)
    assert (again.status, again.err) == (0, "")
    assert "The grade agrees." in again.out


def test_labs_of_code_are_listed(run: Run, folder: Path, tmp_path: Path):
    done = run("list", "labs", "--json", course=folder, home=tmp_path)

    (listed,) = [record for record in done.records if record["name"] == "step"]
    assert (listed["kind"], listed["points"]) == ("code", 6)


class Watcher:
    """A `lab watch` that runs."""

    def __init__(self, folder: Path, file: Path, environment: dict[str, str]) -> None:
        self.log = file.with_name("log")
        command = [sys.executable, "-P", "-m", "coursekit", "--course", folder, "lab", "watch", "step", file]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdout=log, stderr=subprocess.STDOUT, env=environment
            )

    def shows(self, text: str, times: int = 1) -> str:
        """Wait until the text was printed so many times; return all that was."""
        until = monotonic() + 30
        while (printed := self.log.read_text()).count(text) < times:
            assert monotonic() < until, printed
            sleep(0.05)
        return printed


@pytest.fixture
def watcher(
    folder: Path, file: Path, environment: Callable[[Path | None], dict[str, str]], tmp_path: Path
) -> Iterator[Watcher]:
    watcher = Watcher(folder, file, environment(tmp_path))
    yield watcher
    watcher.process.kill()
    watcher.process.wait()


@pytest.mark.slow
def test_a_file_is_checked_at_each_save_until_ctrl_c(watcher: Watcher, file: Path):
    first = watcher.shows("1 of 2 public; 1 hidden not run here. Checks again when you save; Ctrl-C ends.")
    file.write_text(GOOD)
    watcher.shows("2 of 2 public; 1 hidden not run here. Now 'coursekit lab grade step ")
    watcher.process.send_signal(signal.SIGINT)

    assert watcher.process.wait(timeout=10) == 0
    assert "✗ one step (2 points): The step goes up the slope: the sign is turned." in first
    assert "large steps" not in watcher.log.read_text()
    assert "Traceback" not in watcher.log.read_text()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("words", "is_cleared"), [((), True), (("--plain",), False)])
def test_in_a_terminal_each_save_begins_on_an_empty_screen_unless_it_is_plain(
    folder: Path, file: Path, environment: Any, tmp_path: Path, words: tuple[str, ...], is_cleared: bool
):
    master, slave = pty.openpty()
    command = [sys.executable, "-P", "-m", "coursekit", "--course", folder, "lab", "watch", "step", file, *words]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment(tmp_path)) as process:
        os.close(slave)
        said = ""
        while "Ctrl-C ends." not in said:
            said += os.read(master, 10_000).decode()
        process.send_signal(signal.SIGINT)
        status = process.wait(timeout=10)
    os.close(master)

    assert status == 0
    assert ("\x1b" in said) is is_cleared


@pytest.mark.slow
def test_a_broken_lab_is_told_while_watching(watcher: Watcher, folder: Path, file: Path):
    watcher.shows("not run here")
    write_lab(folder, "step", {"cases.py": "1 / 0\n"})
    file.write_text(GOOD)

    told = watcher.shows("This is the course's fault, not yours.")
    assert "Traceback" not in told


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the parent's death ends a child at once on Linux")
def test_a_watcher_that_is_killed_leaves_no_process(watcher: Watcher, file: Path):
    watcher.shows("not run here")
    file.write_text("import time\n\ndef sgd_step(w, g, rate):\n    time.sleep(60)\n")
    watcher.shows("Write one step", times=2)
    sleep(1)
    group = _descendants(watcher.process.pid)
    assert group

    os.kill(watcher.process.pid, signal.SIGKILL)
    watcher.process.wait()

    until = monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() and not _is_zombie(pid) for pid in group) and monotonic() < until:
        sleep(0.05)
    assert not [pid for pid in group if Path(f"/proc/{pid}").exists() and not _is_zombie(pid)]


def _descendants(pid: int) -> list[int]:
    parents = {int(path.name): _stat(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found, wave = list[int](), [pid]
    while wave:
        wave = [child for child, facts in parents.items() if facts and int(facts[1]) in wave]
        found += wave
    return found


def _is_zombie(pid: int) -> bool:
    return _stat(pid)[:1] == ["Z"]


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
