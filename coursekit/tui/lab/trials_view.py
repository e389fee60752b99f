"""The trials of a measurement as a table, the last one in sight."""

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coursekit.lab.report import Trial
from coursekit.lab.trials import table
from coursekit.tui.text import QUIET


class TrialsView(VerticalScroll, can_focus=False):
    """A line for each trial, as they come."""

    DEFAULT_CSS = """
    TrialsView { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; }
    TrialsView Static { height: auto; width: auto; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__(Static("", markup=False))
        self._trials: list[Trial] = []

    def begin(self) -> None:
        """Empty the table for a new measurement."""
        self._trials = []
        self._show()

    def add(self, trials: Sequence[Trial]) -> None:
        """Show more of it."""
        self._trials += trials
        self._show()

    def _show(self) -> None:
        head, *rows = table(self._trials) or [""]
        lines = [Content.styled(head, QUIET), *(Content(row) for row in rows)]
        self.query_one(Static).update(Content("\n").join(lines))
        self.scroll_end(animate=False)
