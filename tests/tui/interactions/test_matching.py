import pytest

from coursekit.model import Mark, Matching, Response
from tests.tui.interactions.test_ordering import Page, press

RULES = Matching(
    ("momentum", "Adam [b]", "weight decay"),
    ("an average of *past* gradients", "a step scaled by $v$", "a pull towards zero", "fewer epochs"),
    (2, 4, 1, 3),
)
KEY = ("1", "2", "3")


@pytest.mark.parametrize(
    ("keys", "response"),
    [
        ((), ()),
        (("c",), ("1", "", "")),
        (("c", "down", "a", "down", "d"), ("1", "2", "3")),
        (("a", "down", "a", "down", "a"), ("2", "2", "2")),
        (("a", "b"), ("4", "", "")),
        (("a", "down", "b", "up", "backspace"), ("", "4", "")),
        (("a", "backspace"), ()),
        (("down", "down", "down", "down", "d", "up", "up", "up", "b"), ("4", "", "3")),
        (("e", "h", "n", "z"), ()),
    ],
)
async def test_letters_assign(keys: tuple[str, ...], response: Response):
    app = Page(RULES)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)

        assert app.asked.response() == response


async def test_enter_submits_what_is_assigned():
    app = Page(RULES)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "c", "enter")

        assert app.given == [(), ("1", "", "")]


async def test_what_is_assigned_stands_beside_its_prompt():
    app = Page(RULES)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "a")

        assert [line.split("]  ")[0].split("[")[-1] for line in app.lines if "momentum" in line] == ["_"]
        (line,) = [line for line in app.lines if "Adam [b]" in line]
        assert "▸ 2  Adam [b]" in line
        assert "[a]" in line


async def test_partners_stand_beside_the_prompts_and_below_them_where_it_is_narrow():
    app = Page(RULES)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [line for line in app.lines if "momentum" in line and "a  a step scaled by v" in line]
        await press(pilot, "c")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()

        tops = [
            next(y for y, line in enumerate(app.lines) if words in line) for words in ("weight", "a  a step", "d  a")
        ]
        assert tops == sorted(tops)
        assert not [line for line in app.lines if "momentum" in line and "step" in line]
        assert "an average of past gradients" in app.text
        assert app.asked.response() == ("1", "", "")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_click_on_a_prompt_and_one_on_a_partner_assign(size: tuple[int, int]):
    app = Page(RULES)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for words in ("weight decay", "a pull towards", "momentum", "fewer epochs"):
            y = next(y for y, line in enumerate(app.lines) if words in line)
            await pilot.click(offset=(app.lines[y].index(words) + 1, y))
        await pilot.pause()

        assert app.asked.response() == ("4", "", "3")


async def test_a_draft_is_there_again():
    app = Page(RULES, ("1", "", "3"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert app.asked.response() == ("1", "", "3")
        assert "[c]" in app.text


@pytest.mark.parametrize("draft", [("1",), ("1", "2", "9"), ("1", "2", "3", "4")])
async def test_a_draft_of_other_prompts_is_let_go(draft: Response):
    app = Page(RULES, draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert app.asked.response() == ()


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_verdict_says_which_partner_is_right(size: tuple[int, int]):
    app = Page(RULES)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a", "down", "a", "enter")
        app.asked.settle(Mark(1 / 3, options={"1": "It *remembers*."}), KEY)
        await pilot.pause()

        lines = {name: next(line for line in app.lines if name in line) for name in ("momentum", "Adam", "weight")}
        assert "✗ a  key c" in lines["momentum"]
        assert "✓ a" in lines["Adam"]
        assert "✗ –  key d" in lines["weight"]
        assert "It remembers." in app.text


async def test_partners_that_read_the_same_are_as_right_as_each_other():
    app = Page(Matching(("a rate", "a slope"), ("a number", "a  number"), (2, 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "down", "b", "enter")
        app.asked.settle(Mark(1), ("1", "2"))
        await pilot.pause()

        assert (app.text.count("✓"), app.text.count("✗")) == (2, 0)


async def test_nothing_is_assigned_after_the_verdict():
    app = Page(RULES)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "enter")
        app.asked.settle(Mark(1 / 3), KEY)
        await pilot.pause()
        before = app.text
        await press(pilot, "down", "a", "backspace", "enter")
        await pilot.click(offset=(50, 2))
        await pilot.pause()

        assert (app.text, len(app.given)) == (before, 1)
