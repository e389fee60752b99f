"""A lab's runs as a table: sort by any column, run one again, compare, remove and bring back, write to a file."""

from collections.abc import Collection, Sequence
from typing import ClassVar, Literal, TypeAlias

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Static

from coursekit.clean import clean
from coursekit.lab.definition import Lab
from coursekit.lab.runs import Column, Value, columns, sort
from coursekit.plots.lines import MARKS
from coursekit.store.labs import LabRun
from coursekit.tui.lab.curve_view import EARLIER
from coursekit.tui.lab.texts import SHORT
from coursekit.tui.text import QUIET

What: TypeAlias = Literal["again", "recall", "compare", "remove", "undo", "export"]
_MOST = 100  # rows, the newest: a table of 200 takes 50 ms to sort; 'coursekit runs' lists all


class RunsPage(Vertical):
    """The table; what is to be done with a run is posted for the screen to do."""

    DEFAULT_CSS = """
    RunsPage { width: 100%; height: 1fr; }
    RunsPage DataTable { height: 1fr; background: $background; scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1; scrollbar-background: $background; }
    RunsPage DataTable:focus { background-tint: $foreground 0%; }
    RunsPage DataTable > .datatable--header { background: $background; }
    RunsPage DataTable > .datatable--fixed { background: $background; }
    RunsPage Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,C", "ask('compare')", "draw this run behind the others, or no longer"),
        Binding("r,R", "ask('recall')", "set the knobs as in this run"),
        Binding("d,D", "ask('remove')", "remove this run"),
        Binding("z,Z", "ask('undo')", "bring back the run that was removed last"),
        Binding("e,E", "ask('export')", "write this run to a file"),
        Binding("minus", "turn", "the other way round", key_display="-"),
    ]

    class Asked(Message):
        """Something is to be done with a run; None where there is none."""

        def __init__(self, what: What, run: LabRun | None) -> None:
            super().__init__()
            self.what: What = what
            self.run = run

    def __init__(self, lab: Lab) -> None:
        super().__init__(id="table")
        self._lab = lab
        self._runs: tuple[LabRun, ...] = ()
        self._rows: tuple[LabRun, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._compared: Sequence[int] = ()
        self._by = 0
        self._is_descending = True

    def compose(self) -> ComposeResult:
        """Lay out the table and a line on it."""
        yield RunTable(cursor_type="row", fixed_columns=1, cell_padding=1)
        yield Static("", id="sorted", markup=False)

    def show(self, runs: Sequence[LabRun], compared: Sequence[int] = ()) -> None:
        """List these runs; those compared have their mark behind their number."""
        self._runs, self._compared = tuple(runs[-_MOST:]), tuple(compared)
        self._columns = columns(self._lab, self._runs)
        self._fill()

    @property
    def chosen(self) -> LabRun | None:
        """The run at the cursor."""
        row = self.query_one(RunTable).cursor_row
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def action_ask(self, what: What) -> None:
        """Have something done with the run at the cursor."""
        self.post_message(self.Asked(what, self.chosen))

    def action_turn(self) -> None:
        """Sort the other way round."""
        self._is_descending = not self._is_descending
        self._fill()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Run the chosen one again."""
        event.stop()
        self.action_ask("again")

    def on_data_table_header_selected(self, event: DataTable.HeaderSelected) -> None:
        """Sort by the column that was clicked; a second click turns it round."""
        event.stop()
        if event.column_index == self._by:
            self.action_turn()
        else:
            self._sort_by(event.column_index)

    def move_by(self, move: int) -> None:
        """Sort by the next column, or the one before."""
        if self._columns:
            self._sort_by((self._by + move) % len(self._columns))

    def _sort_by(self, column: int) -> None:
        self._by, self._is_descending = column, column == 0  # the newest run first, of all else the least
        self._fill()

    def _fill(self) -> None:
        table, chosen = self.query_one(RunTable), self.chosen
        if not self._columns:
            return
        self._by = min(self._by, len(self._columns) - 1)
        column = self._columns[self._by]
        self._rows = sort(self._runs, column, self._is_descending)
        heads = [_head(each, self._is_descending if each is column else None) for each in self._columns]
        table.fill(heads, [[_cell(each, run, self._compared) for each in self._columns] for run in self._rows])
        table.point_at(next((row for row, run in enumerate(self._rows) if chosen and run.id == chosen.id), 0), self._by)
        way = "highest first" if self._is_descending else "lowest first"
        more = f"the last {_MOST} runs, " if len(self._runs) == _MOST else ""
        said = f"{more}sorted by {_words(column.name)}, {way}; ← → another column, - the other way round"
        empty = "No run is left. Press z to bring the last one back." if self._columns else ""
        self.query_one("#sorted", Static).update(Content.styled(said if self._rows else empty, QUIET))


class RunTable(DataTable[Text], inherit_bindings=False):
    """A table in which left and right choose the column that it is sorted by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "the run above"),
        Binding("down", "cursor_down", "the run below"),
        Binding("left", "cursor_left", "sort by the column before"),
        Binding("right", "cursor_right", "sort by the next column"),
        Binding("enter", "select_cursor", "run this one again"),
        Binding("pageup", "page_up", "a page up"),
        Binding("pagedown", "page_down", "a page down"),
        Binding("home,ctrl+home", "scroll_top", "to the first run"),
        Binding("end,ctrl+end", "scroll_bottom", "to the last run"),
    ]

    def action_cursor_left(self) -> None:
        """Sort by the column before."""
        self._page.move_by(-1)

    def action_cursor_right(self) -> None:
        """Sort by the next column."""
        self._page.move_by(1)

    def fill(self, heads: Sequence[Text], rows: Sequence[Sequence[Text]]) -> None:
        """Show these rows in columns as wide as what stands in them.

        The widths are given: the table itself measures them when it is idle, and may have drawn and kept lines by then.
        """
        self.clear(columns=True)
        for head, *cells in zip(heads, *rows, strict=True):
            self.add_column(head, width=max(text.cell_len for text in (head, *cells)))
        for row in rows:
            self.add_row(*row)

    def point_at(self, row: int, column: int) -> None:
        """Put the cursor on a row and have a column in sight."""
        self.move_cursor(row=row, column=column, animate=False)
        self.call_after_refresh(self._show_column, column)

    def _show_column(self, column: int) -> None:
        if 0 <= column < len(self.ordered_columns):
            self.scroll_to_region(self._get_column_region(column), animate=False)

    @property
    def _page(self) -> RunsPage:
        page = self.parent
        assert isinstance(page, RunsPage)
        return page


def _head(column: Column, descending: bool | None) -> Text:
    arrow = "" if descending is None else " ▼" if descending else " ▲"
    return Text(_words(column.name) + arrow, "bold" if arrow else "")


def _words(name: str) -> str:
    """Name a column as the figures beside the picture do; the run's own or the goal's, where a knob has the name."""
    whose, _, bare = name.rpartition(".")
    return f"{whose}'s {bare.replace('_', ' ')}" if whose else SHORT.get(name, name.replace("_", " "))


def _cell(column: Column, run: LabRun, compared: Collection[int]) -> Text:
    if column.kind == "run" and column.key == "run":
        place = list(compared).index(run.number) if run.number in compared else None
        mark = f" {MARKS[EARLIER[place]]}" if place is not None and place < len(EARLIER) else ""
        return Text(f"{run.number}{mark}")
    if column.kind == "run" and column.key == "points":
        sign = "✓" if run.points >= run.out_of else "≈" if run.points else "✗"
        return Text(f"{sign} {run.points:g} of {run.out_of:g}")
    return Text(_shown(column.value(run)), justify="right" if isinstance(column.value(run), (int, float)) else "left")


def _shown(value: Value) -> str:
    match value:
        case None:
            return "–"
        case bool() | str():
            return clean(str(value))
        case int() | float():
            return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
        case _:
            return f"{value.astimezone():%d %b %H:%M}"
