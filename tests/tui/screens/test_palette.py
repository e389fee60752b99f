from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.store.store import open_store
from coursekit.study.asides import put_aside
from tests.tui.conftest import Sit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("key", ["slash", "ctrl+p"])
async def test_a_mistyped_title_opens_its_question(sit: Sit, key: str):
    async with sit() as seat:
        await seat.press(key)
        await seat.write("half of teh nosie")
        await seat.sees("› question Half of the noise")
        await seat.press("enter")

        await seat.sees("Doubling the batch size", "Found  1 of 1")


async def test_a_burst_of_keys_ending_in_enter_opens_what_it_says(sit: Sit):
    async with sit() as seat:
        await seat.press("slash")
        for name in (*"bowl", "enter"):
            seat.app.simulate_key(name)

        await seat.until(lambda: seat.screen == "LabScreen")


async def test_arrows_choose_among_what_is_found_and_a_new_key_begins_at_the_top(sit: Sit):
    async with sit() as seat:
        await seat.press("slash")
        await seat.write("step")
        await seat.press("down")
        second = next(line for line in seat.lines if "›" in line)
        await seat.write("s")

        first = next(line for line in seat.lines if "›" in line)
        assert second != first
        assert seat.lines.index(first) < 6


async def test_a_click_opens(sit: Sit):
    async with sit() as seat:
        await seat.press("slash")
        await seat.write("claim")
        await seat.click("A claim")

        await seat.sees("Warm-up always lowers")


async def test_nothing_found_says_so_and_enter_does_nothing(sit: Sit):
    async with sit() as seat:
        await seat.press("slash")
        await seat.write("qqqqzz")
        await seat.sees("Nothing is like 'qqqqzz'.")
        await seat.press("enter")

        assert seat.screen == "PaletteScreen"


async def test_esc_goes_back_and_leaves_everything_as_it_was(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("2", "slash")
        await seat.write("bowl")
        await seat.press("escape")

        await seat.sees("2 ◉")
        assert seat.screen == "QuestionScreen"
        assert seat.record.attempts() == ()


@pytest.mark.parametrize(
    ("typed", "screen"),
    [("settings", "SettingsScreen"), ("statistics", "StatisticsScreen"), ("mock exam", "ExamsScreen")],
)
async def test_other_screens_are_found_by_their_names(sit: Sit, typed: str, screen: str):
    async with sit() as seat:
        await seat.press("slash")
        await seat.write(typed)
        await seat.press("enter")

        await seat.until(lambda: seat.screen == screen)


async def test_what_a_key_does_is_found_and_done(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("slash")
        await seat.write("show a hint")
        await seat.press("enter")

        await seat.sees("Write the gradient as a mean.")


async def test_a_lab_may_be_left_for_what_is_found(sit: Sit):
    async with sit() as seat:
        seat.app.open_lab("bowl", "Labs")
        await seat.sees("Reach the bottom")
        await seat.press("slash")
        await seat.write("claim")
        await seat.press("enter")

        await seat.sees("Warm-up always lowers")


async def test_a_slash_is_text_where_a_text_is_written_and_ctrl_p_searches_there(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("a/b")
        assert seat.screen == "QuestionScreen"
        await seat.press("ctrl+p")

        await seat.until(lambda: seat.screen == "PaletteScreen")


async def test_own_notes_are_found_also_on_a_question_that_is_gone(sit: Sit, course: Course, home: Path):
    store = open_store(home, course.id, NOW)
    store.notes.write("claim", "Goyal says otherwise", NOW)
    store.notes.write("gone-away", "Monro 1951", NOW)
    store.close()

    async with sit() as seat:
        await seat.press("slash")
        await seat.write("goyal")
        await seat.sees("› note     Goyal says otherwise", "A claim")
        await seat.press(*["backspace"] * 5)
        await seat.write("monro")
        await seat.press("enter")

        await seat.sees("'gone-away' is no longer in the course. Your note: Monro 1951")


async def test_bookmarked_questions_are_gone_over_in_the_order_of_the_course(sit: Sit, course: Course, home: Path):
    store = open_store(home, course.id, NOW)
    for name in ("claim", "pick-one"):
        store.notes.mark(name, NOW, is_set=True)
    store.close()

    async with sit() as seat:
        await seat.press("slash")
        await seat.write("bookmarked")
        await seat.press("enter")

        await seat.sees("★ bookmarked · Bookmarks  1 of 2", "Half of the noise")


async def test_without_a_bookmark_it_says_how_to_make_one(sit: Sit):
    async with sit() as seat:
        await seat.press("slash")
        await seat.write("bookmarked")
        await seat.press("enter")

        await seat.sees("Nothing is bookmarked yet: b on a question does it.")


async def test_a_screen_that_forbids_it_is_not_searched_from(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    from coursekit.tui.screens.question import QuestionScreen

    monkeypatch.setattr(QuestionScreen, "SEARCHES", False)
    async with sit("pick-one") as seat:
        await seat.press("slash", "ctrl+p")
        assert seat.screen == "QuestionScreen"
        seat.app.open_lab("bowl", "Labs")
        await seat.sees("Reach the bottom")
        await seat.press("slash")

        assert seat.screen == "LabScreen"


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)], ids="{0[0]}x{0[1]}".format)
async def test_the_line_the_rows_and_the_keys_have_room(sit: Sit, shipped_course: Course, size: tuple[int, int]):
    async with sit(course=shipped_course, size=size) as seat:
        await seat.press("slash")
        await seat.write("rate")

        await seat.sees("enter opens · ↑ ↓ another · esc closes this", "› ")
        assert max(map(len, seat.lines)) <= size[0]
        await seat.press(*["down"] * 30)
        assert sum("›" in line for line in seat.lines) == 1


async def test_a_title_is_set_and_no_text_of_a_stranger_is_obeyed(sit: Sit, course_folder: Path):
    path = open_course(course_folder).topics[0].file
    text = path.read_text(encoding="utf-8")
    title = "## A claim of $\\alpha^2$ [bold]red[/] \x1b[31m"
    path.write_text(text.replace("## A claim", title), encoding="utf-8")

    async with sit(course=open_course(course_folder)) as seat:
        await seat.press("slash")
        await seat.write("claim")

        await seat.sees("A claim of α²", "[bold]red[/]")
        assert "\x1b" not in seat.text


async def test_cramming_begins_from_the_search_and_leaves_the_schedule_alone(sit: Sit, home: Path, course: Course):
    async with sit() as seat:
        await seat.press("slash", *"cram", "enter")
        await seat.sees("Cramming 1 of 6")
        await seat.press("1", "enter")
        await seat.sees("point")

    with closing(open_store(home, course.id, datetime.now(UTC))) as store:
        assert [attempt.purpose for attempt in store.attempts()] == ["cram"]
        assert store.cards() == {}


async def test_what_is_put_aside_is_listed_and_brought_back_one_by_one(sit: Sit, home: Path, course: Course):
    now = datetime.now(UTC)
    with closing(open_store(home, course.id, now)) as store:
        put_aside(store, "claim", "suspend", now)
        put_aside(store, "pick-one", "snooze", now, days=3)
    async with sit() as seat:
        await seat.press("slash", *"put aside", "enter")
        await seat.sees(
            "which one comes back?", "Half of the noise: snoozed until", "A claim: suspended until you bring"
        )
        await seat.press("2", "enter")
        await seat.sees("claim is back among the questions to ask.", "1 ○ Half of the noise")
        await seat.press("1", "enter")
        await seat.until(lambda: seat.screen == "HomeScreen")
        await seat.sees("○ 6 new")

        assert seat.app.store.asides.held(datetime.now(UTC)) == {}


async def test_where_nothing_is_put_aside_the_search_says_how_it_is_done(sit: Sit):
    async with sit() as seat:
        await seat.press("slash", *"suspended", "enter")

        await seat.sees("Nothing is put aside: p on a question does it.")


async def test_what_the_course_says_of_itself_is_found(sit: Sit, course_folder: Path):
    path = course_folder / "content" / "course.md"
    path.write_text(path.read_text() + "\nOne loop: draw a batch, **step**. See <https://arxiv.org/abs/1606.04838>.\n")
    async with sit(course=open_course(course_folder)) as seat:
        await seat.press("slash")
        await seat.write("about this course")
        await seat.press("enter")
        await seat.sees("One loop: draw a batch, step.")
        await seat.press("u")
        await seat.sees("Links on this page")
        await seat.press("escape", "escape")

        await seat.until(lambda: seat.screen == "HomeScreen")


async def test_a_course_that_says_nothing_of_itself_is_told_where_that_stands(sit: Sit, course_folder: Path):
    path = course_folder / "content" / "course.md"
    path.write_text(path.read_text().replace("One question of each kind.", ""))
    async with sit(course=open_course(course_folder)) as seat:
        await seat.press("slash")
        await seat.write("introduction")
        await seat.press("enter")

        await seat.sees("This course has no introduction")
