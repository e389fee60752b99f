"""The last line: what can be done now, at most six keys; a click on one presses it."""

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from coursekit.tui.text import HERE, QUIET

Key = tuple[str, str, str]
"""The key's name for Textual, as a person reads it, and what it does: ("question_mark", "?", "help")."""


class KeyBar(Widget):
    """Keys and what they do, on one line at the bottom."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 2; background: $panel; }
    """

    class Pressed(Message):
        """A key of the bar was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *keys: Key) -> None:
        super().__init__()
        self._keys = keys

    def show(self, *keys: Key) -> None:
        """Show other keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        """Draw as many keys as fit."""
        parts: list[tuple[str, str]] = []
        for _, name, what in self._keys:
            parts += [(name, HERE), (f" {what}   ", QUIET)]
        return Content.assemble(*parts)

    def on_click(self, event: Click) -> None:
        """Press the key under the pointer."""
        x = event.x - 2
        for key, name, what in self._keys:
            width = len(name) + len(what) + 4
            if 0 <= x < width:
                self.post_message(self.Pressed(key))
                return
            x -= width
