from collections.abc import Callable
from pathlib import Path
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
    assert f"{broken / TOPIC}:{kind}: There is no kind 'true-fals'. Did you mean 'true-false'?" in done.out
    assert "'related' names 'pick-none', which is no question of this course." in done.out
    assert done.err.endswith(": 2 findings.\n")


def test_findings_come_as_json_lines(run: Run, broken: Path):
    done = run("check", broken, "--json", home=broken / "home")

    assert done.status == 1
    assert {tuple(record) for record in done.records} == {("path", "line", "message")}
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
