"""What is on a page can be selected with the mouse and copied."""

from rich.style import Style

from coursekit.tui.prose_view import ProseView
from tests.tui.conftest import Seat, Sit


async def _drag(seat: Seat, first: str, last: str) -> None:
    """Drag from the beginning of some words to the end of others."""
    begin = next((line.index(first), y) for y, line in enumerate(seat.lines) if first in line)
    end = next((line.index(last) + len(last) - 1, y) for y, line in enumerate(seat.lines) if last in line)
    await seat.pilot.mouse_down(offset=begin)
    await seat.pilot.hover(offset=end)
    await seat.pilot.mouse_up(offset=end)
    await seat.pilot.pause()


def _style_of(seat: Seat, words: str) -> Style:
    """Return the style in which a word is drawn."""
    strips = seat.app.screen._compositor.render_strips()
    segment = next(segment for strip in strips for segment in strip if segment.text.startswith(words))
    return segment.style or Style()


async def test_words_of_a_stem_are_selected_by_dragging_and_copied(sit: Sit):
    async with sit("one-step") as seat:
        await seat.sees("For L(w)")
        await _drag(seat, "L(w) = w²", "a rate of")

        assert seat.app.screen.get_selected_text() == "L(w) = w² / 2, w₀ = 6 and a rate of"
        await seat.press("ctrl+c")
        assert seat.app.clipboard == "L(w) = w² / 2, w₀ = 6 and a rate of"


async def test_a_selection_runs_over_lines_and_over_the_parts_of_a_page(sit: Sit):
    async with sit("pick-one", size=(60, 30)) as seat:
        await seat.press("h")
        await seat.sees("Write the gradient")
        await _drag(seat, "Doubling", "gradient as a mean")

        selected = seat.app.screen.get_selected_text() or ""
        assert selected.startswith("Doubling the batch size multiplies the variance of the\ngradient by\n")
        assert "\nHint 1   Write the gradient as a" in selected


async def test_what_is_selected_looks_so(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.sees("Doubling")
        before = _style_of(seat, "Doubling")
        await _drag(seat, "Doubling", "batch size")

        assert _style_of(seat, "Doubling").bgcolor != before.bgcolor


async def test_a_stem_keeps_its_markup_to_itself(sit: Sit):
    async with sit("pick-one") as seat:
        view = ProseView("[b]x[/b] [red]y `$z$` [/]")
        await seat.app.screen.query_one("#page").mount(view)

        await seat.sees("[b]x[/b] [red]y $z$ [/]")
