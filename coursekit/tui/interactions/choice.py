"""Options to pick from: digits or arrows pick, enter submits, a click picks. The verdict appears beside each."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from coursekit.model import Mark, Response
from coursekit.prose import Line, render
from coursekit.tui.interactions._base import RowsWidget
from coursekit.tui.text import HERE, QUIET, RIGHT, WRONG, line_content, spread

_INDENT = 8


class ChoiceList(RowsWidget):
    """Numbered options, one or many to pick; notes may stand under them."""

    DEFAULT_CSS = """
    ChoiceList { height: auto; width: 1fr; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "previous option"),
        Binding("down,j", "move(1)", "next option"),
        Binding("space", "pick", "pick this option"),
        Binding("enter", "submit", "submit"),
        Binding("1", "pick", "pick an option by its number", key_display="1 … 9"),
    ]
    cursor = reactive(0)
    picked: reactive[frozenset[str]] = reactive(frozenset[str]())

    def __init__(
        self,
        options: tuple[str, ...],
        *,
        many: bool,
        picked: Response = (),
        notes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._options = options
        self._many = many
        self._notes = dict(notes or {})
        self._key: Response | None = None
        self.set_reactive(ChoiceList.picked, frozenset(picked))

    def response(self) -> Response:
        """Return the picked numbers in order."""
        return tuple(sorted(self.picked, key=int))

    def settle(self, mark: Mark, key: Response) -> None:
        """Show the key, what was picked, and the feedback under the options."""
        self._notes = dict(mark.options)
        self._key = key
        self.can_focus = False
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw the options with their marks."""
        return Content("\n").join(line for _, line in self._rows(self.size.width))

    def on_key(self, event: Key) -> None:
        """Pick by number."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._options) and self.is_open:
            event.stop()
            self.cursor = int(event.key) - 1
            self.action_pick()
        else:
            self.does_at_once(event)

    def on_click(self, event: Click) -> None:
        """Pick the option under the pointer."""
        rows = self._rows(self.size.width)
        if self.can_focus and event.y < len(rows):
            self.cursor = rows[event.y][0]
            self.action_pick()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(len(self._options) - 1, self.cursor + by))

    def watch_cursor(self) -> None:
        """Scroll the option at the cursor into view."""
        if isinstance(self.parent, Widget) and self.has_focus:
            places = [place for place, _ in self._rows(self.size.width)]
            top = places.index(self.cursor)
            region = Region(0, top, self.size.width, places.count(self.cursor))
            self.parent.scroll_to_region(region.translate(self.virtual_region.offset), animate=False)

    def action_pick(self) -> None:
        """Pick the option at the cursor, or drop it again."""
        number = str(self.cursor + 1)
        if self._many:
            self.picked = self.picked ^ {number}
        else:
            self.picked = frozenset({number})

    def action_submit(self) -> None:
        """Submit what is picked."""
        if self._key is None:
            self.submit()

    def _rows(self, width: int) -> list[tuple[int, Content]]:
        """List each line with the option it belongs to."""
        rows: list[tuple[int, Content]] = []
        for place, option in enumerate(self._options):
            number = str(place + 1)
            rows += [(place, line) for line in self._option(place, number, render(option, width - _INDENT - 9), width)]
            if note := self._notes.get(number):
                for line in render(note, width - _INDENT - 2):
                    rows.append((place, Content.assemble(" " * _INDENT, line_content(line).stylize("$foreground 80%"))))
        return rows

    def _option(self, place: int, number: str, lines: tuple[Line, ...], width: int) -> list[Content]:
        is_here = self.has_focus and place == self.cursor and self._key is None
        box = ("[x]" if number in self.picked else "[ ]") if self._many else ("◉" if number in self.picked else "○")
        head = Content.assemble(("▸ " if is_here else "  ", HERE), (number, "bold"), f" {box} ".ljust(_INDENT - 3))
        first, *rest = [line_content(line) for line in lines] or [Content("")]
        if is_here:
            first = first.stylize("bold")
        indent = Content(" " * _INDENT)
        return [spread(head + first, self._verdict(number), width), *(indent + line for line in rest)]

    def _verdict(self, number: str) -> Content:
        """Say in a glyph and a word what this option was."""
        if self._key is None:
            return Content("")
        if not self._key:  # not revealed
            return Content.styled("yours", QUIET) if number in self.picked else Content("")
        match number in self._key, number in self.picked:
            case True, True:
                return Content.styled("✓ yours", RIGHT)
            case True, False:
                return Content.styled("✓ key", RIGHT)
            case False, True:
                return Content.styled("✗ yours", WRONG)
            case _:
                return Content("")
