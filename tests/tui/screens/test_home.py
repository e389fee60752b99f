from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import TextArea

from coursekit.course import Course, open_course
from coursekit.exam import desk
from coursekit.exam.folder import load_exam
from coursekit.model import Attempt
from coursekit.store.labs import LabGrade, LabRun
from coursekit.store.store import Store, open_store
from coursekit.study.asides import put_aside
from coursekit.study.days import local_day
from coursekit.study.planning import aim_at, read_plan
from coursekit.tui.screens.question import QuestionScreen
from tests.exam.conftest import add_exam
from tests.tui.conftest import Sit


def _tried(store: Store, question: str, mark: float, at: datetime) -> None:
    store.add_attempt(
        Attempt(question, "", ("1",), mark, 1, is_suggestion=False, hints=0, seed=0, started=at, finished=at)
    )


def _master(store: Store, question: str, at: datetime) -> None:
    """Give the right response whenever it is due, until it is known for weeks."""
    _tried(store, question, 1, at)
    while not (card := store.cards()[question]).is_mastered():
        _tried(store, question, 1, card.due)


async def test_an_empty_record_shows_the_course_and_where_to_begin(sit: Sit, home: Path):
    async with sit() as seat:
        await seat.sees("A tiny course", "exam review · Tests", "◷ 0 due   ○ 6 new   ● 0 mastered")
        await seat.sees("▸ Study now: 6 new", "▾ Basics", "Steps and batches", "○○○○○○", "bowl", "not run yet")

    assert not home.exists()


async def test_counts_tell_due_new_and_mastered(sit: Sit, home: Path):
    now = datetime.now(UTC)
    with_record = open_store(home, "tiny", now)
    _tried(with_record, "pick-one", 0, now - timedelta(days=1))
    _master(with_record, "claim", now - timedelta(days=30))
    with_record.close()

    async with sit() as seat:
        await seat.sees("◷ 1 due   ○ 4 new   ● 1 mastered", "▸ Study now: 1 due and 4 new", "4 min", " 29 %")


async def test_what_is_due_is_asked_before_what_is_new(sit: Sit, home: Path):
    with_record = open_store(home, "tiny", datetime.now(UTC))
    _tried(with_record, "claim", 0, datetime.now(UTC) - timedelta(days=1))
    with_record.close()

    async with sit() as seat:
        await seat.press("enter")
        await seat.sees("A claim", "Today  1 of 6")


async def test_enter_starts_and_the_counts_are_right_afterwards(sit: Sit):
    async with sit() as seat:
        await seat.press("enter")
        await seat.sees("Half of the noise", "Today  1 of 6")
        await seat.press("2", "enter")
        await seat.sees("✓ right")
        await seat.press("escape")
        await seat.sees("Until next time.")
        await seat.press("escape")

        await seat.sees("◷ 0 due   ○ 5 new   ● 0 mastered", "▸ Study now: 5 new", " 16 %")
        assert "◐○○○○○" in seat.text


async def test_a_topic_can_be_gone_over_again_when_nothing_is_due(sit: Sit, home: Path):
    with_record = open_store(home, "tiny", datetime.now(UTC))
    for question in ("pick-one", "pick-many", "claim", "one-step", "why-calm", "guess-run"):
        _tried(with_record, question, 1, datetime.now(UTC))
    with_record.close()

    async with sit() as seat:
        await seat.sees("Nothing is due today.")
        await seat.press("enter")
        await seat.sees("Nothing is due and nothing is new.")
        await seat.press("down", "down", "down", "enter")
        await seat.sees("Half of the noise", "1 of 6")


async def test_a_click_on_a_topic_opens_it(sit: Sit):
    async with sit() as seat:
        await seat.click("Steps and batches")

        await seat.sees("Half of the noise", "Steps and batches  1 of 6")


async def test_a_lesson_folds_and_unfolds(sit: Sit):
    async with sit() as seat:
        await seat.press("down", "down", "left")
        await seat.sees("▸ Basics")
        assert "Steps and batches" not in seat.text

        await seat.press("enter")
        await seat.sees("▾ Basics", "Steps and batches")

        await seat.press("left")
        await seat.sees("▸ Basics")
        await seat.press("right")
        await seat.sees("▾ Basics", "Steps and batches")


async def test_labs_show_their_best_run(sit: Sit):
    async with sit() as seat:
        await seat.press("l", "enter")
        await seat.sees("Reach the bottom")
        await seat.press(*"0.4", "enter")
        await seat.sees("3 of 3 points")
        await seat.press(*"0.01", "enter")
        await seat.sees("0 of 3 points")
        await seat.press("escape")

        await seat.sees("✓ 3 of 3 points")
        assert "not run yet" not in seat.text


async def test_a_run_that_missed_shows_on_home(sit: Sit):
    async with sit() as seat:
        await seat.press("l", "enter")
        await seat.sees("Reach the bottom")
        await seat.press("enter")
        await seat.sees("0 of 3 points")
        await seat.press("escape")

        await seat.sees("✗ 0 of 3 points")


async def test_problems_in_the_files_are_told_and_the_rest_is_there(sit: Sit, course_folder: Path):
    (course_folder / "content" / "1-basics" / "2-broken.md").write_text("---\nlesson: Basics\n---\n")

    async with sit(course=open_course(course_folder)) as seat:
        await seat.sees("1 problem in the course's files: see 'coursekit check'", "Study now: 6 new")


async def test_a_broken_lab_is_told_and_not_opened(sit: Sit, course_folder: Path):
    (course_folder / "labs" / "bowl" / "lab.md").write_text("---\ntitle: [red]Broken\n---\n")

    async with sit() as seat:
        await seat.press("l", "enter")
        await seat.sees("lab.md:")
        assert seat.screen == "HomeScreen"


async def test_a_record_from_a_newer_coursekit_is_told(sit: Sit, home: Path):
    import sqlite3
    from contextlib import closing

    open_store(home, "tiny", datetime.now(UTC)).close()
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
        connection.execute("pragma user_version = 999")

    async with sit() as seat:
        await seat.sees("newer coursekit", "6 new")


async def test_the_folds_and_the_cursor_stay_after_a_question(sit: Sit):
    async with sit() as seat:
        await seat.press("down", "down", "enter")
        await seat.sees("1 of 6")
        await seat.press("escape")

        await seat.sees("Study now")
        await seat.press("left")
        await seat.sees("▸ Basics")


async def test_the_cursor_is_told_by_a_sign_and_goes_round(sit: Sit):
    async with sit() as seat:
        await seat.sees("› ▸ Study now")
        await seat.press("up")
        await seat.sees("›     bowl")
        await seat.press("down", "j")
        await seat.sees("› ▾ Basics")
        await seat.press("end")
        await seat.sees("›     bowl")
        await seat.press("home", "pagedown")
        await seat.sees("›     bowl")
        await seat.press("pageup")
        await seat.sees("› ▸ Study now")
        assert seat.text.count("›") == 1


async def test_a_click_between_the_rows_opens_nothing(sit: Sit):
    async with sit() as seat:
        await seat.click("────")
        await seat.click("Labs")

        await seat.sees("› ▸ Study now")
        assert seat.screen == "HomeScreen"


async def test_the_tree_scrolls_to_its_cursor(sit: Sit, shipped_course: Course):
    async with sit(course=shipped_course, size=(60, 16)) as seat:
        assert "Labs" not in seat.text
        await seat.press("l")
        await seat.sees(f"›     {shipped_course.lab_names()[0]}", f"      {shipped_course.lab_names()[5]}")
        await seat.press("home")
        await seat.sees("› ▸ Study now")


async def test_a_lab_shows_its_best_grade_before_any_run(sit: Sit, home: Path, course: Course):
    now = datetime.now(UTC)
    with closing(open_store(home, course.id, now)) as store:
        store.add_run(LabRun("bowl", {}, {}, "finished", (), 3, 3, 10, now))
        store.add_grade(LabGrade("bowl", {}, {}, (), 1, 3, now))

    async with sit() as seat:
        await seat.sees("≈ graded 1 of 3 points")


async def test_a_lab_to_try_is_offered_once_something_was_studied(sit: Sit, home: Path):
    with closing(open_store(home, "tiny", datetime.now(UTC))) as store:
        _tried(store, "pick-one", 1, datetime.now(UTC))

    async with sit() as seat:
        await seat.sees("Lab to try: bowl")
        await seat.press("down", "enter")
        await seat.sees("lab bowl")


async def test_the_days_to_an_exam_and_todays_share_of_what_is_new_are_told(sit: Sit, home: Path):
    today = local_day(datetime.now(UTC))
    with closing(open_store(home, "tiny", datetime.now(UTC))) as store:
        aim_at(store.settings, today + timedelta(days=40), today)

    async with sit() as seat:
        await seat.sees("exam in 40 days", "▸ Study now: 1 new")
        await seat.press("enter", "2", "enter", "escape", "enter")
        await seat.sees("▸ Today is done. Go on with 5 more new ones")
        await seat.press("enter")
        await seat.sees("Today  1 of 5")


async def test_what_was_missed_comes_back_at_the_end_of_the_session(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    now = datetime.now(UTC)
    async with sit() as seat:
        monkeypatch.setattr(seat.app, "now", lambda: now)
        await seat.press("enter", "1", "enter")
        await seat.sees("✗ wrong")
        now += timedelta(minutes=30)
        for number in range(2, 7):
            await seat.press(*(["escape"] if isinstance(seat.app.focused, TextArea) else []), "n")
            await seat.sees(f"Today  {number} of 6")
        await seat.press("n")
        await seat.sees("Half of the noise", "Today  7 of 7")


@pytest.mark.parametrize("way", ["bury", "snooze", "suspend"])
async def test_what_is_put_aside_is_neither_counted_nor_asked(sit: Sit, home: Path, way: str):
    now = datetime.now(UTC)
    with closing(open_store(home, "tiny", now)) as store:
        for name in ("pick-one", "claim"):
            _tried(store, name, 0, now - timedelta(days=1))
        put_aside(store, "pick-one", way, now, days=3 if way == "snooze" else None)
        put_aside(store, "pick-many", way, now, days=3 if way == "snooze" else None)

    async with sit() as seat:
        await seat.sees("◷ 1 due   ○ 3 new", "▸ Study now: 1 due and 3 new")
        assert next(line for line in seat.lines if "Steps and batches" in line).count("◷ 1") == 1
        await seat.press("down", "down", "down", "enter")
        await seat.sees("A claim", "Steps and batches  1 of 4")
        asking = seat.app.screen
        assert isinstance(asking, QuestionScreen)
        assert not {"pick-one", "pick-many"}.intersection(asking._order)


async def test_a_topic_that_is_all_put_aside_says_so(sit: Sit, home: Path, course: Course):
    with closing(open_store(home, "tiny", datetime.now(UTC))) as store:
        for name in course.topic_of:
            put_aside(store, name, "suspend", datetime.now(UTC))

    async with sit() as seat:
        await seat.sees("◷ 0 due   ○ 0 new", "Nothing is due today.")
        await seat.press("down", "down", "enter")
        await seat.sees("All of this topic is put aside")


async def test_title_start_line_and_topic_tell_what_a_plan_brings_back(
    sit: Sit, home: Path, monkeypatch: pytest.MonkeyPatch
):
    now = datetime.now(UTC)
    today = local_day(now)
    with closing(open_store(home, "tiny", now)) as store:
        for name in ("pick-one", "claim", "pick-many"):
            _master(store, name, now - timedelta(days=30))
        aim_at(store.settings, today + timedelta(days=1), today - timedelta(days=30))
        plan = read_plan(store.settings)
        brought = sum(at <= now for at in plan.comes_back(store.cards()).values()) if plan else 0
    assert brought

    async with sit() as seat:
        await seat.sees(f"◷ {brought} due", f"▸ Study now: {brought} due and 3 new", f"◷ {brought}  ")
        await seat.press("enter")
        await seat.sees("before the exam", f"1 of {brought + 3}")


async def test_todays_share_keeps_to_the_minutes_a_day(sit: Sit, home: Path):
    now = datetime.now(UTC)
    with closing(open_store(home, "tiny", now)) as store:
        for name in ("pick-one", "claim"):
            _tried(store, name, 0, now - timedelta(days=1))
        store.settings.set("minutes", 2)

    async with sit() as seat:
        await seat.sees("◷ 2 due   ○ 4 new", "▸ Study now: 2 due  ", "2 min")
        await seat.sees("This fits your 2 minutes a day; 4 can wait.")
        await seat.press("enter")
        await seat.sees("Today  1 of 2")


async def test_when_the_minutes_of_today_are_used_home_says_so_and_goes_on(sit: Sit, home: Path):
    now = datetime.now(UTC)
    with closing(open_store(home, "tiny", now)) as store:
        made = Attempt("pick-one", "", ("1",), 1, 1, False, 0, 0, now - timedelta(minutes=3), now)
        store.add_attempt(made)
        store.settings.set("minutes", 2)

    async with sit() as seat:
        await seat.sees("Your 2 minutes today are done; this is more.", "▸ Study now: 2 new")
        await seat.press("enter")
        await seat.sees("Today  1 of 2")


async def test_missed_in_a_topic_comes_back_in_its_session(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    now = datetime.now(UTC)
    async with sit() as seat:
        monkeypatch.setattr(seat.app, "now", lambda: now)
        await seat.press("down", "down", "enter")
        await seat.sees("Steps and batches  1 of 6", "new")
        await seat.press("1", "enter")
        await seat.sees("✗ wrong")
        now += timedelta(minutes=30)
        for number in range(2, 7):
            await seat.press(*(["escape"] if isinstance(seat.app.focused, TextArea) else []), "n")
            await seat.sees(f"{number} of 6")
        await seat.press("n")
        await seat.sees("Half of the noise", "7 of 7", "missed before")


async def test_home_hands_in_an_exam_whose_time_ran_out_while_a_question_was_open(
    sit: Sit, course_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    course = add_exam(course_folder)
    async with sit(course=course) as seat:
        await seat.press("enter")
        await seat.sees("Half of the noise")
        now = datetime.now(UTC)
        desk.begin(course, seat.app.store, load_exam(course, "short"), 1, now)
        monkeypatch.setattr(seat.app, "now", lambda: now + timedelta(hours=2))
        assert seat.app.store.has_open_sitting()
        await seat.press("escape")
        await seat.sees("Study now")

        assert not seat.app.store.has_open_sitting()


async def test_s_and_e_open_statistics_and_exams(sit: Sit):
    for key, screen in (("s", "StatisticsScreen"), ("e", "ExamsScreen")):
        async with sit() as seat:
            await seat.press(key)
            await seat.until(lambda seat=seat, screen=screen: seat.screen == screen)
            await seat.press("escape")
            await seat.until(lambda seat=seat: seat.screen == "HomeScreen")
