"""Some sentences to write; ctrl+s submits, since enter begins a line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from coursekit.model import LongText, Mark, Response
from coursekit.tui.interactions._base import ResponseWidget


class LongTextArea(ResponseWidget):
    """A text area with what is expected under it."""

    DEFAULT_CSS = """
    LongTextArea { height: auto; width: 1fr; margin: 1 0; }
    LongTextArea TextArea { height: 8; }
    LongTextArea .form { color: $text-muted; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "submit", "submit")]

    def __init__(self, interaction: LongText, draft: Response = ()) -> None:
        super().__init__()
        self._interaction = interaction
        self._draft = "\n".join(draft)

    def compose(self) -> ComposeResult:
        """Lay out the area and what it expects."""
        yield TextArea(self._draft, soft_wrap=True, tab_behavior="focus")
        form = f"Expected: {self._interaction.form}. ctrl+s submits, esc leaves the text."
        yield Static(form, classes="form", markup=False)

    def response(self) -> Response:
        """Return the text, nothing when it is blank."""
        text = self.query_one(TextArea).text.strip()
        return (text,) if text else ()

    def settle(self, mark: Mark, key: Response) -> None:
        """Keep the text as it was given; the evidence is shown by the page."""
        del mark, key
        area = self.query_one(TextArea)
        area.read_only = True
        area.can_focus = False
        self.query_one(Static).display = False

    def take_focus(self) -> None:
        """Focus the area, at the end of what is there."""
        area = self.query_one(TextArea)
        area.focus(scroll_visible=False)
        area.move_cursor(area.document.end)

    def action_submit(self) -> None:
        """Submit the text."""
        if not self.query_one(TextArea).read_only:
            self.submit()
