"""A run is made again from its record and written whole."""

import csv
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from math import inf, nan
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.export import changes, exporter, exporter_for, formats, make_again, refuse_target, save
from coursekit.lab.exports import ExportedRun
from coursekit.lab.goals import Goal, GoalResult
from coursekit.lab.point import Point
from coursekit.lab.record import recorded_run
from coursekit.lab.replay import read_record
from coursekit.lab.report import LabReport, Trial, run_lab
from coursekit.store.labs import LabRun

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RUN = ExportedRun(
    lab="bowl",
    title='Down a «small» bowl, <fast> & "well"\u2028\x07',
    config={"model": {"name": "quadratic"}, "note": "é"},
    provenance={"versions": {"numpy": "2"}},
    outcome="finished",
    goals=(GoalResult(Goal("validation_loss", 0.001, True, 2), 0.1 + 0.2, met=False),),
    points=(
        Point(1, 1 / 3, None, 0.1, 1, inf, 1e-5),
        Point(2, nan, 1e-300, 0.1, 2, -inf, 2e-5, 0.5),
    ),
)
MEASURED = replace(RUN, points=(), trials=(Trial(1, {"rows": 32, "said": 'a "b",\nc'}), Trial(2, {"rows": None})))
ALL = (RUN, replace(RUN, points=(), outcome="stopped"), replace(RUN, goals=()))


@pytest.fixture
def bowl(course: Course) -> Lab:
    return load_lab(course, "bowl")


def recorded(lab: Lab, **knobs: Any) -> tuple[LabRun, LabReport]:
    """Run a lab and return what the record keeps of it, and what happened."""
    config = lab.configure(knobs)
    *_, report = run_lab(lab, config)
    assert isinstance(report, LabReport)
    return replace(recorded_run(lab, config, report, NOW), number=1), report


def timeless(points: tuple[Point, ...]) -> list[Point]:
    return [point._replace(seconds=0.0) for point in points]


def table(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("name", formats())
def test_every_format_writes_any_run_the_same_way_twice(name: str):
    form = exporter(name)

    for run in ALL:
        text = form.write(run)
        assert text
        assert text == form.write(run)
        assert not set(text) & {"\x07", "\x1b", "\u2028"}
        text.encode("utf-8")


@pytest.mark.parametrize("name", formats())
def test_a_format_is_found_by_its_own_name_and_suffix(name: str):
    form = exporter(name)

    assert exporter_for(Path(f"run.{name}")) == exporter_for(Path(f"a.b/RUN{form.suffix.upper()}")) == form


@pytest.mark.parametrize("path", ["run", "run.", "run.txt", ".csv", "run.csv.bak"])
def test_a_name_that_says_no_form_is_told_which_do(path: str):
    with pytest.raises(UsageError, match=r"does not say in which form\. Let it end in \.csv, \.jsonl"):
        exporter_for(Path(path))
    with pytest.raises(UsageError, match=r"cannot be written as 'cvs'\. Did you mean 'csv'\?"):
        exporter("cvs")


def test_csv_has_a_line_for_each_step_with_every_digit():
    text = exporter("csv").write(RUN)

    header, *rows = table(text)
    assert tuple(header) == Point._fields
    assert rows == [
        ["1", "0.3333333333333333", "", "0.1", "1", "inf", "1e-05", ""],
        ["2", "nan", "1e-300", "0.1", "2", "-inf", "2e-05", "0.5"],
    ]
    assert text.count("\r\n") == text.count("\n") == 3
    assert float(rows[0][1]) == 1 / 3


def test_csv_of_a_measurement_has_a_line_for_each_trial():
    assert table(exporter("csv").write(MEASURED)) == [
        ["trial", "rows", "said"],
        ["1", "32", 'a "b",\nc'],
        ["2", "", ""],
    ]


def test_json_is_strict_and_tells_the_goals_with_their_verdicts():
    start, *steps, result = [json.loads(line, parse_constant=pytest.fail) for line in _json_lines(RUN)]

    assert start == {"type": "start", "config": dict(RUN.config), "versions": {"numpy": "2"}}
    assert [(step["loss"], step["gradient_norm"]) for step in steps] == [(1 / 3, None), (None, None)]
    assert (result["outcome"], result["score"]) == ("finished", {"points": 0, "out_of": 2})
    assert [(goal["value"], goal["met"]) for goal in result["goals"]] == [(0.1 + 0.2, False)]


def _json_lines(run: ExportedRun) -> list[str]:
    return exporter("json").write(run).splitlines()


def test_svg_is_one_picture_that_says_what_it_shows(bowl: Lab):
    made = make_again(bowl, recorded(bowl, learning_rate=0.4)[0], None)

    text = exporter("svg").write(replace(made, title=RUN.title))

    picture = ElementTree.fromstring(text)
    words = {child.tag.rpartition("}")[2]: child.text or "" for child in picture if child.get("id")}
    assert words["title"].startswith('Down a «small» bowl, <fast> & "well"')
    assert "Loss: " in words["desc"]
    assert "The run finished. Goal: validation loss ≤ 0.001: " in words["desc"]
    assert "target 0.001" in text
    assert "loss</text>" in text
    assert "training</text>" not in text  # without data there is one loss, so one line


def test_svg_of_a_run_that_leaves_has_a_log_axis_and_of_data_two_lines(bowl: Lab):
    far = make_again(bowl, recorded(bowl, learning_rate=1000, steps=100)[0], None)
    on_data = replace(RUN, config={"data": "digits"}, outcome="finished", points=_falling())

    assert "loss, log scale</text>" in exporter("svg").write(far)
    assert "loss</text>" in exporter("svg").write(on_data)
    assert "validation</text>" in exporter("svg").write(on_data)


def _falling() -> tuple[Point, ...]:
    return tuple(Point(n, 1 / n, 2 / n if n % 2 else None, 0.1, n, 1.0, 1e-5) for n in range(1, 9))


def test_a_measurement_has_no_curve():
    with pytest.raises(UsageError, match=r"no curve to draw\. Write it as csv or json\."):
        exporter("svg").write(MEASURED)


def test_a_run_made_again_is_the_one_that_was_recorded(bowl: Lab):
    run, report = recorded(bowl, learning_rate=0.4)

    made = make_again(bowl, run, None)

    assert timeless(made.points) == timeless(report.points)
    assert (made.lab, made.title, made.outcome) == ("bowl", "Down a small bowl", "finished")
    assert (dict(made.config), made.goals) == (run.config, report.goals)
    assert "numpy" in made.provenance["versions"]
    assert list(changes(bowl, run, made)) == []
    assert len(read_record([line.encode() for line in _json_lines(made)], "run.jsonl").steps) == 10


def test_a_diverged_run_is_written_up_to_where_it_ended(bowl: Lab):
    run, _ = recorded(bowl, learning_rate=1000, steps=100)

    made = make_again(bowl, run, None)

    assert made.outcome == "diverged"
    header, *rows = table(exporter("csv").write(made))
    assert len(rows) == run.steps < 100
    assert float(rows[-1][header.index("loss")]) > 1e300
    assert list(changes(bowl, run, made)) == []


def test_a_stopped_run_is_kept_as_far_as_it_went(bowl: Lab):
    run, report = recorded(bowl, learning_rate=0.4)
    stopped = replace(run, outcome="stopped", steps=4, points=0.0)

    made = make_again(bowl, stopped, None)

    assert timeless(made.points) == timeless(report.points[:4])
    assert (made.outcome, [goal.met for goal in made.goals]) == ("stopped", [False, False])
    assert list(changes(bowl, stopped, made)) == []
    assert make_again(bowl, replace(stopped, steps=0), None).points == ()


def test_a_lab_that_changed_since_is_said_and_its_run_made_all_the_same(bowl: Lab):
    run, report = recorded(bowl, learning_rate=0.4)
    newer = replace(bowl, knobs=bowl.knobs[:2], goals=(replace(bowl.goals[0], bound=-1.0),))

    made = make_again(newer, run, None)

    assert timeless(made.points) == timeless(report.points)
    assert list(changes(newer, run, made)) == [
        "The knobs of bowl changed since run 1: optimizer is gone. It is run as it was set then.",
        "Run 1 finished with 3 of 3 points when it was recorded, and finished with 0 of 2 now: its lab or the trainer "
        "changed since.",
    ]


@pytest.mark.parametrize("config", [{}, {"model": "gone", "optimizer": "sgd", "learning_rate": 1.0, "steps": 1}])
def test_a_configuration_of_which_this_coursekit_knows_nothing_is_told(bowl: Lab, config: Mapping[str, Any]):
    run = replace(recorded(bowl)[0], config=dict(config))

    with pytest.raises(UsageError, match=r"Run 1 of bowl cannot be made again with this coursekit\. .*model"):
        make_again(bowl, run, None)


def test_a_file_is_written_whole_and_never_over_another_unless_asked(tmp_path: Path):
    path = tmp_path / "run.csv"

    save(path, "é\r\n")
    with pytest.raises(UsageError, match=r"run\.csv is there already\. .* --force"):
        save(path, "other")
    assert path.read_bytes() == "é\r\n".encode()
    save(path, "new", force=True)

    assert path.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["run.csv"]


def test_what_a_link_points_to_is_replaced_and_the_link_stays(tmp_path: Path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")

    save(tmp_path / "link.csv", "new", force=True)

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


def test_a_place_where_nothing_can_be_written_is_told_before_the_run(tmp_path: Path):
    (tmp_path / "a.csv").write_text("mine")
    (tmp_path / "a.csv").chmod(0o444)
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    os.mkfifo(tmp_path / "pipe.csv")

    for name, said in (
        ("none/a.csv", "its folder does not exist"),
        ("a.csv/b.csv", "its folder does not exist|Not a directory"),
        ("", "is no ordinary file"),
        ("pipe.csv", "is no ordinary file"),
        ("loop.csv", "cannot be written: "),
        ("a.csv", "may only be read"),
        (f"{'x' * 300}.csv", "cannot be written: File name too long"),
    ):
        with pytest.raises(UsageError, match=said):
            refuse_target(tmp_path / name, force=True)
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert stat.S_ISFIFO((tmp_path / "pipe.csv").stat().st_mode)


@pytest.mark.parametrize("place", ["/proc/run.csv", "/sys/run.csv"])
def test_a_folder_that_takes_no_file_is_told(place: str):
    with pytest.raises(UsageError, match=r"cannot be written: .*Take another name"):
        save(Path(place), "text")
