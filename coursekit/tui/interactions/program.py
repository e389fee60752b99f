"""A function to write in one's own editor; nothing is entered here."""

from textual.content import Content
from textual.geometry import Size

from coursekit.model import Mark, Program, Response
from coursekit.prose import Line, render
from coursekit.tui.interactions._base import ResponseWidget
from coursekit.tui.text import PARTLY, RIGHT, WRONG, to_content


class ProgramNote(ResponseWidget, can_focus=True):
    """Says what to write, and that its lab grades it; the keys are the screen's, and nothing is submitted."""

    DEFAULT_CSS = """
    ProgramNote { height: auto; width: 1fr; margin: 1 0; }
    """

    def __init__(self, interaction: Program) -> None:
        super().__init__()
        self._markdown = f"Write `{interaction.entry}` in your editor; this question is graded in its lab, key l."
        self._verdict = Content("")

    def response(self) -> Response:
        """Return nothing: the program is a file of the learner's."""
        return ()

    def settle(self, mark: Mark, key: Response) -> None:
        """Show the verdict of the lab."""
        del key
        glyph, style = ("✓ right", RIGHT) if mark.fraction >= 1 else ("✗ wrong", WRONG)
        if 0 < mark.fraction < 1:
            glyph, style = "≈ partly right", PARTLY
        self._verdict = Content.assemble("\n", (glyph, style), ", as the lab found")
        self.can_focus = False
        self.refresh(layout=True)

    def take_focus(self) -> None:
        """Focus the note."""
        self.focus(scroll_visible=False)

    def render(self) -> Content:
        """Draw the sentence, and the verdict under it."""
        return to_content(self._lines(self.size.width)) + self._verdict

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at a width."""
        del container, viewport
        return len(self._lines(width)) + len(self._verdict.split("\n")) - 1

    def _lines(self, width: int) -> tuple[Line, ...]:
        return render(self._markdown, max(12, width))
