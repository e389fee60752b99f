import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest

Run = Callable[..., Any]
TOPIC = Path("content") / "1-basics" / "1-steps.md"


def line_of(path: Path, word: str) -> int:
    return path.read_text().splitlines().index(word) + 1


@pytest.fixture
def broken(course_folder: Path) -> Path:
    path = course_folder / TOPIC
    text = path.read_text().replace("kind: true-false", "kind: true-fals").replace("[pick-many]", "[pick-none]")
    path.write_text(text)
    return course_folder


def test_a_good_course_has_no_findings(run: Run, shared_course: Path, tmp_path: Path):
    done = run("check", shared_course, home=tmp_path)

    assert (done.status, done.out) == (0, "")
    assert done.err == "6 questions, 1 topic, 1 lab: no findings.\n"


def test_findings_are_told_by_file_and_line_with_status_1(run: Run, broken: Path):
    done = run("check", course=broken, home=broken / "home")

    kind = line_of(broken / TOPIC, "kind: true-fals")
    assert done.status == 1
    assert len(done.out.splitlines()) == 2
    assert f"{broken / TOPIC}:{kind}: error: There is no kind 'true-fals'. Did you mean 'true-false'?" in done.out
    assert "'related' names 'pick-none', which is no question of this course." in done.out
    assert done.err.endswith(": 2 errors.\n")


def test_findings_come_as_json_lines(run: Run, broken: Path):
    done = run("check", broken, "--json", home=broken / "home")

    assert done.status == 1
    assert {tuple(record) for record in done.records} == {("type", "path", "line", "code", "severity", "message")}
    assert line_of(broken / TOPIC, "kind: true-fals") in [record["line"] for record in done.records]


def test_a_duplicate_id_names_both_places(run: Run, course_folder: Path):
    path = course_folder / TOPIC
    path.write_text(path.read_text().replace("id: pick-many", "id: pick-one"))

    (finding,) = [r for r in run("check", course_folder, "--json").records if "is taken" in r["message"]]

    first = line_of(path, "## Half of the noise")
    assert finding["line"] == line_of(path, "## What turns a step")
    assert f"The id 'pick-one' is taken by {path}:{first}." in finding["message"]


@pytest.mark.slow
def test_the_proof_of_each_lab_is_run_when_asked_but_for_broken_ones(run: Run, course_folder: Path):
    lab = course_folder / "labs" / "bowl" / "lab.md"
    lab.write_text(lab.read_text().replace("solution: {learning_rate: 0.4}", "solution: {learning_rate: 0.06}"))
    (course_folder / "labs" / "broken").mkdir()
    (course_folder / "labs" / "broken" / "lab.md").write_text("no front matter\n")

    without = run("check", course_folder, "--json", home=course_folder / "home")
    done = run("check", course_folder, "--labs", "--json", home=course_folder / "home")

    assert (without.status, done.status) == (1, 1)
    assert [Path(record["path"]).parent.name for record in without.records] == ["broken"]
    assert done.records[:1] == without.records
    for finding in done.records[1:]:
        assert (finding["path"], finding["line"]) == (str(lab), line_of(lab, "solution: {learning_rate: 0.06}"))
        assert "The solution misses a goal" in finding["message"]


@pytest.mark.slow
def test_labs_are_proved_without_a_home(homeless: Run, shared_course: Path):
    done = homeless("check", shared_course, "--labs")

    assert (done.status, done.out) == (0, "")
    assert done.err == "6 questions, 1 topic, 1 lab run: no findings.\n"


def test_a_path_that_is_no_course_is_wrong_usage(run: Run, tmp_path: Path):
    done = run("check", tmp_path / "none", home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert "is no course: it does not exist." in done.err


def test_findings_come_as_annotations_of_a_pull_request(run: Run, broken: Path):
    done = run("check", broken, "--format", "github", home=broken / "home")

    first = done.out.splitlines()[0]
    kind = line_of(broken / TOPIC, "kind: true-fals")
    assert first.startswith(
        f"::error file={broken / TOPIC},line={kind},title=unknown-word::There is no kind 'true-fals'."
    )
    assert done.status == 1


def test_a_warning_counts_only_when_asked(run: Run, course_folder: Path):
    path = course_folder / TOPIC
    path.write_text(path.read_text().replace("Warm-up always", "TODO: Warm-up always"))

    lenient, strict = run("check", course_folder), run("check", course_folder, "--strict")

    assert "warning: Something is left to do here. [todo]" in lenient.out
    assert lenient.err.endswith(": 1 warning.\n")
    assert (lenient.status, strict.status) == (0, 1)


def test_one_file_is_checked_with_its_course(run: Run, broken: Path):
    other = broken / "content" / "2-more.md"
    other.write_text("---\ntitle: More\n---\n\n## Q\n\nno fence\n")

    one, all_of_it = run("check", other), run("check", broken)

    assert {line.split(":")[0] for line in one.out.splitlines()} == {str(other)}
    assert len(all_of_it.out.splitlines()) == 3
    assert run("check", broken.parent / "elsewhere.md").status == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: true-false", "kind: true-fals", "'true-fals' is now 'true-false'."),
        ("points: 2", "ponts: 2", "'ponts' is now 'points'."),
        ("### Hint\n\nAlways?", "### Hnt\n\nAlways?", "'Hnt' is now 'Hint'."),
        ("### Hint\n\nAlways?", "#### Hint\n\nAlways?", "'####' is now '###'."),
    ],
)
def test_what_is_safe_to_mend_is_mended_and_nothing_else(run: Run, course_folder: Path, old: str, new: str, said: str):
    path = course_folder / TOPIC
    good = path.read_text()
    assert old in good
    path.write_text(good.replace(old, new, 1))
    path.chmod(0o640)

    done = run("check", course_folder, "--fix")

    assert said in done.err
    assert (done.status, done.out) == (0, "")
    assert path.read_text() == good
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_is_in_doubt_is_left_alone(run: Run, broken: Path):
    (broken / TOPIC).write_text((broken / TOPIC).read_text().replace("kind: true-fals", "kind: something"))
    before = (broken / TOPIC).read_text()

    done = run("check", broken, "--fix")

    assert done.status == 1
    assert (broken / TOPIC).read_text() == before


@pytest.mark.slow
def test_a_stale_key_is_mended_by_its_run(run: Run, course_folder: Path, tmp_path: Path):
    path = course_folder / TOPIC
    path.write_text(path.read_text().replace("learning_rate: 1.5", "learning_rate: 0.4"))

    done = run("check", course_folder, "--fix", home=tmp_path)

    assert (done.status, "guess-run  converges  (was diverges)" in done.out) == (0, True)


def test_what_was_found_is_kept_and_found_again(run: Run, broken: Path, tmp_path: Path):
    cold = run("check", broken, home=tmp_path)
    (cache,) = (tmp_path / "cache").glob("*.check.json")
    warm = run("check", broken, home=tmp_path)
    (broken / TOPIC).write_text((broken / TOPIC).read_text().replace("[pick-none]", "[pick-many]"))
    mended = run("check", broken, home=tmp_path)
    cache.write_text("{" * 10)
    again = run("check", broken, home=tmp_path)
    cache.unlink()

    assert (cold.out, cold.status) == (warm.out, warm.status)
    assert len(mended.out.splitlines()) == 1
    assert again.out == mended.out == run("check", broken, home=tmp_path).out
    assert cache.exists()


def test_a_change_elsewhere_is_seen_where_it_counts(run: Run, course_folder: Path, tmp_path: Path):
    assert run("check", course_folder, home=tmp_path).status == 0
    lab = course_folder / "labs" / "bowl" / "lab.md"
    lab.write_text(lab.read_text().replace("eigenvalues: [2.0]", "eigenvalues: [3.0]"))

    assert "[stale-key]" in run("check", course_folder, home=tmp_path).out


def test_watching_checks_again_on_every_save(course_folder: Path, tmp_path: Path):
    command = [
        sys.executable,
        "-m",
        "coursekit",
        "--home",
        str(tmp_path / "home"),
        "check",
        str(course_folder),
        "--watch",
    ]
    path = course_folder / TOPIC
    with started(command) as watching:
        assert "no findings" in watching.stderr.readline()
        broken, is_seen = path.read_text().replace("kind: true-false", "kind: true-fals"), Event()
        saving = Thread(target=save_until, args=(path, broken, is_seen), daemon=True)
        saving.start()
        assert watching.stderr.readline() == "\n"
        is_seen.set()
        assert "1 error" in watching.stderr.readline()
        saving.join()
        sleep(0.5)  # it waits for the next save again
        watching.send_signal(signal.SIGINT)
        assert watching.wait(30) == 1
        assert "There is no kind" in watching.stdout.read()


@contextmanager
def started(command: list[str]) -> Iterator[Any]:
    """Start a command that goes on; leaving kills it, whatever was found."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes, preexec_fn=_interruptible) as process:  # noqa: PLW1509  no threads here
        try:
            yield process
        finally:
            process.kill()


def _interruptible() -> None:
    """Take SIGINT again, which is ignored in what a shell has put into the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def save_until(path: Path, text: str, is_seen: Event) -> None:
    """Save again and again: nobody tells when the watch has begun."""
    while not is_seen.is_set():
        path.write_text(text)
        is_seen.wait(1)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["labs/bowl/lab.md", "labs/bowl"])
def test_one_lab_is_proved_alone(run: Run, course_folder: Path, tmp_path: Path, path: str):
    other = course_folder / "labs" / "other"
    shutil.copytree(course_folder / "labs" / "bowl", other)
    text = (other / "lab.md").read_text(encoding="utf-8")
    (other / "lab.md").write_text(
        text.replace("solution: {learning_rate: 0.4}", "solution: {learning_rate: 0.01}", 1), encoding="utf-8"
    )

    one = run("check", course_folder / path, "--labs", home=tmp_path)
    all_of_them = run("check", course_folder, "--labs", home=tmp_path)

    assert (one.status, one.out) == (0, "")
    assert one.err.endswith("labs/bowl/lab.md: no findings.\n")
    assert all_of_them.status == 1


def test_a_zip_is_not_taken_for_a_file_of_the_course_around_it(run: Run, course_folder: Path):
    built = run("build", course_folder, "--out", course_folder / "tiny.zip")
    done = run("check", course_folder / "tiny.zip")

    assert (built.status, done.status, done.out) == (0, 2, "")
    assert "is a pack. Install it with 'coursekit course add" in done.err


def test_what_is_left_to_do_in_the_front_of_a_course_is_found(run: Run, course_folder: Path):
    front = course_folder / "content" / "course.md"
    front.write_text(front.read_text(encoding="utf-8") + "\nTODO Say whom it is for.\n", encoding="utf-8")

    done = run("check", course_folder)

    assert (done.status, len(done.out.splitlines())) == (0, 1)
    assert "course.md:" in done.out
    assert done.out.endswith("[todo]\n")
