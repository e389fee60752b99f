from coursekit.model import Mark, Program
from tests.tui.interactions.test_ordering import Page, press


async def test_it_says_what_to_write_and_submits_nothing():
    app = Page(Program("sgd_step"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "enter")

        assert "Write sgd_step in your editor; this question is graded in its lab, key l." in app.text
        assert app.given == []


async def test_the_sentence_fits_a_narrow_page():
    app = Page(Program("a_function_with_quite_a_long_name"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(40, 20)
        await pilot.pause()

        assert "graded in its lab, key l." in " ".join(app.text.split())


async def test_the_verdict_ends_it():
    app = Page(Program("sgd_step"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.asked.settle(Mark(0), ())
        await press(pilot, "enter")

        assert "✗ wrong" in app.text
        assert not app.asked.can_focus
