from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.store.store import open_store
from coursekit.tui.app import CoursekitApp
from coursekit.tui.keybar import KeyBar
from tests.tui.conftest import Seat, Sit


async def _miss(seat: Seat) -> None:
    """Miss one question and know another, so that one is left."""
    await seat.press("1", "enter")
    await seat.sees("✗ wrong")
    await seat.press("n", "2", "enter")
    await seat.sees("point")
    await seat.press("n")


async def test_the_end_says_how_it_went_what_comes_back_and_what_to_do_next(sit: Sit):
    async with sit("pick-one", "claim") as seat:
        await _miss(seat)

        await seat.sees(
            "That was the last one. What you submitted is saved.", "2 questions in 1 minute:", "of 2 points"
        )
        await seat.sees("What comes back", "Due within the hour:", "The next is due again in")
        await seat.sees(
            "What to do next", "1 lab bowl, you missed: Half of the noise", "n study 4 new", "enter go back"
        )
        assert seat.screen == "SummaryScreen"


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_session_that_is_left_is_summed_up_once(sit: Sit, key: str):
    async with sit("pick-one", "claim") as seat:
        await seat.press("2", "enter")
        await seat.sees("✓ right")
        await seat.press("escape")
        await seat.sees(
            "Until next time. What you submitted is saved.", "1 question in 1 minute: 1 right", "1 of 1 point"
        )
        await seat.press(key)

        await seat.sees("Study now: 5 new")
        assert seat.screen == "HomeScreen"
        assert len(seat.app.screen_stack) == 1


async def test_a_session_without_an_attempt_is_left_without_a_word(sit: Sit):
    async with sit("pick-one", "claim") as seat:
        await seat.press("2", "n")
        await seat.sees("A claim")
        await seat.press("escape")

        await seat.sees("Study now")
        assert seat.screen == "HomeScreen"


async def test_a_long_title_hangs_below_the_words_beside_its_key(sit: Sit, course_folder: Path):
    path = course_folder / "content" / "1-basics" / "1-steps.md"
    path.write_text(path.read_text().replace("## Half of the noise", f"## Half{' of the noise' * 6}"))
    async with sit("pick-one", course=open_course(course_folder)) as seat:
        await seat.press("1", "enter")
        await seat.sees("✗ wrong")
        await seat.press("n")
        await seat.sees("1 lab bowl, you missed: Half of the noise")

        first = next(y for y, line in enumerate(seat.lines) if "you missed" in line)
        assert seat.lines[first + 1].startswith("         ")
        assert seat.lines[first + 1].strip()


async def test_the_lab_of_what_was_missed_opens_and_leads_back(sit: Sit):
    for key in ("1", "l"):
        async with sit("pick-one") as seat:
            await seat.press("1", "enter")
            await seat.sees("✗ wrong")
            await seat.press("n")
            await seat.sees("That was the last one.")
            await seat.press("2", "3", key)
            await seat.sees("What was missed › lab bowl", "Reach the bottom")
            await seat.press("escape")

            await seat.sees("That was the last one.")


async def test_n_goes_on_with_what_today_still_has(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("2", "enter", "n")
        await seat.sees("n study 5 new")
        await seat.press("n")

        await seat.sees("Today 1 of 5")
        await seat.press("escape")
        await seat.sees("Study now: 5 new")


async def test_a_crammed_session_says_that_the_schedule_stays_and_crams_once_more(sit: Sit, home: Path, course: Course):
    async with sit() as seat:
        seat.app.study(("pick-one",), "Cramming", "cram")
        await seat.sees("Half of the noise")
        await seat.press("2", "enter")
        await seat.sees("✓ right")
        await seat.press("n")
        await seat.sees("This was cramming: the schedule is as it was.", "n cram once more")
        await seat.press("n")

        await seat.sees("Cramming 1 of 6")
    with closing(open_store(home, course.id, datetime.now(UTC))) as store:
        assert store.cards() == {}


async def test_a_related_question_counts_to_the_session_and_has_no_end_of_its_own(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("2", "enter")
        await seat.sees("✓ right")
        await seat.press("r")
        await seat.sees("Which of these change")
        await seat.press("1", "enter")
        await seat.sees("points")
        await seat.press("n")
        await seat.sees("Half of the noise", "✓ right")
        await seat.press("n")

        await seat.sees("That was the last one.", "2 questions in 1 minute")


async def test_minutes_are_those_of_the_session(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    now = datetime.now(UTC)
    monkeypatch.setattr(CoursekitApp, "now", lambda _: now)
    async with sit("pick-one") as seat:
        now += timedelta(minutes=12)
        await seat.press("2", "enter", "n")

        await seat.sees("1 question in 12 minutes")


async def test_nothing_that_was_missed_offers_no_lab(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("2", "enter", "n")
        await seat.sees("That was the last one.")
        await seat.press("l", "1")

        assert seat.screen == "SummaryScreen"
        assert "l" not in [key for key, _, _ in seat.app.screen.query_one(KeyBar)._keys]


async def test_the_list_of_keys_names_only_labs_that_there_are(sit: Sit):
    for response, listed in (("2", set()), ("1", {"lab 1 of what was missed", "the lab of what was missed first"})):
        async with sit("pick-one") as seat:
            await seat.press(response, "enter", "n")
            await seat.sees("That was the last one.")
            await seat.press("question_mark")
            await seat.sees("Keys on this screen", "go on with another session")

            said = {line.strip() for line in seat.lines if "what was missed" in line}
            assert {words.partition("lab ")[2] for words in said} == {words.partition("lab ")[2] for words in listed}
