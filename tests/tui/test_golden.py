"""One picture of each screen at 80x24. `RENEW_GOLDEN=1 python -m pytest tests/tui/test_golden.py` draws them anew."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.tui.conftest import Seat, Sit

GOLDEN = Path(__file__).parent / "golden"


async def _home(seat: Seat) -> None:
    await seat.sees("Study now")


async def _question(seat: Seat) -> None:
    await seat.press("enter")
    await seat.sees("Half of the noise")


async def _verdict(seat: Seat) -> None:
    await _question(seat)
    await seat.press("1", "h", "enter")
    await seat.sees("✗ wrong", "n next")


async def _lab(seat: Seat) -> None:
    seat.app.open_lab("bowl", "Labs")
    await seat.sees("Reach the bottom")


@pytest.mark.parametrize("way", [_home, _question, _verdict, _lab], ids=lambda way: way.__name__.strip("_"))
async def test_the_screen_is_as_it_was_drawn(sit: Sit, way: Callable[[Seat], Awaitable[None]]):
    path = GOLDEN / f"{way.__name__.strip('_')}.txt"
    async with sit() as seat:
        await way(seat)
        drawn = f"{seat.text}\n"
        if "RENEW_GOLDEN" in os.environ:
            path.write_text(drawn, encoding="utf-8")
        wanted = path.read_text(encoding="utf-8")

        await seat.until(lambda: f"{seat.text}\n" == wanted, seconds=2)
