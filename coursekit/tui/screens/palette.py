"""Search: questions, labs, notes, and what can be done here, as one types."""

import asyncio
import gc
from functools import partial
from typing import ClassVar, final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from coursekit.clean import clean
from coursekit.search.course import LAB, NOTE, QUESTION
from coursekit.search.finder import Finder
from coursekit.search.index import Entry
from coursekit.store.place import exists
from coursekit.tui.outline import Outline, Row
from coursekit.tui.screens.base import OverScreen
from coursekit.tui.telling import tell
from coursekit.tui.text import QUIET, spread

_PIECE_SECONDS, _REST_SECONDS = 0.004, 0.002
_AGAIN_SECONDS = 0.1
_MOST = 200


@final
class PaletteScreen(OverScreen[Entry | None]):
    """A line to type in and what is found; enter opens it, esc goes back."""

    DEFAULT_CSS = """
    PaletteScreen { align: center top; }
    PaletteScreen Vertical { width: 92; max-width: 100%; height: auto; max-height: 100%; margin: 1 0;
        padding: 1 2; background: $surface; }
    PaletteScreen Input { border: none; height: 1; padding: 0 1; background: $panel; }
    PaletteScreen Input:focus { border: none; }
    PaletteScreen Input > .input--placeholder { color: $foreground 70%; }
    PaletteScreen Outline { height: 16; max-height: 100%; margin: 1 0; background: $surface; }
    PaletteScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "the one before"),
        Binding("down", "move(1)", "the next one"),
        Binding("pageup", "page(-1)", "a page up"),
        Binding("pagedown", "page(1)", "a page down"),
        Binding("escape,ctrl+p", "dismiss", "close"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, finder: Finder, here: tuple[tuple[Entry, str], ...]) -> None:
        super().__init__()
        self._finder = finder
        self._here = here  # what can be done here, each with more words for it
        self._found: tuple[Entry, ...] = ()
        self._listed: dict[str, Entry] = {}  # by the names of rows; a key may change the list before a click is told
        self._query = ""

    def compose(self) -> ComposeResult:
        """Lay out the line, what is found, and what can be done."""
        with Vertical():
            yield Input(placeholder="questions, labs, notes, what can be done here", select_on_focus=False)
            rows = Outline(())
            rows.can_focus = False  # the line keeps the keys
            yield rows
            yield Static("", markup=False)

    def on_mount(self) -> None:
        """List what can be done here; read the course between keys."""
        self._finder.put_beside(self._notes(), self._here)
        self._show()
        self.run_worker(self._grow())

    def on_resize(self) -> None:
        """Set the rows for the new width, as many as there is room for."""
        self.query_one(Outline).styles.height = max(3, min(16, self.app.size.height - 9))
        self.call_after_refresh(self._show)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at each key."""
        self._query = event.value.strip()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open what is chosen, among what fits the line as it is now."""
        if event.value.strip() != self._query:
            self._query = event.value.strip()
            self._show()
        self.query_one(Outline).action_choose()

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Hand over what was chosen."""
        event.stop()
        if self.is_active:  # a second click came with it, and would close what is below
            self.dismiss(self._listed[event.name])

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.query_one(Outline).action_move(by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self.query_one(Outline).action_page(by)

    async def _grow(self) -> None:
        """Read the course piece by piece, resting for keys in between; show what has come at times."""
        clock = asyncio.get_running_loop().time
        shown, was_whole = clock(), self._finder.is_whole
        while self._finder.grow(_PIECE_SECONDS):
            if self._query and clock() - shown > _AGAIN_SECONDS:
                self._show()
                shown = clock()
            await asyncio.sleep(_REST_SECONDS)
        if not was_whole:
            gc.freeze()  # it stays to the end, and looking through a large index took 80 ms of a key
        self._show()

    def _notes(self) -> dict[str, str]:
        if not exists(self.app.home):
            return {}
        from coursekit.errors import StoreError

        try:
            return self.app.store.notes.all()
        except StoreError as error:
            tell(self.app, error)
            return {}

    def _show(self) -> None:
        if not (self.is_mounted and self.is_attached and self.display):  # the course is read on while this is closed
            return
        before = self._found
        found = tuple(hit.entry for hit in self._finder.find(self._query, _MOST))
        self._found = found if self._query else tuple(entry for entry, _ in self._here)
        rows = self.query_one(Outline)
        bar = len(self._found) > rows.outer_size.height  # it comes after this was drawn, and would cover the keys
        width = max(20, rows.outer_size.width - 2 - bar)
        named = {f"{entry.kind} {entry.name}": entry for entry in self._found}
        self._listed |= named
        rows.show([Row(partial(_line, entry, width), name) for name, entry in named.items()])
        if self._found != before:
            rows.action_first()
        self.query_one("Vertical > Static", Static).update(Content.styled(self._said(), QUIET))

    def _said(self) -> str:
        """Say how much was found, and what the keys do."""
        if self._query and not self._found:
            end = "Try fewer words, or another." if self._finder.is_whole else "The course is still being read."
            return f"Nothing is like '{clean(self._query)}'. {end}"
        many = f"{len(self._found)} found" if len(self._found) < _MOST else f"the best {_MOST}"
        reading = "" if self._finder.is_whole else " · still reading"
        return f"{f'{many}{reading} · ' if self._query else ''}enter opens · ↑ ↓ another · esc closes this"


def _line(entry: Entry, width: int) -> Content:
    """Draw one row: what it is, its title, and where it belongs; of a note, what it says."""
    kind = Content.styled(f"{entry.kind:9}", QUIET)
    if entry.kind == NOTE:
        title, place = Content(clean(" ".join(entry.says.split()))), entry.title
    elif entry.kind in (QUESTION, LAB):
        title, place = _title(entry.title), entry.place or entry.name
    else:
        title, place = Content(entry.title), entry.place
    room = max(8, width // 3)
    return spread(kind + title, Content.styled(clean(place), QUIET).truncate(room, ellipsis=True), width)


def _title(text: str) -> Content:
    """Set a title, with its formulas; the parser is loaded when there is one to parse."""
    if not any(mark in text for mark in "$`*_\\[<&"):
        return Content(clean(text))
    from coursekit.prose import inline
    from coursekit.tui.text import line_content

    return line_content(inline(text))
