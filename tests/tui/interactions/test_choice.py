from textual.events import Key

from tests.tui.conftest import Sit


async def test_a_digit_picks_and_enter_submits(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("2", "enter")

        await seat.sees("✓ right")
        (attempt,) = seat.record.attempts()
        assert (attempt.response, attempt.mark) == (("2",), 1)


async def test_one_option_only_is_kept_where_one_is_asked_for(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("1", "3", "enter")

        await seat.sees("✗ wrong")
        assert [attempt.response for attempt in seat.record.attempts()] == [("3",)]


async def test_arrows_and_space_pick(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("down", "down", "up", "space", "enter")

        await seat.sees("✓ right")
        assert [attempt.response for attempt in seat.record.attempts()] == [("2",)]


async def test_arrows_stay_within_the_options(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("up", *["down"] * 9)

        assert [line for line in seat.lines if "▸" in line] == [line for line in seat.lines if "1/4" in line]


async def test_each_option_that_holds_is_picked_and_may_be_dropped_again(sit: Sit):
    async with sit("pick-many") as seat:
        await seat.press("1", "down", "space", "3", "3")
        assert seat.text.count("[x]") == 2
        await seat.press("enter")

        await seat.sees("✓ right", "2 of 2 points")
        assert [attempt.response for attempt in seat.record.attempts()] == [("1", "2")]


async def test_a_click_picks(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.click("1/4")
        await seat.press("enter")

        await seat.sees("✗ wrong")
        assert [attempt.response for attempt in seat.record.attempts()] == [("3",)]


async def test_a_click_on_the_key_bar_submits(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("2")
        await seat.click("enter submit")

        await seat.sees("✓ right")


async def test_nothing_picked_is_told_and_is_no_attempt(sit: Sit):
    async with sit("pick-many") as seat:
        await seat.press("enter")

        await seat.sees("Nothing is picked yet")
        assert seat.record.attempts() == ()


async def test_the_complaint_goes_when_it_is_mended(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("enter")
        await seat.sees("Nothing is picked yet")
        await seat.press("2", "enter")

        await seat.sees("✓ right")
        assert "Nothing is picked" not in seat.text


async def test_nothing_can_be_picked_after_the_verdict(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("1", "enter")
        await seat.sees("✗ wrong")
        before = seat.text
        await seat.click("1/4")
        await seat.press("2")

        assert seat.text == before
        assert len(seat.record.attempts()) == 1


async def test_a_statement_is_true_or_false(sit: Sit):
    async with sit("claim") as seat:
        await seat.sees("Warm-up always lowers the final loss.")
        await seat.press("2", "enter")

        await seat.sees("✓ right")
        assert [attempt.response for attempt in seat.record.attempts()] == [("2",)]


async def test_keys_in_a_burst_are_taken_in_their_order(sit: Sit):
    async with sit("pick-one") as seat:
        for key in ("1", "down", "space", "enter", "1", "3"):
            seat.app.post_message(Key(key, key if len(key) == 1 else None))

        await seat.until(lambda: seat.record.attempts())
        assert seat.record.attempts()[0].response == ("2",)
