"""A learner's own note on a question, kept while it is typed."""

from collections.abc import Callable
from typing import ClassVar, final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from coursekit.errors import CoursekitError
from coursekit.tui.screens.base import OverScreen
from coursekit.tui.telling import tell
from coursekit.tui.text import QUIET

_KEEP_SECONDS = 1  # what a power cut may cost


@final
class NoteScreen(OverScreen[None]):
    """A text over the question. `keep` saves it; it is called while one types and before the screen closes."""

    DEFAULT_CSS = """
    NoteScreen { align: center middle; }
    NoteScreen Vertical { width: 84; max-width: 100%; height: auto; max-height: 100%;
        padding: 1 3; background: $panel; }
    NoteScreen TextArea { height: 10; max-height: 60%; margin: 1 0; }
    NoteScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "close", "save and close"),
    ]
    AUTO_FOCUS = "TextArea"

    def __init__(self, title: Content, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._title = title
        self._kept = text
        self._keep = keep

    def compose(self) -> ComposeResult:
        """Lay out the question's title, the text, and what can be done."""
        with Vertical():
            yield Static(Content.styled("Note on ", "bold") + self._title.stylize("bold"), markup=False)
            yield TextArea(self._kept, soft_wrap=True, tab_behavior="focus")
            yield Static(
                Content.styled("saved as you type · Markdown and $formulas$ · esc closes this", QUIET), markup=False
            )

    def on_mount(self) -> None:
        """Go to the end of what is there, and keep what is typed."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        self.set_interval(_KEEP_SECONDS, self.keep_draft)

    def keep_draft(self) -> None:
        """Save what has changed; a record that cannot be written says so when the screen is closed."""
        try:
            self._save()
        except CoursekitError:
            return

    def action_close(self) -> None:
        """Save and close; what cannot be saved stays on the screen."""
        try:
            self._save()
        except CoursekitError as error:
            tell(self, f"{error} Your note is not saved, so it stays open: copy it elsewhere. ctrl+q leaves.")
            return
        if self.is_active:
            self.dismiss()

    def _save(self) -> None:
        text = self.query_one(TextArea).text.strip()
        if text != self._kept:
            self._keep(text)
            self._kept = text
