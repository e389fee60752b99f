from functools import partial

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from coursekit.model import Interaction, Mark, Ordering, Response
from coursekit.tui.interactions import Responded, ResponseWidget, widget_for

STEPS = Ordering(("draw a *mini-batch*", "forward [red]pass[/]", "loss $L$", "update"), (3, 1, 4, 2))
KEY = ("1", "2", "3", "4")


class Page(App[None]):
    """A page with nothing but the widget of an interaction; the tests of the other widgets use it too."""

    def __init__(self, interaction: Interaction = STEPS, draft: Response = ()) -> None:
        super().__init__()
        self._make = partial(widget_for, interaction, draft)
        self.given: list[Response] = []

    def compose(self) -> ComposeResult:
        self.asked: ResponseWidget = self._make()
        with VerticalScroll(can_focus=False):
            yield self.asked

    def on_mount(self) -> None:
        self.asked.take_focus()

    def on_responded(self, event: Responded) -> None:
        self.given.append(event.response)

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def test_items_stand_as_shown_without_markup():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        found = [line.split("  ")[-1] for line in app.lines if line.strip() and "space" not in line]
        assert found == ["loss L", "draw a mini-batch", "update", "forward [red]pass[/]"]


@pytest.mark.parametrize(
    ("keys", "response"),
    [
        ((), ()),
        (("down", "up", "3"), ()),
        (("space", "down", "space"), ("1", "3", "4", "2")),
        (("space", "down", "down", "down", "down"), ("1", "4", "2", "3")),
        (("down", "shift+up"), ("1", "3", "4", "2")),
        (("J", "J", "K"), ("1", "3", "4", "2")),
        (("4", "space", "1", "space"), ("2", "3", "1", "4")),
        (("j", "k", "space", "j"), ("1", "3", "4", "2")),
        (("shift+up",), ("3", "1", "4", "2")),
        (("space", "space"), ("3", "1", "4", "2")),
    ],
)
async def test_keys_move_items(keys: tuple[str, ...], response: Response):
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)

        assert app.asked.response() == response


async def test_enter_submits_and_puts_down_first_what_is_held():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "down", "enter")
        assert app.given == []
        await press(pilot, "enter")

        assert app.given == [("1", "3", "4", "2")]


async def test_untouched_it_submits_nothing():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")

        assert app.given == [()]


async def test_what_is_held_is_told_by_a_sign():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "down")

        (line,) = [line for line in app.lines if "loss L" in line]
        assert line.strip().startswith("↕  2")
        assert "space puts it down" in app.text


async def test_a_click_picks_up_and_another_puts_down():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = {name: next(y for y, line in enumerate(app.lines) if name in line) for name in ("loss", "forward")}
        await pilot.click(offset=(10, rows["loss"]))
        await pilot.click(offset=(10, rows["forward"]))
        await pilot.click(offset=(10, rows["forward"] + 2))  # the line of help is no item
        await pilot.pause()

        assert app.asked.response() == ("1", "4", "2", "3")


@pytest.mark.parametrize("draft", [("2", "1", "3", "4"), ("3", "1", "4", "2")])
async def test_a_draft_is_there_again_and_counts_as_touched(draft: Response):
    app = Page(draft=draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert app.asked.response() == draft


@pytest.mark.parametrize("draft", [("1", "2"), ("1", "2", "3", "9"), ("1", "1", "2", "3")])
async def test_a_draft_of_other_items_is_let_go(draft: Response):
    app = Page(draft=draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert app.asked.response() == ()


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_verdict_says_where_each_belongs(size: tuple[int, int]):
    app = Page()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "shift+down", "enter")
        app.asked.settle(Mark(0.5, options={"4": "After *all* else."}), KEY)
        await pilot.pause()

        found = {
            line.split("  ")[2].strip(): line.split("  ")[-1].strip()
            for line in app.lines
            if "✓" in line or "✗" in line
        }
        assert found == {
            "draw a mini-batch": "✓ 1",
            "loss L": "✗ belongs at 3",
            "update": "✗ belongs at 4",
            "forward [red]pass[/]": "✗ belongs at 2",
        }
        assert "After all else." in app.text


async def test_nothing_moves_after_the_verdict():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "J", "enter")
        app.asked.settle(Mark(0.5), KEY)
        await pilot.pause()
        before = app.text
        await press(pilot, "J", "space", "2", "enter")
        await pilot.click(offset=(10, 2))
        await pilot.pause()

        assert (app.text, len(app.given)) == (before, 1)


async def test_another_width_keeps_the_order():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "J")
        await pilot.resize_terminal(24, 20)
        await pilot.pause()

        assert app.asked.response() == ("1", "3", "4", "2")
        assert all(len(line) <= 24 for line in app.lines)
        assert "update" in app.text
