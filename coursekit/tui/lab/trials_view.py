"""The trials of a measurement as a table, the last one in sight."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coursekit.lab.report import Trial
from coursekit.lab.trials import table
from coursekit.tui.text import QUIET


class TrialsView(Vertical):
    """A line for each trial, as they come, below the names of the columns."""

    DEFAULT_CSS = """
    TrialsView { height: 1fr; width: 1fr; }
    TrialsView Static { height: auto; width: auto; text-wrap: nowrap; }
    TrialsView VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    TrialsView.-beside { padding: 0 0 0 2; }
    """

    def __init__(self, *, is_beside: bool) -> None:
        """Take whether it stands beside a curve."""
        super().__init__(classes="-beside" if is_beside else "")
        self._trials: list[Trial] = []

    def compose(self) -> ComposeResult:
        """Lay out names above rows."""
        yield Static("", id="names", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static("", id="rows", markup=False)

    @property
    def count(self) -> int:
        """How many trials are shown."""
        return len(self._trials)

    def begin(self) -> None:
        """Empty the table for a new measurement."""
        self._trials = []
        self._show()

    def add(self, trials: Sequence[Trial]) -> None:
        """Show more of it."""
        self._trials += trials
        self._show()

    def _show(self) -> None:
        head, *rows = table(self._trials, self.size.width - 2 or None) or [""]
        self.query_one("#names", Static).update(Content.styled(head, QUIET))
        self.query_one("#rows", Static).update(Content("\n".join(rows)))
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)
