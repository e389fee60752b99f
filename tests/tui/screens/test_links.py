from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from tests.conftest import LAB
from tests.tui.conftest import Seat, Sit

TEXT = """
Read [Bottou on [noise]](https://arxiv.org/abs/1606.04838), then [the notes](../notes.md "t"),
[a file](file:///etc/passwd), [red&#27;&#x202e;](https://b.org/&#27;), [mail](mailto:a@b.org) and https://keras.io.

### Hint

See [a hint](https://hint.org).
"""
ADDRESS = "https://arxiv.org/abs/1606.04838"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses that the browser was asked for: no test opens one."""
    asked: list[str] = []
    monkeypatch.setattr("textual.app.App.open_url", lambda _, url, **__: asked.append(url))
    return asked


def _lab(course_folder: Path, text: str) -> Course:
    head, _ = LAB.split("Reach the bottom")
    (course_folder / "labs" / "bowl" / "lab.md").write_text(f"{head}Reach the bottom. {text}", encoding="utf-8")
    return open_course(course_folder)


@pytest.fixture
def linked(course_folder: Path) -> Course:
    """Return the tiny course with links in its lab."""
    return _lab(course_folder, TEXT)


async def _links(seat: Seat) -> None:
    seat.app.open_lab("bowl", "Labs")
    await seat.sees("Reach the bottom")
    await seat.press("u")
    await seat.sees("Links on this page")


async def test_links_are_listed_with_their_whole_address(sit: Sit, linked: Course):
    async with sit(course=linked) as seat:
        await _links(seat)

        await seat.sees("▸  1  Bottou on [noise]", ADDRESS, "2  the notes", "../notes.md", "3  red")
        await seat.sees("mailto:a@b.org", "https://keras.io", "is not opened", "enter or 1 … 5 opens")
        assert "hint.org" not in seat.text
        assert "etc/passwd" not in seat.text  # no link for the parser: it stands in the text
        assert "\x1b" not in seat.text
        assert "\u202e" not in seat.text


@pytest.mark.parametrize(
    ("keys", "address"),
    [(["enter"], ADDRESS), (["5"], "https://keras.io"), (["down", "up", "enter"], ADDRESS)],
    ids=["enter", "digit", "arrows"],
)
async def test_a_link_of_the_web_is_opened_in_the_browser(
    sit: Sit, linked: Course, opened: list[str], keys: list[str], address: str
):
    async with sit(course=linked) as seat:
        await _links(seat)
        assert opened == []
        await seat.press(*keys)

        assert opened == [address]
        await seat.sees("▸  5" if keys == ["5"] else "▸  1")
        await seat.sees(f"Opened in your browser: {address}")


@pytest.mark.parametrize("digit", ["2", "4"])
async def test_no_other_address_is_opened_and_the_screen_says_why(
    sit: Sit, linked: Course, opened: list[str], digit: str
):
    async with sit(course=linked, size=(80, 40)) as seat:
        await _links(seat)
        await seat.press(digit)

        await seat.sees("Not opened:", "Only addresses that begin with http:// or https:// are opened.")
        assert opened == []


async def test_one_link_is_shown_before_it_is_opened(sit: Sit, course_folder: Path, opened: list[str]):
    async with sit(course=_lab(course_folder, "[Only](https://one.org)")) as seat:
        await _links(seat)
        await seat.sees("▸  1  Only", "https://one.org", "enter or 1 opens")
        assert opened == []
        await seat.press("escape")

        assert seat.screen == "LabScreen"
        assert opened == []


async def test_a_page_without_links_says_so(sit: Sit):
    async with sit() as seat:
        seat.app.open_lab("bowl", "Labs")
        await seat.sees("Reach the bottom")
        await seat.press("u")

        await seat.sees("There is no link on this page.")
        assert seat.screen == "LabScreen"


async def test_links_of_a_hint_are_listed_once_it_is_shown(sit: Sit, linked: Course):
    async with sit(course=linked, size=(80, 40)) as seat:
        seat.app.open_lab("bowl", "Labs")
        await seat.sees("Reach the bottom")
        await seat.press("h", "u")

        await seat.sees("6  a hint", "https://hint.org")


async def test_a_click_chooses_and_does_not_open(sit: Sit, linked: Course, opened: list[str]):
    async with sit(course=linked, size=(80, 40)) as seat:
        await _links(seat)
        await seat.click("https://keras.io")

        await seat.sees("▸  5  https://keras.io")
        assert opened == []
        await seat.press("enter")
        assert opened == ["https://keras.io"]


async def test_a_long_list_scrolls_with_the_cursor_on_the_smallest_screen(sit: Sit, course_folder: Path):
    text = " ".join(f"[link {number}](https://a.org/{'long/' * 15}{number})" for number in range(1, 13))
    async with sit(course=_lab(course_folder, text), size=(50, 15)) as seat:
        await _links(seat)
        await seat.press(*["down"] * 11)

        await seat.sees("▸ 12  link 12")
        await seat.press("q")
        await seat.until(lambda: not seat.app.is_running)
