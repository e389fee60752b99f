"""The last line: what can be done now: six keys, and more where there is room for all; a click on one presses it."""

from collections.abc import Sequence

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
        self._more: tuple[Key, ...] = ()

    def show(self, *keys: Key, more: Sequence[Key] = ()) -> None:
        """Show other keys, and `more` where the line is long enough for all."""
        if (keys, tuple(more)) != (self._keys, self._more):
            self._keys, self._more = keys, tuple(more)
            self.refresh()

    def render(self) -> Content:
        """Draw as many keys as fit."""
        parts: list[tuple[str, str]] = []
        for _, name, what in self._fitting():
            parts += [(name, HERE), (f" {what}   ", QUIET)]
        return Content.assemble(*parts)

    def on_click(self, event: Click) -> None:
        """Press the key under the pointer."""
        x = event.x - 2
        for key, name, what in self._fitting():
            width = _width(name, what)
            if 0 <= x < width:
                self.post_message(self.Pressed(key))
                return
            x -= width

    def _fitting(self) -> list[Key]:
        """Leave out the last but the first and "?", which lists them all, until the rest has room."""
        keys = [*self._keys, *self._more]
        if self._too_long(keys):
            keys = list(self._keys)
        while self._too_long(keys):
            spare = [key for key in keys[1:] if key[0] != "question_mark"]
            if not spare:
                break
            keys.remove(spare[-1])
        return keys

    def _too_long(self, keys: Sequence[Key]) -> bool:
        return sum(_width(name, what) for _, name, what in keys) - 3 > self.size.width


def _width(name: str, what: str) -> int:
    return len(name) + len(what) + 4
