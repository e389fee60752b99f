"""`coursekit runs`: the table, an export that is the run, and a removal that can be undone."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from coursekit.lab.point import Point

Run = Callable[..., Any]
RATES = (0.05, 0.4, 1000)


@pytest.fixture(scope="module")
def record(run: Run, shared_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that holds three runs of the bowl."""
    home = tmp_path_factory.mktemp("runs")
    for rate in RATES:
        run(
            "lab", "run", "bowl", "--set", f"learning_rate={rate}", "--set", "steps=60", course=shared_course, home=home
        )
    return home


@pytest.fixture
def runs(run: Run, shared_course: Path, record: Path, tmp_path: Path) -> Run:
    """Return what runs `coursekit runs bowl` on a home of its own with these runs."""
    home = shutil.copytree(record, tmp_path / "home")
    return lambda *words, **options: run("runs", "bowl", *words, course=shared_course, home=home, **options)


def first_column(done: Any) -> list[str]:
    assert done.status == 0, done.err
    return [line.split()[0] for line in done.out.splitlines()]


def timeless(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in record.items() if name != "seconds"} for record in records]


def test_the_table_has_a_line_for_each_run(runs: Run):
    done = runs()

    assert (done.status, done.err) == (0, "")
    header, *rows = [line.split() for line in done.out.splitlines()]
    assert " ".join(header) == (
        "run learning_rate steps optimizer validation_loss outcome points run.steps backend when"
    )
    assert [row[:4] for row in rows] == [[str(n), f"{r:g}", "60", "sgd"] for n, r in enumerate(RATES, 1)]
    assert [row[5:9] for row in rows][1:] == [
        ["finished", "2/3", "60", "numpy"],
        ["diverged", "0/3", rows[2][7], "numpy"],
    ]
    assert "\x1b" not in done.out


def test_it_is_sorted_by_a_column_and_keeps_the_numbers(runs: Run):
    assert first_column(runs("--sort", "validation_loss")) == ["run", "2", "1", "3"]
    assert first_column(runs("--sort", "validation_loss", "--reverse")) == ["run", "3", "1", "2"]
    assert first_column(runs("--reverse")) == ["run", "3", "2", "1"]
    assert [row["run"] for row in runs("--sort", "points", "--json").records] == [3, 1, 2]


def test_json_tells_a_whole_run_in_a_line(runs: Run):
    *_, row = runs("--json").records

    assert row["type"] == "run"
    assert (row["run"], row["outcome"], row["points"], row["out_of"]) == (3, "diverged", 0, 3)
    assert row["settings"] == {"learning_rate": 1000.0, "steps": 60, "optimizer": "sgd"}
    assert (row["config"]["learning_rate"], row["backend"], row["removed"]) == (1000.0, "numpy", None)


def test_a_lab_without_runs_is_said_to_have_none(run: Run, shared_course: Path, tmp_path: Path):
    done = run("runs", "bowl", course=shared_course, home=tmp_path)
    as_json = run("runs", "bowl", "--json", course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (0, "bowl has no runs yet.\n")
    assert (as_json.status, as_json.out) == (0, "")


def test_a_run_that_was_removed_comes_back(run: Run, runs: Run, shared_course: Path, tmp_path: Path):
    before = runs("--json").out
    removed = runs("--remove", 2)
    without, told = runs(), runs("--json").records
    progress = run("progress", "--json", course=shared_course, home=tmp_path / "home").records
    restored = runs("--restore", "2")

    assert removed.out == "Run 2 of bowl is removed; 'coursekit runs bowl --restore 2' brings it back.\n"
    assert without.out.splitlines()[-1] == "Removed: 2. 'coursekit runs bowl --restore N' brings one back."
    assert first_column(without) == ["run", "1", "3", "Removed:"]
    assert [row["run"] for row in told] == [1, 3]
    assert next(row["runs"] for row in progress if row["type"] == "lab") == 2
    assert restored.out == "Run 2 of bowl is in the table.\n"
    assert runs("--json").out == before


def test_removing_twice_or_all_is_no_error(runs: Run):
    first, again = (runs("--remove", "1", "--json").records for _ in range(2))
    for number in (2, 3):
        runs("--remove", number)

    assert first == again
    assert first[0]["removed"] is not None
    assert runs().out.splitlines()[0] == "All runs of bowl are removed."


@pytest.mark.parametrize("rate", RATES)
def test_an_export_as_json_is_what_the_run_printed(
    run: Run, runs: Run, shared_course: Path, tmp_path: Path, rate: float
):
    words = ("lab", "run", "bowl", "--set", f"learning_rate={rate}", "--set", "steps=60", "--json")
    printed = run(*words, course=shared_course, home=tmp_path / "other")

    done = runs("--export", RATES.index(rate) + 1)

    assert (done.status, done.err) == (0, "")
    assert timeless(done.records) == timeless(printed.records)
    assert [list(record) for record in done.records] == [list(record) for record in printed.records]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_replay_agrees_with_an_export(run: Run, runs: Run, tmp_path: Path, number: int):
    done = runs("--export", number, "--out", tmp_path / "run.jsonl")

    replayed = run("replay", tmp_path / "run.jsonl", "--json", home=tmp_path / "home")

    assert (done.status, done.out) == (0, "")
    assert (replayed.status, replayed.records[0]["agrees"]) == (0, True), replayed.out


def test_an_export_as_csv_is_a_table_with_the_same_numbers(runs: Run, tmp_path: Path):
    runs("--export", "3", "--out", tmp_path / "run.csv")
    as_json = runs("--export", "3").records[1:-1]

    header, *rows = csv.reader(StringIO((tmp_path / "run.csv").read_bytes().decode(), newline=""), strict=True)
    assert tuple(header) == Point._fields
    assert len(rows) == len(as_json)
    assert [row[0] for row in rows] == [str(step["step"]) for step in as_json]
    losses = [(row[1], step["loss"]) for row, step in zip(rows, as_json, strict=True)]
    assert all(text == "nan" if loss is None else float(text) == loss for text, loss in losses)


def test_an_export_to_a_file_says_so(runs: Run, tmp_path: Path):
    done = runs("--export", "3", "--out", tmp_path / "run.csv")

    assert (done.status, done.out, done.err) == (0, "", f"Written: {tmp_path / 'run.csv'}\n")


def test_an_export_as_svg_is_a_picture(runs: Run, tmp_path: Path):
    done = runs("--export", "2", "--out", tmp_path / "run.svg")

    assert (done.status, done.out) == (0, "")
    assert (tmp_path / "run.svg").read_text(encoding="utf-8").startswith("<svg xmlns=")


def test_a_format_can_be_named_and_goes_to_standard_output(runs: Run):
    piped, dashed = runs("--export", "1", "--format", "csv"), runs("--export", "1", "--format", "csv", "--out", "-")

    assert (piped.status, piped.err) == (dashed.status, dashed.err) == (0, "")
    assert piped.out.count("\r\n") == dashed.out.count("\r\n") == 61


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(runs: Run, tmp_path: Path):
    path = tmp_path / "run.csv"
    path.write_text("mine")

    refused = runs("--export", "1", "--out", path)
    after_refusal = path.read_text()
    replaced = runs("--export", "1", "--out", path, "--force")

    assert (refused.status, refused.out, after_refusal) == (2, "", "mine")
    assert "run.csv is there already. Take another name, or replace it with --force." in refused.err
    assert (replaced.status, replaced.err) == (0, f"Written: {path}\n")
    assert path.read_text().startswith("step,loss,")
    assert sorted(each.name for each in tmp_path.iterdir() if each.name != "home") == ["run.csv"]


CASES = [
    (("--export", "9"), "This lab has no run 9. Its runs are numbered 1 to 3."),
    (("--remove", "0"), "This lab has no run 0."),
    (("--restore", "-1"), "This lab has no run -1."),
    (("--export", "one"), "Argument --export: invalid int value: 'one'."),
    (("--sort", "lss"), "The table of runs has no column 'lss'. "),
    (("--sort", "pionts"), "Did you mean 'points'?"),
    (("--export", "1", "--format", "cvs"), "A run cannot be written as 'cvs'. Did you mean 'csv'?"),
    (("--export", "1", "--out", "run.txt"), "The name run.txt does not say in which form. Let it end in .csv,"),
    (("--export", "1", "--out", "/nowhere/run.csv"), "/nowhere/run.csv cannot be written: its folder does not exist."),
    (("--export", "1", "--out", "/proc/run.csv"), "/proc/run.csv cannot be written: "),
    (("--export", "1", "--out", "/dev/null", "--format", "csv", "--force"), "/dev/null is no ordinary file."),
    (("--export", "1", "--remove", "1"), "Argument --remove: not allowed with argument --export."),
    (("--out", "run.csv"), "'--out' goes with '--export N'."),
    (("--remove", "1", "--force"), "'--force' goes with '--export N'."),
    (("--export", "1", "--sort", "points"), "'--sort' is for the table and does not go with '--export'."),
    (("--export", "1", "--json"), "'--json' is for the table and does not go with '--export'."),
]


@pytest.mark.parametrize(("words", "said"), CASES)
def test_a_wrong_word_is_named_in_one_line(runs: Run, words: tuple[str, ...], said: str):
    done = runs(*words)

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("coursekit: ")
    assert len(done.err.splitlines()) == 1
    assert said in done.err


def test_a_lab_that_is_not_there_is_told(run: Run, shared_course: Path, tmp_path: Path):
    done = run("runs", "bowel", course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert "The course has no lab 'bowel'. Did you mean 'bowl'?" in done.err


def test_a_removed_run_is_not_exported(runs: Run, tmp_path: Path):
    runs("--remove", "1")

    done = runs("--export", "1", "--out", tmp_path / "run.csv")

    assert (done.status, done.out) == (2, "")
    assert "Run 1 of bowl is removed. Bring it back with 'coursekit runs bowl --restore 1'." in done.err
    assert not (tmp_path / "run.csv").exists()


def test_a_lab_that_changed_since_is_said_on_standard_error(run: Run, course_folder: Path, record: Path):
    lab = course_folder / "labs" / "bowl" / "lab.md"
    text = lab.read_text().replace("at_most: 1.0e-3", "at_most: 2.0e-4")
    lab.write_text(text.replace("  optimizer: {choices: [sgd, momentum]}\n", "  batch: {min: 1, max: 9, sets: seed}\n"))
    lab.write_text(lab.read_text().replace("  steps: 10\n", "  steps: 10\n  seed: 1\n", 1))

    done = run("runs", "bowl", "--export", "1", course=course_folder, home=record)
    table = run("runs", "bowl", course=course_folder, home=record)

    assert done.status == 0
    assert len(done.records) == 62
    assert "The knobs of bowl changed since run 1: optimizer is gone; batch is new." in done.err
    assert "batch  optimizer" in table.out.splitlines()[0]


def test_a_table_and_an_export_go_through_a_pipe_that_closes(
    environment: Callable[..., dict[str, str]], runs: Run, shared_course: Path, tmp_path: Path
):
    command = f"{sys.executable} -P -m coursekit --course {shared_course} --home {tmp_path / 'home'} runs bowl"

    for words in ("", "--json", "--export 1", "--export 1 --format csv"):
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"{command} {words} | head -1; {command} {words} | true"],
            env=environment(tmp_path / "home"),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count("\n") == 1
