import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from coursekit.model import Attempt
from coursekit.store.store import open_store

Run = Callable[..., Any]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HAS_EXTRA = all(map(find_spec, ("torch", "pandas", "tqdm")))


@pytest.fixture
def reschedule(run: Run, shared_course: Path, tmp_path: Path) -> Run:
    def reschedule(*arguments: object) -> Any:
        return run("reschedule", *arguments, course=shared_course, home=tmp_path)

    return reschedule


def seen(home: Path, questions: int, looks: int) -> None:
    """Let each question be seen so often, three days apart."""
    attempts = [
        Attempt(f"q{n % 7}-{n}", "p", ("1",), float((n + day) % 3 > 0), 1.0, False, n % 2, 0, at, at)
        for n in range(questions)
        for day in range(looks)
        for at in [NOW + timedelta(days=3 * day, minutes=n)]
    ]
    with closing(open_store(home, "tiny", NOW)) as store:
        store.add_attempts(attempts)


def rows(home: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home / "record.sqlite3")) as db:
        return db.execute("select * from card order by question").fetchall()


def test_cards_are_made_anew_byte_for_byte(reschedule: Run, tmp_path: Path):
    seen(tmp_path, questions=20, looks=6)
    before = rows(tmp_path)
    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as db, db:
        db.execute("update card set due = '2030-01-01T00:00:00+00:00', stability = 1 where question like 'q1%'")
        db.execute("delete from card where question like 'q2%'")

    done = reschedule()

    assert (done.status, done.out, done.err) == (0, "20 questions scheduled anew, from 120 attempts.\n", "")
    assert rows(tmp_path) == before


def test_an_empty_record_has_nothing_to_schedule(reschedule: Run):
    assert reschedule().out == "0 questions scheduled anew, from 0 attempts.\n"


def test_too_short_a_log_is_not_fitted_to(reschedule: Run, tmp_path: Path):
    seen(tmp_path, questions=5, looks=4)

    done = reschedule("--fit")

    assert done.status == 1
    assert done.out.startswith("There is not enough to fit to yet: it needs 640 reviews")
    assert "and you have 15." in done.out


@pytest.mark.parametrize(
    "words",
    [
        ("progress",),
        ("progress", "--plain"),
        ("plan", "--exam", (datetime.now(UTC) + timedelta(days=60)).date().isoformat()),
        ("review", "--plain"),
        ("reschedule",),
        ("ask", "--plain"),
        ("find", "noise"),
    ],
)
def test_parameters_of_another_fsrs_stop_no_command_and_are_told_once(
    run: Run, shared_course: Path, tmp_path: Path, words: tuple[str, ...]
):
    seen(tmp_path, questions=5, looks=4)
    before = rows(tmp_path)
    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        store.settings.set("parameters", [0.5] * 19)

    first, second = (run(*words, course=shared_course, home=tmp_path) for _ in range(2))

    assert (first.status, second.status) == (0, 0)
    assert (first.out + first.err).count("this one cannot use its parameters") == 1
    assert "cannot use its parameters" not in second.out + second.err
    assert [row[1] for row in rows(tmp_path)] == [row[1] for row in before]


@pytest.mark.skipif(HAS_EXTRA, reason="the optional extra is installed")
def test_without_the_extra_it_says_in_one_sentence_how_to_get_it(reschedule: Run, tmp_path: Path):
    seen(tmp_path, questions=160, looks=5)
    before = rows(tmp_path)

    done = reschedule("--fit")

    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "coursekit: Fitting needs PyTorch and pandas, and not both are installed. "
        "Install them with: pip install 'coursekit[fit]'\n"
    )
    assert rows(tmp_path) == before


@pytest.mark.slow
@pytest.mark.skipif(not HAS_EXTRA, reason="needs the optional extra")
def test_a_long_log_is_fitted_to_and_judged(reschedule: Run, tmp_path: Path):
    seen(tmp_path, questions=160, looks=5)

    done = reschedule("--fit")

    assert done.status == 0
    assert "Parameters were fitted to the older 512 reviews and judged on the newest 128 reviews: log loss" in done.out
