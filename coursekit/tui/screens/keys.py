"""Every key of the screen below, over it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coursekit.tui.screens.base import OverScreen
from coursekit.tui.text import HERE, QUIET

NAMES = {
    "question_mark": "?",
    "slash": "/",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "escape": "esc",
}
"""Keys as a person reads them."""
SYSTEM = ("ctrl+q", "ctrl+c", "super+c", "ctrl+p", "tab", "shift+tab")
"""Keys that do the same on every screen."""


class KeysScreen(OverScreen[None]):
    """A list of keys; any of esc, ? and enter closes it."""

    DEFAULT_CSS = """
    KeysScreen { align: center middle; }
    KeysScreen VerticalScroll { width: 76; max-width: 100%; height: auto; max-height: 90%;
        padding: 1 3; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter", "dismiss", "close"),
        Binding("q,Q", "app.leave", "leave coursekit"),
    ]

    def __init__(self, bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self._keys = bindings

    def compose(self) -> ComposeResult:
        """List the keys, one line each, those that do the same together."""
        with VerticalScroll():
            yield Static(self._content(), markup=False)

    def _content(self) -> Content:
        rows: dict[str, list[str]] = {}
        for key, active in self._keys.items():
            if active.binding.description and key not in SYSTEM:
                rows.setdefault(active.binding.description, []).append(
                    active.binding.key_display or NAMES.get(key, key)
                )
        lines = [Content.assemble((_spoken(keys).ljust(16), HERE), what) for what, keys in rows.items()]
        more = [
            ("tab", "next part of the screen"),
            ("ctrl+c", "copy what is selected"),
            ("ctrl+q", "leave at once"),
        ]
        lines += [Content.assemble((key.ljust(16), HERE), what) for key, what in more]
        return Content("\n").join(
            [
                Content.styled("Keys on this screen", "bold"),
                Content(""),
                *lines,
                Content(""),
                Content.styled("esc closes this", QUIET),
            ]
        )


def _spoken(keys: Sequence[str]) -> str:
    """Name the keys of one line; a capital that does what its small letter does goes without saying."""
    return " ".join(key for key in keys if key.islower() or key.lower() not in keys or key.lower() == key)
