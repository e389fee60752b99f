from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.slow
def test_doctor_trains_a_step_and_finds_all_well(run: Run, shared_course: Path, tmp_path: Path):
    done = run("doctor", "--json", course=shared_course, home=tmp_path)

    checks = {record["name"]: record for record in done.records}
    assert (done.status, done.err) == (0, "")
    assert {tuple(record) for record in done.records} == {("type", "name", "ok", "detail")}
    assert all(record["ok"] for record in done.records)
    assert set(checks) >= {"coursekit", "python", "textual", "numpy", "course", "record", "train numpy"}
    assert checks["course"]["detail"] == f"A tiny course: 6 questions in {shared_course}"
    assert checks["record"]["detail"] == f"0 attempts in {tmp_path}. It is begun when you first study."
    assert checks["backups"]["detail"] == "none; 'coursekit backup' makes one"


@pytest.mark.slow
def test_doctor_counts_what_is_kept(run: Run, shared_course: Path, tmp_path: Path):
    run("ask", "pick-one", "--plain", course=shared_course, home=tmp_path, typed="2\n")
    run("backup", home=tmp_path)

    said = run("doctor", course=shared_course, home=tmp_path).out
    assert f"1 attempt in {tmp_path}: version " in said
    assert "every page is whole." in said
    assert "✓ backups      1 in" in said


@pytest.mark.slow
def test_doctor_trains_without_a_home(homeless: Run, shared_course: Path):
    done = homeless("--course", shared_course, "doctor")

    assert "✗ record       You have no home folder here." in done.out
    assert "✓ train numpy" in done.out


@pytest.mark.slow
def test_doctor_goes_on_after_what_is_ill(run: Run, tmp_path: Path):
    done = run("doctor", course=tmp_path / "none", home=Path("/dev/null/home"))

    lines = {line.split()[1]: line for line in done.out.splitlines()}
    assert (done.status, done.err) == (1, "")
    assert lines["course"].startswith("✗ course")
    assert "does not exist" in lines["course"]
    assert lines["record"].startswith("✗ record")
    assert lines["train"].startswith("✓ train")
