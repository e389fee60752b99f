import pytest
from textual.events import Key

from coursekit.course import Course
from tests.tui.conftest import Sit


async def test_a_number_is_typed_and_enter_submits(sit: Sit, course: Course):
    (key,) = course.question("one-step").body.key()
    async with sit("one-step") as seat:
        await seat.write(key)
        await seat.press("enter")

        await seat.sees("✓ right", f"✓ key {key}")
        (attempt,) = seat.record.attempts()
        assert (attempt.response, attempt.mark) == ((key,), 1)


@pytest.mark.parametrize("typed", ["-1/2", "5e-1", "50 %", "0,5", "1.5"])
async def test_every_way_to_write_a_number_can_be_typed(sit: Sit, typed: str):
    async with sit("one-step") as seat:
        await seat.write(typed)
        await seat.press("enter")

        await seat.sees("✗ wrong")
        assert [attempt.response for attempt in seat.record.attempts()] == [(typed,)]


async def test_a_slip_is_named(sit: Sit, course: Course):
    (key,) = course.question("one-step").body.key()
    rate = 0.1 if float(key) in (1.8, 3.6, 5.4) else 0.25
    async with sit("one-step") as seat:
        await seat.write(f"{float(key) / (1 - rate) * (1 + rate):.6g}")
        await seat.press("enter")

        await seat.sees("✗ wrong", "Check the sign of the update.", f"✓ key {key}")


async def test_a_letter_is_a_key_until_something_is_typed(sit: Sit):
    async with sit("one-step") as seat:
        await seat.press("h")
        await seat.sees("Hint", "The slope at w₀ is w₀.")
        await seat.write("12")

        await seat.press("enter")
        await seat.sees("✗ wrong", "1 hint used")
        assert [(a.response, a.hints) for a in seat.record.attempts()] == [(("12",), 1)]


async def test_a_letter_after_a_digit_is_text_and_leaves_nothing(sit: Sit):
    async with sit("one-step") as seat:
        await seat.write("15q")
        await seat.press("enter")

        await seat.sees("'15q' does not read as a number")
        assert seat.record.attempts() == ()


@pytest.mark.parametrize("typed", ["", "   ", "1/0", "1e", "1..2"])
async def test_what_is_no_number_is_told_and_is_no_attempt(sit: Sit, typed: str):
    async with sit("one-step") as seat:
        await seat.write(typed)
        await seat.press("enter")

        await seat.sees("does not read as a number" if typed.strip() else "Nothing is typed yet")
        assert seat.record.attempts() == ()


async def test_the_number_cannot_be_changed_after_the_verdict(sit: Sit):
    async with sit("one-step") as seat:
        await seat.press("7", "enter")
        await seat.sees("✗ wrong")
        before = seat.text
        await seat.press("8", "9")

        assert seat.text == before


async def test_the_next_attempt_draws_another_variant(sit: Sit, course: Course):
    stems = [course.question("one-step", seed).stem for seed in (0, 1)]
    assert stems[0] != stems[1]
    async with sit("one-step") as seat:
        first = next(line for line in seat.lines if "what is w₁" in line)
        await seat.press("7", "enter")
        await seat.sees("✗ wrong")

    async with sit("one-step") as seat:
        await seat.sees("what is w₁")
        assert first not in seat.lines


async def test_keys_in_a_burst_are_taken_in_their_order(sit: Sit):
    async with sit("one-step") as seat:
        await seat.write("12x")
        for key in ("backspace", "backspace", "backspace", "7", "enter"):
            seat.app.post_message(Key(key, key if len(key) == 1 else None))

        await seat.until(lambda: seat.record.attempts())
        assert seat.record.attempts()[0].response == ("7",)
