"""One line to type, with what is expected beside it."""

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from coursekit.model import Mark, Response, TextEntry
from coursekit.tui.interactions._base import ResponseWidget
from coursekit.tui.text import RIGHT, WRONG

_BEGINNINGS = "0123456789.,+-−"


class LineInput(Input):
    """A line of text. One for a number leaves letters to the screen's keys until something is typed.

    Enter submits at once, before the keys that come after it are taken for text.
    """

    def __init__(self, value: str, *, is_number: bool) -> None:
        super().__init__(value, select_on_focus=False)
        self._is_number = is_number

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is text here."""
        return super().check_consume_key(key, character) and self._is_text(character)

    def on_key(self, event: Key) -> None:
        """Submit at enter; let a key pass that is not text here."""
        if event.key == "enter" and isinstance(self.parent, ResponseWidget):
            event.stop()
            event.prevent_default()
            self.parent.submit()
        elif event.key == "backspace":  # at once as well: a binding would come after the keys behind it
            event.stop()
            event.prevent_default()
            self.action_delete_left()
        elif event.is_printable and not self._is_text(event.character):
            event.prevent_default()

    def _is_text(self, character: str | None) -> bool:
        return not self._is_number or bool(self.value) or (character or "?") in _BEGINNINGS


class EntryLine(ResponseWidget):
    """An input line; enter submits."""

    DEFAULT_CSS = """
    EntryLine { height: auto; width: 1fr; margin: 1 0; }
    EntryLine Input { width: 32; }
    EntryLine .form { color: $text-muted; padding: 0 1; }
    """

    def __init__(self, interaction: TextEntry, draft: Response = ()) -> None:
        super().__init__()
        self._interaction = interaction
        self._draft = " ".join(draft)

    def compose(self) -> ComposeResult:
        """Lay out the line and what it expects."""
        yield LineInput(self._draft, is_number=self._interaction.number)
        yield Static(f"Expected: {self._interaction.form}. enter submits.", classes="form", markup=False)

    def response(self) -> Response:
        """Return the line, nothing when it is blank."""
        text = self.query_one(Input).value.strip()
        return (text,) if text else ()

    def settle(self, mark: Mark, key: Response) -> None:
        """Show the key beside what was given."""
        self.query_one(Input).disabled = True
        glyph, style = ("✓ yours", RIGHT) if mark.fraction >= 1 else ("✗ yours", WRONG)
        shown = [("✓ key ", RIGHT), (" ".join(key), "bold")] if key else []
        self.query_one(Static).update(Content.assemble((glyph, style), "    ", *shown))

    def take_focus(self) -> None:
        """Focus the line."""
        self.query_one(Input).focus(scroll_visible=False)
