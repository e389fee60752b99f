import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
UTC_ZONE = {"TZ": "UTC0"}


def in_days(days: int) -> str:
    """Write the day so many days from the learner's today, which begins at four."""
    return (datetime.now(UTC) - timedelta(hours=4) + timedelta(days=days)).date().isoformat()


@pytest.fixture
def plan(run: Run, shared_course: Path, tmp_path: Path) -> Run:
    """Return what runs a command where it is four in the morning at four UTC."""

    def plan(*arguments: object, typed: str = "") -> Any:
        command = arguments if arguments[:1] in (("ask",), ("aside",), ("review",)) else ("plan", *arguments)
        return run(*command, course=shared_course, home=tmp_path, typed=typed, env=UTC_ZONE)

    return plan


def test_without_an_exam_it_says_how_to_plan(plan: Run):
    done = plan()

    assert (done.status, done.err) == (0, "")
    assert done.out == "No exam is planned. Say when it is: coursekit plan --exam 2027-01-20\n"
    assert plan("--json").records == [{"type": "plan", "exam": None, "is_over": False}]


def test_a_plan_says_what_each_day_has_and_that_it_can_be_done(plan: Run):
    done = plan("--exam", in_days(12), "--minutes", 20)

    table, _, rest = done.out.partition("\n\n")
    head, *days, note = table.splitlines()
    lines = rest.splitlines()
    assert (done.status, done.err) == (0, "")
    assert lines[0].startswith("Exam on ")
    assert lines[0].endswith(", in 12 days; 20 minutes a day.")
    assert lines[1] == "6 questions: 6 unseen, 0 seen, 0 due today."
    assert lines[2].startswith("New today: 1. At that pace all are seen before ")
    assert lines[3] == "The last 3 days are for review: what would jump past the exam comes back once more."
    assert lines[4] == "A question is taken to need 45 seconds, until you have made 20 attempts."
    assert lines[5].startswith("It can be done. The fullest day is ")
    assert head.split() == ["day", "reviews", "new", "minutes"]
    assert len(days) == 12
    assert note.startswith("An estimate")


def test_a_plan_is_kept_and_the_same_as_json(plan: Run):
    plan("--exam", in_days(12), "--minutes", 20)

    whole, *days = plan("--json").records

    assert (whole["type"], whole["exam"], whole["minutes"]) == ("plan", in_days(12), 20)
    assert (whole["questions"], whole["unseen"], whole["new_today"], whole["can_be_done"]) == (6, 6, 1, True)
    assert [day["day"] for day in days] == [in_days(n) for n in range(12)]
    assert sum(day["new"] for day in days) == 6


def test_what_cannot_be_done_is_said_with_what_would_do(plan: Run):
    done = plan("--exam", in_days(1), "--minutes", 1)
    record = plan("--json").records[0]

    assert "In 1 minute a day it cannot be done: " in done.out
    assert "would stay unseen" in done.out
    assert f". {record['enough_minutes']} minutes a day would do." in done.out
    assert (record["can_be_done"], record["would_stay_unseen"]) == (False, 6)
    assert "It can be done." in plan("--minutes", record["enough_minutes"]).out


def test_what_was_begun_today_counts(plan: Run):
    plan("--exam", in_days(4))
    plan("ask", "pick-one", "pick-many", "--plain", typed="2\n1 2\n")

    assert "New today: 0, after 2 begun." in plan().out
    assert plan("--json").records[0]["begun_today"] == 2


def test_what_is_suspended_is_not_planned(plan: Run):
    plan("aside", "pick-one", "--suspend")

    assert "5 questions: 5 unseen" in plan("--exam", in_days(9)).out


def test_a_plan_can_be_taken_away(plan: Run):
    plan("--exam", in_days(9))

    cleared = plan("--clear")

    assert cleared.out == "Nothing is planned any more. What is due comes as without an exam.\n"
    assert plan().out.startswith("No exam is planned.")


def test_on_the_day_of_the_exam_nothing_is_planned(plan: Run, tmp_path: Path):
    plan("--exam", in_days(3))
    with closing(sqlite3.connect(next(tmp_path.rglob("record.sqlite3")))) as record, record:
        record.execute("update setting set value = ? where name = 'exam_date'", (json.dumps(in_days(0)),))

    done = plan()

    assert done.status == 0
    assert done.out.startswith("The exam is today, so nothing is planned any more.")


def test_with_the_last_days_begun_all_that_is_new_falls_on_today(plan: Run):
    done = plan("--exam", in_days(1))

    assert "New today: 6. The days for new ones are over, so all that are left fall on today.\n" in done.out


def test_the_columns_of_the_plan_stand_below_their_names_in_any_month(plan: Run):
    lines = plan("--exam", in_days(300)).out.splitlines()

    table = lines[: lines.index("") - 1]
    assert len(table) == 301
    assert {len(line) for line in table} == {len(table[0])}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--exam", "soon"), "'soon' is no day. Write it as year-month-day"),
        (("--exam", "2001-01-01"), "2001-01-01 is over."),
        (("--exam", in_days(0)), f"{in_days(0)} is today. Give a day from tomorrow on"),
        (("--minutes", "10"), "There is no exam to plan for."),
        (("--exam", "2001-01-01", "--minutes", "0"), "A day cannot have 0 minutes for this."),
        (("--clear", "--minutes", "10"), "--clear takes the plan away"),
    ],
)
def test_a_slip_is_told_and_plans_nothing(plan: Run, words: tuple[str, ...], problem: str):
    done = plan(*words)

    assert (done.status, done.out) == (2, "")
    assert problem in done.err
    assert plan().out.startswith("No exam is planned.")
