"""One line to type, over the screen that asks; what does not do is said below it, and the line stays."""

from collections.abc import Callable
from typing import ClassVar, final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from coursekit.errors import CoursekitError
from coursekit.tui.screens.base import OverScreen
from coursekit.tui.text import PARTLY, QUIET


@final
class LineScreen(OverScreen[bool]):
    """Asks for a line; `take` keeps it or raises CoursekitError. Ends with whether it was taken."""

    DEFAULT_CSS = """
    LineScreen { align: center middle; }
    LineScreen Vertical { width: 84; max-width: 100%; height: auto; max-height: 100%;
        padding: 1 3; background: $panel; }
    LineScreen Input { margin: 1 0; }
    LineScreen Static { height: auto; }
    LineScreen #problem.-empty { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(False)", "close")]
    AUTO_FOCUS = "Input"

    def __init__(self, asked: str, says: str, take: Callable[[str], None], value: str = "") -> None:
        super().__init__()
        self._asked, self._says, self._take, self._value = asked, says, take, value

    def compose(self) -> ComposeResult:
        """Lay out what is asked, the line, and what is wrong with it."""
        with Vertical():
            yield Static(Content.styled(self._asked, "bold"), markup=False)
            yield Input(self._value, select_on_focus=False)
            yield Static("", id="problem", classes="-empty", markup=False)
            yield Static(Content.styled(f"{self._says}\nenter takes it · esc closes this", QUIET), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line, or say why not."""
        if not self.is_active:  # enter twice: the second would close what is below
            return
        try:
            self._take(event.value.strip())
        except CoursekitError as error:
            problem = self.query_one("#problem", Static)
            problem.update(Content.styled(f"{error}\n", PARTLY))
            problem.remove_class("-empty")
        else:
            self.dismiss(True)
