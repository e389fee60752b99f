"""What was drawn once is not kept: a long session needs no more memory than a short one."""

import gc

from textual._styles_cache import StylesCache

from tests.tui.conftest import Seat, Sit

FEW = 8  # widgets that a screen has, or that are just going


async def test_no_widget_of_a_closed_screen_is_kept(sit: Sit):
    async with sit() as seat:
        await _search(seat, 2)
        before = _drawn()
        await _search(seat, 10)

        assert _drawn() < before + FEW


async def _search(seat: Seat, times: int) -> None:
    for _ in range(times):
        await seat.press("slash")
        await seat.until(lambda: seat.screen == "PaletteScreen")
        await seat.press("escape")
        await seat.until(lambda: seat.screen == "HomeScreen")


def _drawn() -> int:
    gc.collect()
    return sum(isinstance(each, StylesCache) for each in gc.get_objects())
