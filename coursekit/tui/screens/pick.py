"""Pick one of a few: over the screen that asks."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coursekit.model import Response
from coursekit.tui.interactions import Responded
from coursekit.tui.interactions.choice import ChoiceList
from coursekit.tui.screens.base import OverScreen
from coursekit.tui.text import QUIET


class PickScreen(OverScreen[int | None]):
    """A list; enter takes the picked one, counted from 1, esc takes none."""

    DEFAULT_CSS = """
    PickScreen { align: center middle; }
    PickScreen VerticalScroll { width: 84; max-width: 100%; height: auto; max-height: 90%;
        padding: 1 3; background: $panel; }
    PickScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close"),
        Binding("q,Q", "app.leave", "leave coursekit"),
    ]

    def __init__(self, asked: str, options: Sequence[str], picked: int | None = None) -> None:
        super().__init__()
        self._asked = asked
        self._options = tuple(options)
        self._picked: Response = (str(picked),) if picked else ()

    def compose(self) -> ComposeResult:
        """List the options."""
        with VerticalScroll(can_focus=False):
            yield Static(Content.styled(self._asked, "bold"), markup=False)
            yield ChoiceList(self._options, many=False, picked=self._picked)
            yield Static(Content.styled("a number picks · enter takes it · esc closes this", QUIET), markup=False)

    def on_responded(self, event: Responded) -> None:
        """Take the picked one."""
        event.stop()
        if event.response and self.is_active:  # enter twice would close what is below, too
            self.dismiss(int(event.response[0]))
