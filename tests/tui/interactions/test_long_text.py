import pytest

from tests.tui.conftest import Sit

RESPONSE = "A larger batch makes the gradient less noisy."


async def test_letters_are_text_while_a_text_is_written(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("quick hint, no lab? r")
        await seat.press("ctrl+s")

        await seat.sees("Suggested")
        assert [attempt.response for attempt in seat.record.attempts()] == [("quick hint, no lab? r",)]


async def test_enter_begins_a_line(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("less noise")
        await seat.press("enter")
        await seat.write("larger step")
        await seat.press("ctrl+s")

        await seat.sees("Suggested")
        assert [attempt.response for attempt in seat.record.attempts()] == [("less noise\nlarger step",)]


async def test_escape_leaves_the_text_and_letters_are_keys_again(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("less noise so far")
        assert "leave the text" in seat.bar
        await seat.press("escape")
        assert "h hint" in seat.bar
        await seat.press("h")

        await seat.sees("Think of a mean.")
        assert "noise so farh" not in seat.text


async def test_tab_goes_back_into_the_text(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("less noise so far")
        await seat.press("escape", "tab")
        await seat.write(", and more")
        await seat.press("ctrl+s")

        await seat.sees("Suggested")
        assert [attempt.response for attempt in seat.record.attempts()] == [("less noise so far, and more",)]


@pytest.mark.parametrize("typed", ["", "it is too short"])
async def test_too_few_words_are_told_and_are_no_attempt(sit: Sit, typed: str):
    async with sit("why-calm") as seat:
        await seat.write(typed)
        await seat.press("ctrl+s")

        await seat.sees("Write at least three words that say something", "this has")
        assert seat.record.attempts() == ()


async def test_the_text_cannot_be_changed_after_it_was_submitted(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write(RESPONSE)
        await seat.press("ctrl+s")
        await seat.sees("Suggested")
        await seat.press("tab", "tab", "z", "ctrl+s")

        assert "noisy.z" not in seat.text
        assert len(seat.record.attempts()) == 1


async def test_pasted_text_is_submitted_as_it_is(sit: Sit):
    from textual.events import Paste

    pasted = "[red]less[/] noise\nand a \\larger* step"
    async with sit("why-calm") as seat:
        seat.app.post_message(Paste(pasted))
        await seat.sees("[red]less[/] noise")
        await seat.press("ctrl+s")

        await seat.sees("Suggested")
        assert [attempt.response for attempt in seat.record.attempts()] == [(pasted,)]
