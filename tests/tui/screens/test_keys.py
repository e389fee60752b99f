from collections.abc import Awaitable, Callable

import pytest

from coursekit.tui.keybar import KeyBar
from tests.tui.conftest import Seat, Sit

Way = Callable[[Seat], Awaitable[None]]


async def _home(seat: Seat) -> None:
    await seat.sees("Study now")


async def _question(seat: Seat) -> None:
    seat.app.study(["pick-one"], "Today")
    await seat.sees("Half of the noise")


async def _number(seat: Seat) -> None:
    seat.app.study(["one-step"], "Today")
    await seat.sees("Expected: a number")


async def _text_left(seat: Seat) -> None:
    seat.app.study(["why-calm"], "Today")
    await seat.sees("Expected: two to five sentences")
    await seat.press("escape")


async def _deciding(seat: Seat) -> None:
    seat.app.study(["guess-run"], "Today")
    await seat.sees("Beyond the border")
    await seat.press("3", "enter")
    await seat.sees("You predict")


async def _confirming(seat: Seat) -> None:
    seat.app.study(["why-calm"], "Today")
    await seat.sees("Expected: two to five sentences")
    await seat.write("less noise now")
    await seat.press("ctrl+s")
    await seat.sees("Suggested")


async def _verdict(seat: Seat) -> None:
    await _question(seat)
    await seat.press("2", "enter")
    await seat.sees("✓ right")


async def _summary(seat: Seat) -> None:
    await _question(seat)
    await seat.press("n")
    await seat.sees("That was the last one.")


async def _lab(seat: Seat) -> None:
    seat.app.open_lab("bowl", "Labs")
    await seat.sees("Reach the bottom")


async def _lab_run(seat: Seat) -> None:
    await _lab(seat)
    await seat.press("enter")
    await seat.sees("finished")


async def _keys(seat: Seat) -> None:
    await seat.press("question_mark")
    await seat.sees("Keys on this screen")


async def _small(seat: Seat) -> None:
    await seat.resize(20, 5)
    await seat.sees("20x5 is too")


SCREENS = [_home, _question, _number, _text_left, _deciding, _confirming, _verdict, _summary, _lab, _lab_run]


def _name(way: Way) -> str:
    return way.__name__.strip("_")


@pytest.mark.parametrize("way", SCREENS, ids=_name)
async def test_every_key_is_listed_and_esc_goes_back(sit: Sit, way: Way):
    async with sit(size=(80, 60)) as seat:
        await way(seat)
        below = seat.screen
        bar = seat.app.screen.query_one(KeyBar)
        assert {key for key, _, _ in (*bar._keys, *bar._more)} <= set(seat.app.screen.active_bindings)
        told = {active.binding.description for active in seat.app.screen.active_bindings.values()}
        told -= {"", "Quit", "Copy selected text", "Focus Next", "Focus Previous"}  # listed in our words
        await _keys(seat)
        await seat.sees("ctrl+q", "ctrl+c", "tab")

        assert {what for what in told if what not in seat.prose} == set()
        await seat.press("escape")
        assert seat.screen == below


async def test_where_there_is_room_the_bar_has_the_keys_for_what_is_beside_a_question(sit: Sit):
    for width, is_there in ((80, False), (120, True)):
        async with sit("pick-one", size=(width, 40)) as seat:
            for keys, words in (((), "c sure?"), (("2", "enter"), "r related")):
                await seat.press(*keys)
                await seat.sees(words)
                assert [word in seat.bar for word in ("b bookmark", "p put aside")] == [is_there] * 2
                assert "? keys" in seat.bar
            assert "m note" in seat.bar


@pytest.mark.parametrize("key", ["question_mark", "enter"])
async def test_the_list_of_keys_is_closed_by_the_key_that_opened_it(sit: Sit, key: str):
    async with sit() as seat:
        await _keys(seat)
        await seat.press(key)

        assert seat.screen == "HomeScreen"


@pytest.mark.parametrize("way", [*SCREENS, _keys, _small], ids=_name)
async def test_q_leaves_from_every_screen(sit: Sit, way: Way):
    async with sit() as seat:
        await way(seat)
        await seat.press("q")

        await seat.until(lambda: not seat.app.is_running)
        assert (seat.app.return_code or 0) == 0


@pytest.mark.parametrize("way", [_home, _keys, _small], ids=_name)
async def test_ctrl_q_leaves_too(sit: Sit, way: Way):
    async with sit() as seat:
        await way(seat)
        await seat.press("ctrl+q")

        await seat.until(lambda: not seat.app.is_running)
        assert (seat.app.return_code or 0) == 0


async def test_ctrl_q_leaves_from_the_middle_of_a_text(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("q is a letter here")
        await seat.sees("q is a letter here")
        await seat.press("ctrl+q")

        await seat.until(lambda: not seat.app.is_running)
        assert (seat.app.return_code or 0) == 0
