"""What may be wrong with a run that is to be diagnosed: pick one, over the lab's screen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from coursekit.lab.faults import Fault
from coursekit.model import Response
from coursekit.tui.interactions import Responded
from coursekit.tui.interactions.choice import ChoiceList
from coursekit.tui.text import QUIET


class FaultsScreen(ModalScreen[int | None]):
    """A list of faults; enter names the picked one, esc leaves it open."""

    DEFAULT_CSS = """
    FaultsScreen { align: center middle; }
    FaultsScreen VerticalScroll { width: 84; max-width: 100%; height: auto; max-height: 90%;
        padding: 1 3; background: $panel; }
    FaultsScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f", "dismiss", "close"),
        Binding("q", "app.leave", "leave coursekit"),
    ]

    def __init__(self, faults: tuple[Fault, ...], picked: int | None) -> None:
        super().__init__()
        self._faults = faults
        self._picked: Response = (str(picked),) if picked else ()

    def compose(self) -> ComposeResult:
        """List the faults."""
        with VerticalScroll(can_focus=False):
            yield Static(Content.styled("What is wrong with this run?", "bold"), markup=False)
            yield ChoiceList(tuple(fault.says for fault in self._faults), many=False, picked=self._picked)
            yield Static(Content.styled("a number picks · enter names it · esc closes this", QUIET), markup=False)

    def on_responded(self, event: Responded) -> None:
        """Name the picked one."""
        event.stop()
        if event.response:
            self.dismiss(int(event.response[0]))
