from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coursekit import rating
from coursekit.course import Course
from coursekit.store.store import open_store
from coursekit.study.settings import RATING_HELP, settings
from coursekit.tui.app import CoursekitApp
from tests.tui.conftest import Seat, Sit

ORDER = tuple(settings())


def kept(seat: Seat, name: str) -> Any:
    """Read a setting as another process would."""
    with closing(open_store(seat.app.home, seat.app.course.id, datetime.now(UTC))) as store:
        return store.settings.get(name)


async def to(seat: Seat, name: str) -> None:
    seat.app.action_settings()
    await seat.sees("Settings", "day of the exam")
    await seat.press(*["down"] * ORDER.index(name))


@pytest.mark.parametrize("name", ["marks", "theme", "animations"])
async def test_a_choice_is_gone_through_and_comes_round(sit: Sit, name: str):
    async with sit() as seat:
        await to(seat, name)
        seen: list[Any] = []
        for _ in settings()[name].choices:
            await seat.press("enter")
            seen.append(settings()[name].show(kept(seat, name)))
        await seat.press("left")

        assert sorted(seen) == sorted(settings()[name].choices)
        assert settings()[name].show(kept(seat, name)) == seen[-2]


@pytest.mark.parametrize(
    ("name", "typed", "value"), [("minutes", "25", 25), ("day_starts", "", None), ("exam_date", "2030-01-20", None)]
)
async def test_a_value_is_typed(sit: Sit, name: str, typed: str, value: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(CoursekitApp, "now", lambda _: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    async with sit() as seat:
        await to(seat, name)
        await seat.press("enter", *["backspace"] * 12)
        await seat.write(typed)
        await seat.press("enter")

        assert seat.screen == "SettingsScreen"
        assert kept(seat, name) == (typed if name == "exam_date" else value)
        await seat.sees(typed or "4")


async def test_what_does_not_do_is_said_and_can_be_mended(sit: Sit):
    async with sit() as seat:
        await to(seat, "retention")
        await seat.press("enter")
        await seat.write("9")
        await seat.press("enter")
        await seat.sees("'0.99' does not do for retention: give a number from 0.7 to 0.97")
        assert kept(seat, "retention") is None
        await seat.press("backspace", "backspace")
        await seat.write("85")
        await seat.press("enter")

        await seat.sees("retention", "0.85")
        assert kept(seat, "retention") == 0.85


async def test_a_theme_is_put_on_at_once_and_again_at_the_next_start(sit: Sit, course: Course, home: Path):
    async with sit() as seat:
        assert seat.app.theme == "textual-dark"
        await to(seat, "theme")
        await seat.press("enter")
        assert seat.app.theme == "coursekit-light"

    app = CoursekitApp(course, home, store=open_store(home, course.id, datetime.now(UTC)))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == "coursekit-light"
        assert app.screen.styles.background.hex == "#FAFAFA"


async def test_animations_are_off_at_once_and_at_the_next_start(sit: Sit, course: Course, home: Path):
    async with sit() as seat:
        await to(seat, "animations")
        await seat.press("enter")
        assert seat.app.animation_level == "none"
        await seat.press("enter")
        assert seat.app.animation_level == "full"
        await seat.press("enter")

    app = CoursekitApp(course, home, store=open_store(home, course.id, datetime.now(UTC)))
    assert app.animation_level == "none"


async def test_how_attempts_are_rated_stands_there(sit: Sit):
    async with sit(size=(80, 40)) as seat:
        await to(seat, "theme")

        await seat.sees(*(what for what, _ in RATING_HELP))


def test_the_help_says_what_the_table_of_ratings_says():
    rows = [line.strip("| ").split("|") for line in (rating.__doc__ or "").splitlines() if line.startswith("| ")][1:]

    assert [rated.strip() for _, rated in rows] == [rated for _, rated in RATING_HELP]
    for (what, _), (said, _) in zip(rows[1:], RATING_HELP[1:], strict=True):
        assert what.strip().replace("QUICK_SECONDS", "20 seconds") == said


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids="{0[0]}x{0[1]}".format)
async def test_all_settings_can_be_reached_in_a_small_terminal(sit: Sit, size: tuple[int, int]):
    async with sit(size=size) as seat:
        await to(seat, ORDER[-1])

        await seat.sees("› day starts at", "enter change")
        assert max(map(len, seat.lines)) <= size[0]


async def test_a_record_that_cannot_be_written_is_told_once(sit: Sit, home: Path):
    home.write_text("a file in the place of the folder", encoding="utf-8")
    async with sit() as seat:
        seat.app.action_settings()
        await seat.sees("Your record cannot be kept in")

        assert seat.text.count("Your record") == 1
        await seat.sees("day of the exam")
