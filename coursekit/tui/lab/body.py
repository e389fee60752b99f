"""The middle of a lab's screen: its text, the run, the table of runs, or the way of a run; one of them at a time."""

from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import ContentSwitcher

from coursekit.lab.definition import Lab
from coursekit.tui.lab.knob_list import KnobList
from coursekit.tui.lab.run_page import RunPage
from coursekit.tui.prose_view import ProseView

if TYPE_CHECKING:  # these pages are loaded when they are first shown
    from pathlib import Path

    from coursekit.store.labs import LabRun
    from coursekit.train.config import TrainingConfig
    from coursekit.tui.lab.runs_desk import RunsDesk
    from coursekit.tui.lab.runs_page import RunsPage

PageName: TypeAlias = Literal["text", "run", "table", "way"]
_TAKES_KEYS = {"table": "RunTable", "way": "WayPage"}  # elsewhere the knobs do


class LabBody(ContentSwitcher):
    """The pages; turning to one gives the keys to what can be moved on it."""

    DEFAULT_CSS = """
    LabBody #text { width: 100%; height: 1fr; scrollbar-size-vertical: 1; }
    LabBody #text ProseView { margin: 0 0 1 0; max-width: 92; }
    """

    def __init__(self, lab: Lab) -> None:
        super().__init__(id="body", initial="text")
        self._lab = lab

    def compose(self) -> ComposeResult:
        """Lay out what is needed at once."""
        with VerticalScroll(id="text", can_focus=False):
            yield ProseView(f"**{self._lab.title}**\n\n{self._lab.instructions}")
        yield RunPage(self._lab)

    @property
    def page(self) -> PageName:
        """The page that is shown."""
        return cast("PageName", self.current or "text")

    @property
    def run(self) -> RunPage:
        """The page of the run."""
        return self.query_one(RunPage)

    def turn_to(self, page: PageName) -> None:
        """Show a page that is there."""
        self.current = page
        focused = _TAKES_KEYS.get(page)
        (self.query_one(focused) if focused else self.screen.query_one(KnobList)).focus()

    async def show_table(self, runs: "RunsDesk") -> None:
        """Show the table of runs."""
        from coursekit.tui.lab.runs_page import RunsPage  # a table costs 10 ms

        if not self.query(RunsPage):
            await self.mount(RunsPage(self._lab))
        self.turn_to("table")
        self.list_runs(runs)

    def list_runs(self, runs: "RunsDesk") -> None:
        """Bring the table up to date, if it is shown."""
        if self.page == "table":
            self._table.show(runs.runs, runs.behind)

    def draw_compared(self, runs: "RunsDesk") -> None:
        """Draw the runs behind the one in the picture, and mark them in the table."""
        self.list_runs(runs)
        if curve := self.run.curve:
            curve.compare(runs.compared.shown(runs.now))

    @property
    def chosen(self) -> "LabRun | None":
        """The run at the table's cursor; None when the table is not shown."""
        return self._table.chosen if self.page == "table" else None

    async def show_way(self, config: "TrainingConfig", log: "Path | None") -> None:
        """Show the way of a run."""
        from coursekit.tui.lab.way_page import WayPage

        if not self.query(WayPage):
            await self.mount(WayPage(log))
        self.turn_to("way")
        self.call_after_refresh(self.query_one(WayPage).open, config)

    async def add_text(self, view: ProseView) -> None:
        """Show the text, with a view at its end if it is not there yet, from where that begins."""
        self.turn_to("text")
        if not view.is_attached:
            await self._text.mount(view)
        self.call_after_refresh(self._text.scroll_to_widget, view, animate=False, top=True)

    def scroll_page(self, where: str) -> None:
        """Scroll what is shown by 'page_up' or 'page_down', or to its 'home' or 'end'."""
        page = self._text if self.page == "text" else self.run.rows or self.run
        getattr(page, f"scroll_{where}")(animate=False)

    @property
    def _text(self) -> VerticalScroll:
        return self.query_one("#text", VerticalScroll)

    @property
    def _table(self) -> "RunsPage":
        from coursekit.tui.lab.runs_page import RunsPage

        return self.query_one(RunsPage)
