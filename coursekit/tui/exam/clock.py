"""The time that is left, as text: a region of its own, drawn anew once a second, never flashing."""

from textual.content import Content
from textual.widget import Widget


class ExamClock(Widget):
    """Some cells at the right of the top line."""

    DEFAULT_CSS = """
    ExamClock { width: 8; height: 1; text-align: right; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def show(self, text: str) -> None:
        """Show another time; the same one draws nothing."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> Content:
        """Draw it at the right."""
        return Content(self._text.rjust(8))
