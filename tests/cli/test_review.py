from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from coursekit.cli._plain import ask_all
from coursekit.course import Course, open_course
from coursekit.model import Attempt
from coursekit.session import Submitted
from coursekit.store.labs import LabRun
from coursekit.store.store import Store, open_store
from coursekit.study.agenda import read_agenda
from coursekit.study.days import local_day
from coursekit.study.planning import aim_at
from coursekit.study.selection import Choice

Run = Callable[..., Any]
EVERY = ("pick-one", "pick-many", "claim", "one-step", "why-calm", "guess-run")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path, "tiny", datetime.now(UTC))) as store:
        yield store


@pytest.fixture
def review(run: Run, shared_course: Path, tmp_path: Path) -> Run:
    def review(*arguments: object, typed: str = "") -> Any:
        return run("review", *arguments, course=shared_course, home=tmp_path, typed=typed)

    return review


def saw(store: Store, question: str, days_ago: float, mark: float = 1.0, confidence: str | None = None) -> None:
    at = datetime.now(UTC) - timedelta(days=days_ago)
    started = at - timedelta(seconds=60)
    store.add_attempt(Attempt(question, "p", ("1",), mark, 1.0, False, 0, 0, started, at, confidence))


def test_what_is_due_is_asked_first_and_the_end_says_how_it_went(review: Run, store: Store):
    saw(store, "claim", 1)

    done = review("--plain", typed="2\n2\n1\nq\n")

    assert (done.status, done.err) == (0, "")
    assert "Question 1 of 6 · due\n" in done.out
    assert done.out.index("A claim") < done.out.index("Half of the noise")
    assert "Question 2 of 6 · new\n" in done.out
    assert (
        "Until next time. What you submitted is saved.\n\n3 questions in 1 minute: 2 right, 1 partly right\n"
        in done.out
    )
    assert "3 of 4 points\nDue within the hour: 2. Within a day: 2. The next is due again in " in done.out


def test_a_confident_miss_is_the_first(review: Run, store: Store):
    saw(store, "claim", 2)
    saw(store, "pick-many", 1, 0.0, "sure")

    done = review("--plain")

    assert "Question 1 of 6 · missed though sure\n" in done.out
    assert "What turns a step" in done.out


def test_minutes_bound_a_session_and_the_setting_does_where_none_are_named(review: Run, store: Store):
    assert "2 questions.\nType h" in review("--plain", "--minutes", 2).out

    store.settings.set("minutes", 1)

    assert "1 question.\nType h" in review("--plain").out


def test_a_topic_is_introduced_once(review: Run):
    assert review("--plain", typed="2\n1 2\n2\n").out.count("What a step is made of.") == 1


def test_a_leech_is_sent_to_its_lab_its_hint_and_its_author(review: Run, store: Store):
    for _ in range(4):
        saw(store, "pick-one", 40, 1.0)
        saw(store, "pick-one", 40, 1.0)
        saw(store, "pick-one", 30, 0.0)
    for _ in range(4):
        saw(store, "pick-one", 20, 1.0)
        saw(store, "pick-one", 20, 1.0)
        saw(store, "pick-one", 10, 0.0)

    done = review("--plain", "--minutes", 1)

    card = store.cards()["pick-one"]
    assert "Question 1 of 1 · leech\n" in done.out
    assert f"Missed {card.lapses} times after it was learnt. Before you respond: look into" in done.out
    assert "coursekit lab run bowl; or type h for its hint" in done.out.replace("\n", " ")
    assert ("coursekit flag pick-one TEXT" in done.out) == (card.lapses >= 8)


def test_another_question_of_the_objective_stands_in_for_one_that_is_known(
    review: Run, store: Store, course_folder: Path, run: Run, tmp_path: Path
):
    topic = course_folder / "content/1-basics/1-steps.md"
    text = topic.read_text(encoding="utf-8").replace("id: pick-many\n", "id: pick-many\nobjective: LO-1\n")
    topic.write_text(text, encoding="utf-8")
    for days_ago in (200, 199, 150):
        saw(store, "pick-one", days_ago)

    done = run("review", "--plain", course=course_folder, home=tmp_path, typed="1 2\n")

    assert "Question 1 of 5 · due, in the place of pick-one\n" in done.out
    assert store.attempts()[-1].serves == "pick-one"
    assert store.cards()["pick-one"].due > datetime.now(UTC)


def test_cramming_asks_the_weakest_and_leaves_the_schedule_as_it_was(review: Run, store: Store):
    saw(store, "claim", 0.1)
    saw(store, "pick-one", 0.1, 0.0)
    before = store.cards()

    done = review("--cram", "--minutes", 2, typed="2\n2\n")

    assert (
        "2 questions in 1 minute: 2 right\n2 of 2 points\nThis was cramming: the schedule is as it was.\n" in done.out
    )
    assert store.cards() == before
    assert [attempt.purpose for attempt in store.attempts()] == ["study", "study", "cram", "cram"]


def test_what_is_put_aside_is_not_asked(review: Run, run: Run, shared_course: Path, tmp_path: Path):
    run("aside", "claim", "pick-one", "--bury", course=shared_course, home=tmp_path)

    done = review("--plain")

    assert "4 questions.\nType h" in done.out


def test_with_nothing_to_ask_it_says_so(review: Run, run: Run, shared_course: Path, tmp_path: Path):
    run("aside", *EVERY, "--suspend", course=shared_course, home=tmp_path)

    done = review("--plain")

    assert (done.status, done.out) == (
        0,
        "Nothing is due and nothing is new. Name a question to ask it again: coursekit ask ID\n",
    )


@pytest.mark.parametrize("minutes", ["0", "-3", "100000"])
def test_no_session_has_so_many_minutes(review: Run, minutes: str):
    done = review("--minutes", minutes)

    assert (done.status, done.out) == (2, "")
    assert f"A session cannot have {minutes} minutes. Give from 1 to 960." in done.err


def test_home_s_plain_form_says_the_day_and_asks_it(
    run: Run, store: Store, course: Course, shared_course: Path, tmp_path: Path
):
    saw(store, "claim", 1)
    today = local_day(datetime.now(UTC))
    aim_at(store.settings, today + timedelta(days=9), today)

    home = run("--plain", course=shared_course, home=tmp_path, typed="2\n")
    asked = run("ask", course=shared_course, home=tmp_path)

    day = read_agenda(course, store, datetime.now(UTC))
    assert home.out.startswith("Today: 1 due and 1 new, 2 minutes.\nA lab to try: coursekit lab run bowl\n")
    assert "The exam is in 9 days.\n\nA tiny course. 2 questions.\nType h" in home.out
    assert "\n1 question in 1 minute: 1 right\n" in home.out
    assert (day.due, day.new) == (0, 1)
    assert "A tiny course. 1 question.\nType h" in asked.out


def test_minutes_a_day_bound_home_s_plain_form_and_named_ones_count_more(
    run: Run, review: Run, store: Store, shared_course: Path, tmp_path: Path
):
    store.settings.set("minutes", 2)

    home = run("--plain", course=shared_course, home=tmp_path)
    longer = review("--plain", "--minutes", 3)

    assert "Today: 2 new, 2 minutes.\nThis fits your 2 minutes a day; 4 can wait.\n" in home.out
    assert "A tiny course. 2 questions.\nType h" in home.out
    assert "A tiny course. 4 questions.\nType h" in longer.out


def test_home_s_plain_form_says_when_today_is_done(run: Run, store: Store, course_folder: Path, tmp_path: Path):
    for number in range(10):
        saw(store, f"elsewhere-{number}", 0.001)

    some = run("--plain", course=course_folder, home=tmp_path)
    run("aside", *EVERY, "--suspend", course=course_folder, home=tmp_path)
    none = run("--plain", course=course_folder, home=tmp_path)

    assert some.out.startswith("Today is done. Here are 6 more new ones; q leaves.\n")
    assert "A tiny course. 6 questions.\nType h" in some.out
    assert none.out == (
        "A lab to try: coursekit lab run bowl\n\n"
        "Nothing is due and nothing is new. Name a question to ask it again: coursekit ask ID\n"
    )


def test_a_lab_that_is_passed_is_not_to_be_tried(run: Run, store: Store, shared_course: Path, tmp_path: Path):
    now = datetime.now(UTC)
    store.add_run(LabRun("bowl", {}, {}, "reached", (), 3.0, 3.0, 10, now))

    assert "A lab to try" not in run("--plain", course=shared_course, home=tmp_path).out


def test_without_a_terminal_it_goes_on_line_by_line(review: Run):
    done = review(typed="q\n")

    assert done.err == "No terminal to draw on: going on line by line, as with --plain.\n"
    assert "Question 1 of 6" in done.out


def ask_at(
    monkeypatch: pytest.MonkeyPatch, course: Course, store: Store, order: tuple[Choice, ...], lines: list[str]
) -> tuple[Submitted, ...]:
    """Ask in this process, typing lines, by a clock that goes on a minute each time it is looked at."""
    times = (datetime(2026, 3, 1, 12, number, tzinfo=UTC) for number in count())
    monkeypatch.setattr("sys.stdin", StringIO("".join(f"{text}\n" for text in lines)))
    return ask_all(course, store, order, None, now=lambda: next(times))


def test_what_was_missed_comes_back_at_the_end_until_it_is_known(
    course: Course, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    order = (Choice("claim", "new"), Choice("pick-one", "new"))

    done = ask_at(monkeypatch, course, store, order, ["1", "2", "1", "2"])

    out = capsys.readouterr().out
    assert [(each.question, each.mark) for each in store.attempts()] == [
        ("claim", 0.0),
        ("pick-one", 1.0),
        ("claim", 0.0),
        ("claim", 1.0),
    ]
    assert [(each.attempt.question, each.attempt.mark) for each in done] == [("claim", 1.0), ("pick-one", 1.0)]
    assert out.count("Question 1 of 1 · missed before\n") == 2
    assert "Until next time" not in out


def test_what_was_skipped_or_asked_for_by_name_does_not_come_back(
    course: Course, store: Store, monkeypatch: pytest.MonkeyPatch
):
    done = ask_at(monkeypatch, course, store, (Choice("claim", "new"),), ["1", "n", "2"])
    named = ask_at(monkeypatch, course, store, (Choice("pick-one", "asked for"),), ["1", "2"])

    assert [each.attempt.mark for each in (*done, *named)] == [0.0, 0.0]


def test_a_question_that_cannot_be_read_any_more_does_not_end_the_session(
    course_folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    topic = course_folder / "content/1-basics/1-steps.md"
    topic.write_text(topic.read_text(encoding="utf-8").replace("[x] $1/2$", "[ ] $1/2$"), encoding="utf-8")
    order = (Choice("pick-one", "new"), Choice("claim", "new"))

    done = ask_at(monkeypatch, open_course(course_folder), store, order, ["2"])

    out = capsys.readouterr().out
    assert "This question cannot be read: " in out
    assert "1-steps.md:" in out
    assert [each.attempt.question for each in done] == ["claim"]
