"""How often a question may be tried, and what is shown of its key: `attempts:` and `reveal:`."""

from pathlib import Path

import pytest

from coursekit.course import open_course
from tests.tui.conftest import Sit

TOPIC = Path("content") / "1-basics" / "1-steps.md"


def say(folder: Path, name: str, policy: str) -> None:
    path = folder / TOPIC
    path.write_text(path.read_text().replace(f"id: {name}", f"id: {name}\n{policy}"))


async def test_a_wrong_try_tells_why_but_not_the_key_and_can_be_mended(sit: Sit, course_folder: Path):
    say(course_folder, "pick-one", "attempts: 2")

    async with sit("pick-one", course=open_course(course_folder), size=(80, 40)) as seat:
        await seat.press("1", "enter")
        await seat.sees("✗ wrong", "1 try left", "More terms in a mean make it steadier.")
        assert not any(words in seat.text for words in ("✓ key", "Yes, a mean", "1/B", "Why"))
        await seat.press("2", "enter")

        await seat.sees("✓ right", "✓ yours", "1/B")
        assert "left" not in seat.text
        assert [(a.response, a.mark) for a in seat.record.attempts()] == [(("1",), 0), (("2",), 1)]


async def test_after_the_last_try_the_key_is_shown(sit: Sit, course_folder: Path):
    say(course_folder, "pick-one", "attempts: 2")

    async with sit("pick-one", course=open_course(course_folder), size=(80, 40)) as seat:
        await seat.press("1", "enter", "3", "enter")

        await seat.sees("✗ wrong", "✗ yours", "✓ key", "1/B")
        assert [a.mark for a in seat.record.attempts()] == [0, 0]


@pytest.mark.parametrize("reveal", ["right", "never"])
async def test_a_key_that_is_not_to_be_shown_is_not(sit: Sit, course_folder: Path, reveal: str):
    say(course_folder, "pick-one", f"reveal: {reveal}")

    async with sit("pick-one", course=open_course(course_folder), size=(80, 40)) as seat:
        await seat.press("1", "enter")

        await seat.sees("✗ wrong", "yours", "See it")
        assert not any(words in seat.text for words in ("✓", "key,", "1/B", "Yes, a mean"))


async def test_a_right_response_shows_why_unless_nothing_is_to_be_shown(sit: Sit, course_folder: Path):
    say(course_folder, "pick-one", "reveal: right")
    say(course_folder, "pick-many", "reveal: never")

    async with sit("pick-one", "pick-many", course=open_course(course_folder), size=(80, 40)) as seat:
        await seat.press("2", "enter")
        await seat.sees("✓ right", "1/B")
        await seat.press("n", "1", "2", "enter")

        await seat.sees("✓ right", "yours")
        assert "Only what mixes" not in seat.text


async def test_each_try_counts_the_hints_and_the_next_question_begins_anew(sit: Sit, course_folder: Path):
    say(course_folder, "one-step", "attempts: 3")
    say(course_folder, "pick-one", "attempts: 2")

    async with sit("one-step", "pick-one", course=open_course(course_folder), size=(80, 40)) as seat:
        await seat.press("9", "enter")
        await seat.sees("2 tries left")
        await seat.press("backspace", "8", "enter")
        await seat.sees("1 try left")
        assert "2 tries left" not in seat.text
        await seat.press("backspace", "n", "1", "enter")

        await seat.sees("1 try left")
        assert [a.seed for a in seat.record.attempts("one-step")] == [0, 0]


@pytest.mark.parametrize(
    ("name", "keys"), [("why-calm", ("tab",)), ("one-step", ("0", "enter")), ("pick-many", ("3", "enter"))]
)
async def test_every_way_to_respond_can_keep_its_key(sit: Sit, course_folder: Path, name: str, keys: tuple[str, ...]):
    say(course_folder, name, "reveal: never")

    async with sit(name, course=open_course(course_folder), size=(80, 40)) as seat:
        if name == "why-calm":
            await seat.write("Something calmer happens to noise")
            await seat.press("ctrl+s", "enter")
        else:
            await seat.press(*keys)

        await seat.sees("See it")
        assert not any(words in seat.text for words in ("✓ key", "Model", "Averages are steadier"))
