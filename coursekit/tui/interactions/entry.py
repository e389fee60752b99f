"""One line to type, with what is expected beside it."""

import re

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from coursekit.model import Mark, Response, TextEntry
from coursekit.tui.interactions._base import Responded, ResponseWidget
from coursekit.tui.text import RIGHT, WRONG

_NUMBER_KEYS = r"[0-9eExX.,+\-−/%*^ ]*"


class NumberInput(Input):
    """An input that takes what numbers are made of and leaves other letters to the screen's keys."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is text here."""
        return super().check_consume_key(key, character) and re.fullmatch(_NUMBER_KEYS, character or "?") is not None


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
        if self._interaction.number:
            yield NumberInput(self._draft, restrict=_NUMBER_KEYS, select_on_focus=False)
        else:
            yield Input(self._draft, select_on_focus=False)
        yield Static(f"Expected: {self._interaction.form}. enter submits.", classes="form", markup=False)

    def response(self) -> Response:
        """Return the line, nothing when it is blank."""
        text = self.query_one(Input).value.strip()
        return (text,) if text else ()

    def settle(self, mark: Mark, key: Response) -> None:
        """Show the key beside what was given."""
        self.query_one(Input).disabled = True
        glyph, style = ("✓ yours", RIGHT) if mark.fraction >= 1 else ("✗ yours", WRONG)
        verdict = Content.assemble((glyph, style), "    ", ("✓ key ", RIGHT), (" ".join(key), "bold"))
        self.query_one(Static).update(verdict)

    def take_focus(self) -> None:
        """Focus the line."""
        self.query_one(Input).focus(scroll_visible=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on what was typed."""
        event.stop()
        self.post_message(Responded(self.response()))
