"""Pictures of the first visit's cards, of Home as the day's plan, and of a session's end, at three sizes.

`RENEW_GOLDEN=1 python -m pytest tests/tui/test_golden_day.py` draws them anew: read them then.
"""

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from coursekit.course import Course, open_course, read_cover
from coursekit.model import Attempt
from coursekit.store.store import Store, open_store
from coursekit.study.planning import aim_at
from coursekit.tui.app import CoursekitApp
from coursekit.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import Seat, Sit
from tests.tui.test_golden import COURSE, GOLDEN, NOW, SIZES, _is_as_drawn

DAY = timedelta(days=1)


def studied(store: Store, course: Course) -> None:
    """Some days of study: a miss, two known ones, and an exam in a month."""
    names = list(course.topic_of)
    for name, mark, days in ((names[0], 0.0, 3), (names[1], 1.0, 2), (names[2], 1.0, 1)):
        at = NOW - days * DAY
        store.add_attempt(
            Attempt(
                name, "", ("1",), mark, 1, is_suggestion=False, hints=0, seed=0, started=at - DAY / 1440, finished=at
            )
        )
    aim_at(store.settings, date(2026, 4, 1), date(2026, 3, 1))


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_home_with_a_record_is_as_it_was_drawn(
    sit: Sit, home: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
):
    course = open_course(COURSE)
    monkeypatch.setattr(CoursekitApp, "now", lambda _: NOW)
    with closing(open_store(home, course.id, NOW)) as store:
        studied(store, course)
    async with sit(course=course, size=size) as seat:
        await seat.sees("Study now")

        await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / "home-day.txt")


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_the_end_of_a_session_is_as_it_was_drawn(
    sit: Sit, home: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
):
    course = open_course(COURSE)
    monkeypatch.setattr(CoursekitApp, "now", lambda _: NOW)
    with closing(open_store(home, course.id, NOW)) as store:
        studied(store, course)
    async with sit("single", "number", "gaps", course=course, size=size) as seat:
        for keys in (("2", "enter"), (*"2.2", "enter"), (*"mean", "tab", *"0.5", "tab", *"1.8", "enter")):
            await seat.press(*keys)
            await seat.sees("n next")
            await seat.press("n")
        await seat.sees("That was the last one.")

        await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / "summary.txt")


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("card", [1, 2, 3])
async def test_the_cards_are_as_they_were_drawn(home: Path, card: int, size: tuple[int, int]):
    app = CoursekitApp(open_course(COURSE), home, first=lambda: WelcomeScreen(read_cover(COURSE)))
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.press(*["right"] * (card - 1))
        await seat.sees(f"{card} of 3")

        await _is_as_drawn(seat, GOLDEN / "{}x{}".format(*size) / f"welcome-{card}.txt")
