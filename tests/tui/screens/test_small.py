from tests.tui.conftest import Sit


async def test_a_terminal_too_small_is_told_and_the_app_goes_on_where_it_was(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("3")
        before = seat.text
        await seat.resize(20, 5)
        await seat.until(lambda: "20x5 is too small: 50x15 is needed." in seat.prose)
        await seat.resize(80, 24)

        await seat.until(lambda: seat.text == before)
        await seat.press("enter")
        await seat.sees("✗ wrong")


async def test_a_start_in_a_small_terminal_shows_home_once_it_is_enlarged(sit: Sit):
    async with sit(size=(120, 40)) as seat:
        await seat.resize(20, 5)
        await seat.sees("too small")
        await seat.resize(25, 6)
        await seat.sees("25x6")
        await seat.resize(50, 15)

        await seat.sees("Study now", "? keys")


async def test_a_text_goes_on_where_it_was(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("less noise")
        await seat.resize(20, 5)
        await seat.sees("too small")
        await seat.resize(80, 24)
        await seat.sees("less noise")
        await seat.write(" and more")

        await seat.sees("less noise and more")


async def test_the_list_of_keys_over_the_message_does_not_keep_it(sit: Sit):
    async with sit() as seat:
        await seat.resize(20, 5)
        await seat.sees("too small")
        await seat.press("question_mark")
        await seat.resize(80, 24)
        await seat.press("escape")

        await seat.sees("Study now")


async def test_a_verdict_that_comes_while_it_is_small_is_there_afterwards(sit: Sit):
    async with sit("guess-run", size=(80, 30)) as seat:
        await seat.press("3", "enter", "space")
        await seat.resize(20, 5)
        await seat.sees("too small")
        await seat.until(seat.record.attempts)
        await seat.resize(80, 30)

        await seat.sees("✓ right")
