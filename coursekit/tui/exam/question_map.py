"""All places of a sitting on a line or a few: with a response, without one, flagged, and where one is."""

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from coursekit.exam.sitting import Sitting
from coursekit.exam.telling import glyphs
from coursekit.tui.text import HERE, QUIET

_CELL = 7
_MOST_ROWS = 3


class QuestionMap(Widget):
    """Numbers with glyphs; a click goes to one. Of very many those near the place at hand are seen."""

    DEFAULT_CSS = """
    QuestionMap { height: auto; width: 100%; max-width: 96; padding: 0 2; }
    """

    class Chosen(Message):
        """A place was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting

    def show(self, sitting: Sitting) -> None:
        """Show what has changed."""
        if sitting != self._sitting:
            self._sitting = sitting
            self.refresh()

    def render(self) -> Content:
        """Draw the rows."""
        rows = self._rows(self.size.width)
        return Content("\n").join(Content.assemble(*(self._cell(place) for place in row)) for row in rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows at a width."""
        del container, viewport
        return len(self._rows(width))

    def on_click(self, event: Click) -> None:
        """Go to the place under the pointer."""
        offset = event.get_content_offset(self)
        rows = self._rows(self.size.width)
        if offset and offset.y < len(rows) and offset.x // _CELL < len(rows[offset.y]):
            self.post_message(self.Chosen(rows[offset.y][offset.x // _CELL]))

    def _rows(self, width: int) -> list[range]:
        """Cut the places into rows, and leave those that are too many."""
        many, in_row = len(self._sitting.places), max(1, width // _CELL)
        rows = [range(start, min(many, start + in_row)) for start in range(0, many, in_row)]
        here = self._sitting.at // in_row
        first = max(0, min(here - _MOST_ROWS // 2, len(rows) - _MOST_ROWS))
        return rows[first : first + _MOST_ROWS]

    def _cell(self, place: int) -> Content:
        is_here = place == self._sitting.at
        text = f"{'▸' if is_here else ' '}{place + 1}{glyphs(self._sitting, place)}".ljust(_CELL)
        return Content.styled(text, HERE if is_here else QUIET)
