import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_profiles_keep_records_of_their_own(run: Run, shared_course: Path, tmp_path: Path):
    run("--profile", "ann", "ask", "pick-one", "--plain", course=shared_course, home=tmp_path, typed="2\n")
    run("ask", "claim", "--profile", "bob", "--plain", course=shared_course, home=tmp_path, typed="1\n")

    def attempts(*arguments: str, **env: str) -> int:
        return run("progress", "--json", *arguments, course=shared_course, home=tmp_path, env=env).records[-1][
            "attempts"
        ]

    assert (attempts("--profile", "ann"), attempts("--profile", "bob"), attempts()) == (1, 1, 0)
    assert attempts(COURSEKIT_PROFILE="ann") == 1
    assert attempts("--profile", "cy", COURSEKIT_PROFILE="ann") == 0
    assert (tmp_path / "profiles" / "ann" / "record.sqlite3").exists()


def test_a_plain_start_without_a_command_keeps_to_the_profile(run: Run, shared_course: Path, tmp_path: Path):
    run("--profile", "ann", "--plain", course=shared_course, home=tmp_path, typed="2\n")

    assert (tmp_path / "profiles" / "ann" / "record.sqlite3").exists()
    assert not (tmp_path / "record.sqlite3").exists()


def test_profiles_are_listed_with_the_one_in_use(run: Run, shared_course: Path, tmp_path: Path):
    run("--profile", "ann", "note", "claim", "mine", course=shared_course, home=tmp_path)

    alone = run("profiles", home=tmp_path / "nobody")
    plain = run("profiles", "--profile", "zoe", home=tmp_path)
    records = run("--profile", "ann", "profiles", "--json", home=tmp_path).records

    assert "Begin another with: coursekit --profile NAME" in alone.out
    assert [line.split()[0] for line in plain.out.splitlines()] == ["(no", "ann", "▸"]
    assert plain.out.splitlines()[-1].endswith("(nothing recorded yet)")
    assert [(record["name"], record["in_use"]) for record in records] == [("", False), ("ann", True)]


@pytest.mark.parametrize("name", ["..", "a/b", "Ann", "", "a" * 33, ".", "con", "ann ", "-x", "ä"])
def test_an_odd_name_is_refused_and_makes_no_folder(run: Run, shared_course: Path, tmp_path: Path, name: str):
    done = run("progress", f"--profile={name}", course=shared_course, home=tmp_path)

    assert done.status == (2 if name else 0)  # no name is the record without one
    assert not name or "is no name for a profile" in done.err
    assert not (tmp_path / "profiles").exists()


def test_doctor_says_whose_record_it_looked_at(shared_course: Path, tmp_path: Path):
    script = (
        "import sys; from argparse import Namespace; from coursekit.cli.doctor import _record\n"
        "print(_record(Namespace(course=sys.argv[1], home=sys.argv[2], profile='ann')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(shared_course), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )

    assert str(tmp_path / "profiles" / "ann") in done.stdout
    assert "(profile ann)" in done.stdout


def test_a_course_installed_without_a_profile_is_there_for_all(run: Run, shared_course: Path, tmp_path: Path):
    run("course", "add", shared_course, home=tmp_path)

    done = run("--course", "tiny", "--profile", "ann", "progress", home=tmp_path)

    assert (done.status, done.err) == (0, "")
