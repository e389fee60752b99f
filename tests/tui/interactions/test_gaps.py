import pytest
from textual.events import Paste

from coursekit.model import Gaps, Mark, Response, TextEntry
from coursekit.tui.interactions.gaps import GapView
from tests.tui.conftest import _key
from tests.tui.interactions.test_ordering import Page, press

NAME, NUMBER = TextEntry("a name"), TextEntry("a number, within 1 %", number=True)
STEP = Gaps(
    ("One step of *plain* SGD is\n\n```python\nw = w - ", " * g\n```\n\nand of [red] it, $w$ is then **", "**."),
    (NAME, NUMBER),
)
KEY = ("lr", "0.5")


def verdicts(page: Page) -> list[str]:
    """The lines under the text."""
    return [line.strip() for line in page.lines if "yours" in line]


async def test_the_text_has_numbered_boxes_in_code_and_in_prose():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert "w = w - [1▸______] * g" in app.text
        assert "and of [red] it, w is then [2 ______]." in app.text
        assert "Gap 1 of 2: a name." in app.text


@pytest.mark.parametrize("keys", [("tab",), ("down",), ("enter",), ("shift+tab",), ("up",)])
async def test_keys_go_to_the_other_gap(keys: tuple[str, ...]):
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys, "2")

        assert app.asked.response() == ("", "2")
        assert "[2▸2_____]" in app.text
        assert "Gap 2 of 2: a number, within 1 %." in app.text


async def test_enter_goes_on_and_submits_when_all_are_filled():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", "r", "enter")
        assert app.given == []
        await press(pilot, "1", "enter")

        assert app.given == [("lr", "1")]


async def test_keys_that_come_fast_find_their_gap():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("l", "enter", "4", "up", "r", "tab", "2", "enter"):
            app.post_message(_key(key))
        await pilot.pause()

        assert app.given == [("lr", "42")]


async def test_enter_at_the_only_empty_gap_submits_for_the_page_to_say_what_is_missing():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", "enter", "enter")

        assert app.given == [("l", "")]


async def test_blank_gaps_are_no_response():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "tab")

        assert app.asked.response() == ()


async def test_what_was_typed_can_be_changed():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", "s", "tab", "1", "up", "backspace", "r", "left", "left", "x")

        assert app.asked.response() == ("xlr", "1")


async def test_letters_are_no_text_in_an_empty_gap_for_a_number():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "tab", "h", "3", "tab", "h")

        assert app.asked.response() == ("h", "3")


async def test_escape_leaves_the_text_and_a_number_at_once_to_the_page():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "esc leaves the line" in app.text
        await press(pilot, "escape")
        assert app.focused is None
        app.asked.take_focus()
        await press(pilot, "tab", "escape")

        assert app.focused is not None
        assert "esc leaves the line" not in app.text


async def test_a_click_on_a_box_goes_there():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        y = next(y for y, line in enumerate(app.lines) if "[2" in line)
        await pilot.click(offset=(app.lines[y].index("[2") + 3, y))
        await press(pilot, "7")
        await pilot.click(offset=(2, y))  # words are no gap
        await press(pilot, "8")

        assert app.asked.response() == ("a", "78")


async def test_a_draft_is_there_again_with_the_first_empty_gap_at_hand():
    app = Page(STEP, ("lr", ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5")

        assert "[1 lr____]" in app.text
        assert app.asked.response() == ("lr", "5")


@pytest.mark.parametrize("draft", [("lr",), ("lr", "1", "2")])
async def test_a_draft_of_other_gaps_is_let_go(draft: Response):
    app = Page(STEP, draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert app.asked.response() == ()


async def test_a_long_text_is_cut_in_its_box_and_kept_whole():
    app = Page(STEP)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, *"abcdefghijklmnopqrstuvwxyzabcdefgh")

        assert "[1▸abcdefghijklmnopqrstuvwxyza…]" in app.text
        assert app.asked.response() == ("abcdefghijklmnopqrstuvwxyzabcdefgh", "")


@pytest.mark.parametrize("draft", [(), ("", "draft"), ("a", "draft")])
async def test_one_begins_to_read_at_the_top_and_the_line_comes_into_view_when_it_is_typed_in(draft: Response):
    app = Page(Gaps(("A long text.\n\n" * 9, " and ", "."), (NAME, NAME)), draft)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert "Gap 1 of 2" not in app.text
        await press(pilot, "b")

        assert "▊  ab " in app.text or "▊  b " in app.text


async def test_a_pasted_page_of_text_is_no_work():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(Paste("損" * 200_000))
        await press(pilot, "tab")

        assert "[1 " + "損" * 13 + "…]" in app.text.replace("_", "")


async def test_typed_text_is_shown_as_it_is():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"*[b]`$")

        assert "[1▸*[b]`$]" in app.text


async def test_another_width_sets_the_text_anew():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", "r")
        await pilot.resize_terminal(30, 20)
        await pilot.pause()

        assert "w = w - [1▸lr____] * g" in app.text
        assert "[2 ______]." in app.text
        assert not [line for line in app.lines if "and of" in line and "[2" in line]


async def test_a_key_that_fits_the_box_leaves_the_text_as_it_is_set():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(GapView)
        await press(pilot, "a")
        before = view._lines(view.size.width)
        await press(pilot, "b", "c")
        assert view._lines(view.size.width) is before
        await press(pilot, *"defgh")

        assert "[1▸abcdefgh]" in app.text


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_verdict_tells_each_gap_and_its_key(size: tuple[int, int]):
    app = Page(STEP)
    async with app.run_test(size=size) as pilot:
        await press(pilot, *"LR", "enter", "3", "enter")
        app.asked.settle(Mark(0.5, parts=(True, False)), KEY)
        await pilot.pause()

        assert verdicts(app) == ["1  ✓ yours LR    ✓ key lr", "2  ✗ yours 3     ✓ key 0.5"]
        assert "w = w - [1 ✓ LR] * g" in app.text
        assert "[2 ✗ 3]." in app.text


async def test_a_right_response_needs_no_key_to_the_letter():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"rate", "enter", *"0.501", "enter")
        app.asked.settle(Mark(1, parts=(True, True)), KEY)
        await pilot.pause()

        assert verdicts(app) == ["1  ✓ yours rate     ✓ key lr", "2  ✓ yours 0.501    ✓ key 0.5"]


async def test_what_the_mark_says_of_each_gap_is_its_verdict():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"rate", "enter", "3", "enter")
        app.asked.settle(Mark(0.5, parts=(True, False)), KEY)
        await pilot.pause()

        assert verdicts(app) == ["1  ✓ yours rate    ✓ key lr", "2  ✗ yours 3       ✓ key 0.5"]


async def test_nothing_can_be_typed_after_the_verdict():
    app = Page(STEP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "enter", "3", "enter")
        app.asked.settle(Mark(0, parts=(False, False)), KEY)
        await pilot.pause()
        before = app.text
        await press(pilot, "4", "tab", "x", "enter")
        await pilot.click(offset=(10, 2))
        await press(pilot, "y")

        assert (app.text, len(app.given)) == (before, 1)
