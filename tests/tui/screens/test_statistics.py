"""The statistics: four pages, at three sizes as they were drawn (`RENEW_GOLDEN=1` draws them anew: read them then)."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.model import Attempt
from coursekit.store.labs import LabRun
from coursekit.store.place import FILE
from coursekit.store.store import open_store
from coursekit.study.leeches import LAPSES, leeches
from coursekit.tui.app import CoursekitApp
from coursekit.tui.keybar import KeyBar
from coursekit.tui.screens.statistics import PAGES, StatisticsScreen
from tests.tui.conftest import Seat, Sit

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIZES = ((80, 24), (120, 40), (60, 20))
WORDS = {"recall": "You would recall", "days": "The last year", "truth": "How sure you were", "labs": "lab tried"}


@pytest.fixture(autouse=True)
def at_nine_in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have it be one moment, shown as in Greenwich."""
    monkeypatch.setattr(CoursekitApp, "now", lambda _: NOW)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def studied(home: Path, course: Course) -> Path:
    """Return a learner's folder with some weeks of study in it."""
    names = ("pick-one", "pick-many", "claim")
    attempts = [
        Attempt(
            names[day % 3],
            course.question(names[day % 3]).fingerprint,
            ("1",),
            (1.0, 0.0, 1.0, 1.0, 0.5)[day % 5],
            1.0,
            is_suggestion=False,
            hints=0,
            seed=day,
            started=NOW - timedelta(days=60 - day, seconds=25),
            finished=NOW - timedelta(days=60 - day),
            confidence=(None, "sure", "guess", "think so")[day % 4],
        )
        for day in range(0, 60, 2)
    ]
    store = open_store(home, course.id, NOW)
    store.add_attempts(attempts)
    store.add_run(LabRun("bowl", {}, {}, "finished", (), 2.0, 3.0, 10, NOW))
    store.close()
    return home


async def opened(seat: Seat, page: str = "recall") -> None:
    seat.app.push_screen(StatisticsScreen(page))
    await seat.until(lambda: seat.screen == "StatisticsScreen")


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("page", PAGES)
async def test_each_page_is_as_it_was_drawn(sit: Sit, studied: Path, page: str, size: tuple[int, int]):
    async with sit(home=studied, size=size) as seat:
        await opened(seat, page)
        await seat.sees(WORDS[page])
        path = GOLDEN / "{}x{}".format(*size) / f"statistics-{page}.txt"
        if "RENEW_GOLDEN" in os.environ:
            await seat.pilot.pause(0.2)
            path.write_text(seat.text + "\n", encoding="utf-8")

        wanted = path.read_text(encoding="utf-8")
        await seat.until(lambda: seat.text + "\n" == wanted, seconds=2)
        assert len(seat.app.screen.query_one(KeyBar)._keys) <= 6


async def test_without_a_record_it_tells_what_to_do_and_makes_none(sit: Sit, home: Path):
    async with sit() as seat:
        await opened(seat)
        await seat.sees("Nothing was studied yet", "esc goes back")
        for page in ("2", "3"):
            await seat.press(page)
            await seat.sees("Nothing was studied yet")
        await seat.press("4")
        await seat.sees("No lab was tried yet; there is 1.", "bowl", "○ not tried yet")

        assert not (home / FILE).exists()


async def test_pages_turn_by_arrows_by_numbers_and_by_the_mouse(sit: Sit, studied: Path):
    async with sit(home=studied) as seat:
        await opened(seat)
        await seat.sees("▸1 recall", WORDS["recall"])
        await seat.press("right")
        await seat.sees("▸2 days", WORDS["days"])
        await seat.press("left", "left")
        await seat.sees("▸4 labs", WORDS["labs"])
        await seat.press("3")
        await seat.sees("▸3 truth", WORDS["truth"])
        await seat.click("1 recall")
        await seat.sees("▸1 recall", WORDS["recall"])
        await seat.press("escape")
        await seat.until(lambda: seat.screen == "HomeScreen")


async def test_a_topic_folds_and_shows_its_objectives(sit: Sit, studied: Path):
    async with sit(home=studied) as seat:
        await opened(seat)
        await seat.sees("▾ Steps and batches", "Know the parts of a step")
        await seat.press("enter")
        await seat.sees("▸ Steps and batches")
        row = next(line for line in seat.lines if "▸ Steps and batches" in line)

        assert not any(line.startswith("      Know the parts") for line in seat.lines)
        assert row.endswith(" %")
        assert "█" in row
        assert "·" in row


async def test_a_lab_opens_from_its_row(sit: Sit, studied: Path):
    async with sit(home=studied) as seat:
        await opened(seat, "labs")
        await seat.sees("≈ 2 of 3 points")
        await seat.press("enter")
        await seat.until(lambda: seat.screen == "LabScreen")


async def test_what_was_done_meanwhile_is_seen_on_coming_back(sit: Sit, studied: Path, course: Course):
    async with sit(home=studied) as seat:
        await opened(seat)
        await seat.sees("3 of 6 questions seen")
        await seat.press("question_mark")
        seat.app.store.add_attempt(replace(seat.app.store.attempts()[0], question="one-step", finished=NOW))
        await seat.press("escape")

        await seat.sees("4 of 6 questions seen")


async def test_certainty_based_marks_stand_there_when_they_are_chosen(sit: Sit, studied: Path, course: Course):
    store = open_store(studied, course.id, NOW)
    store.settings.set("marks", "certainty")
    store.close()
    async with sit(home=studied) as seat:
        await opened(seat, "truth")
        await seat.sees("Certainty-based marks: ")


async def test_a_record_that_cannot_be_read_is_told(sit: Sit, studied: Path):
    async with sit(home=studied) as seat:
        assert seat.app.store
        with sqlite3.connect(studied / FILE) as other:
            other.execute("drop table attempt")
        other.close()
        await opened(seat, "truth")

        await seat.sees("The record could not be read", "esc back")


async def test_a_long_page_scrolls_and_the_smallest_screen_shows_where_one_is(sit: Sit, studied: Path):
    async with sit(home=studied, size=(50, 15)) as seat:
        await opened(seat, "days")
        await seat.sees("▸2 days", "→ next page")
        await seat.press("end")
        await seat.sees("today")
        await seat.resize(120, 40)
        await seat.sees("The last year", "today")


async def test_what_does_not_stick_is_listed_and_asked(sit: Sit, home: Path, course: Course):
    with closing(open_store(home, course.id, NOW)) as store:
        at = NOW - timedelta(days=300)
        for mark in (1.0, *(mark for _ in range(LAPSES) for mark in (1.0, 1.0, 0.0))):
            store.add_attempt(Attempt("pick-one", "", ("1",), mark, 1.0, False, 0, 0, at, at))
            at = max(at + timedelta(minutes=1), store.cards()["pick-one"].due)
        assert [card.question for card in leeches(store.cards().values())] == ["pick-one"]

    async with sit() as seat:
        await seat.press("s")
        await seat.sees("What does not stick", "Half of the noise", "missed 4 times")
        await seat.press("end", "enter")

        await seat.sees("What does not stick 1 of 1", "You have missed this one 4 times", "(key h)", "(key l)")
        assert seat.app.screen.query_one(".intro").region.bottom <= seat.app.screen.query_one(".title").region.y
