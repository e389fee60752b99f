import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsrs

from coursekit.course import open_course
from coursekit.store.asides import Flag
from coursekit.store.store import open_store

Run = Callable[..., Any]


def test_reviews_are_written_as_the_optimizer_reads_them(run: Run, shared_course: Path, tmp_path: Path):
    run("ask", "pick-one", "pick-many", "--plain", course=shared_course, home=tmp_path, typed="2\n1\n")

    done = run("export", "--review-log", course=shared_course, home=tmp_path)
    run("export", "--review-log", "--out", tmp_path / "reviews.csv", course=shared_course, home=tmp_path)

    logs = [fsrs.ReviewLog.from_dict(each) for each in json.loads(done.out)]
    assert [(log.card_id, int(log.rating)) for log in logs] == [(1, 3), (2, 2)]
    assert fsrs.Optimizer  # of which the list is the argument; it computes only where its extra is installed
    header, *rows = (tmp_path / "reviews.csv").read_text().splitlines()
    assert header == "card_id,review_time,review_rating,review_state,review_duration"
    assert [row.split(",")[0] for row in rows] == ["1", "2"]


def test_flags_name_the_question_and_where_it_stands(run: Run, shared_course: Path, tmp_path: Path):
    now, course = datetime.now(UTC), open_course(shared_course)
    with closing(open_store(tmp_path, course.id, now)) as store:
        store.asides.flag(Flag("pick-one", course.question("pick-one").fingerprint, 0, "The key is wrong.", now))
        store.asides.flag(Flag("gone", "old", 3, "?", now))
        store.asides.withdraw(store.asides.flag(Flag("claim", "old", 3, "taken back", now)), now)

    here, gone = json.loads(run("export", "--flags", course=shared_course, home=tmp_path).out)

    assert (here["question"], here["title"], here["says"]) == ("pick-one", "Half of the noise", "The key is wrong.")
    assert (here["path"], here["is_current"]) == ("content/1-basics/1-steps.md", True)
    assert (shared_course / here["path"]).read_text().splitlines()[here["line"] - 1] == "## Half of the noise"
    assert (gone["title"], gone["path"], gone["is_current"]) == (None, None, False)


def test_notes_are_written_as_they_are(run: Run, shared_course: Path, tmp_path: Path):
    with closing(open_store(tmp_path, "tiny", datetime.now(UTC))) as store:
        store.notes.write("pick-one", "halves\n≈ 1/B", datetime.now(UTC))

    (note,) = json.loads(run("export", "--notes", course=shared_course, home=tmp_path).out)

    assert (note["question"], note["note"]) == ("pick-one", "halves\n≈ 1/B")


def test_what_to_export_has_to_be_said(run: Run, shared_course: Path, tmp_path: Path):
    nothing = run("export", course=shared_course, home=tmp_path)
    idle = run("export", "--notes", "--csv", course=shared_course, home=tmp_path)

    assert (nothing.status, idle.status) == (2, 2)
    assert "--review-log --flags --notes" in nothing.err
    assert "--csv goes with --review-log alone." in idle.err


def test_an_empty_record_is_an_empty_list(run: Run, shared_course: Path, tmp_path: Path):
    for what in ("--review-log", "--flags", "--notes"):
        assert json.loads(run("export", what, course=shared_course, home=tmp_path).out) == []
