"""A terminal too small to draw on: said, until it is enlarged."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coursekit.tui.screens.base import OverScreen


class SmallScreen(OverScreen[None]):
    """Covers everything; the app takes it away when there is room again."""

    DEFAULT_CSS = """
    SmallScreen { background: $background; align: center middle; }
    SmallScreen Static { width: 100%; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,Q,escape", "app.leave", "leave coursekit")]

    def __init__(self, least: tuple[int, int]) -> None:
        super().__init__()
        self._least = least

    def compose(self) -> ComposeResult:
        """Lay out the one sentence."""
        yield Static(self._sentence(), markup=False)

    def on_screen_resume(self) -> None:
        """Go, if there has come to be room while something else was above."""
        if self.size.width >= self._least[0] and self.size.height >= self._least[1] and self.is_active:
            self.dismiss()

    def on_resize(self) -> None:
        """Say the size that it is now."""
        self.query_one(Static).update(self._sentence())

    def _sentence(self) -> str:
        size, (columns, rows) = self.size, self._least
        return (
            f"{size.width}x{size.height} is too small: {columns}x{rows} is needed. "
            "Enlarge it, or q and coursekit --plain."
        )
