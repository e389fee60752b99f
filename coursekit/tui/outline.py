"""A tree as rows, one of them at the cursor. A row is drawn when it is seen, so that the first frame comes soon."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coursekit.tui.text import to_strip


class Row(NamedTuple):
    """One line, made when it is drawn; without a name it cannot be chosen."""

    text: Callable[[], Content]
    name: str = ""


class Outline(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows to choose one of, by keys or by a click."""

    DEFAULT_CSS = """
    Outline { overflow-x: hidden; }
    Outline > .outline--here { background: $panel; color: $foreground; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"outline--here"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up"),
        Binding("down,j", "move(1)", "down"),
        Binding("pageup", "page(-1)", "a page up"),
        Binding("pagedown", "page(1)", "a page down"),
        Binding("home", "first", "to the top"),
        Binding("end", "last", "to the end"),
        Binding("enter", "choose", "open what is chosen"),
    ]

    class Chosen(Message):
        """A row was chosen, by its name."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.set_reactive(Outline.auto_links, False)  # no row has one, and they are looked for in each
        self._rows: Sequence[Row] = ()
        self._named: list[int] = []
        self._here = 0
        self._strips: dict[tuple[int, bool, int], Strip] = {}
        self.show(rows)

    @property
    def at(self) -> str:
        """Return the name of the row at the cursor, '' when there is none."""
        return self._rows[self._here].name if self._rows else ""

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; the cursor stays at its name, or goes to the first."""
        at = self.at
        self._rows = rows
        self._named = [place for place, row in enumerate(rows) if row.name]
        self._strips.clear()
        self.virtual_size = Size(0, len(rows))
        self._here = self._place(at)
        self.refresh()

    def go(self, name: str, *, above: int | None = None) -> None:
        """Put the cursor on a row, or on the first; so that at most so many rows are seen `above` it."""
        self._go(self._place(name))
        if above is not None:
            self.scroll_to(y=max(0, self._here - above), animate=False)

    def action_move(self, by: int) -> None:
        """Go up or down; at an end, on at the other."""
        if self._named:
            self._go(self._named[(self._named.index(self._here) + by) % len(self._named)])

    def action_page(self, by: int) -> None:
        """Go up or down by what is seen."""
        goal = self._here + by * max(1, self.size.height - 1)
        if self._named:
            self._go(min(self._named, key=lambda place: abs(place - goal)))

    def action_first(self) -> None:
        """Go to the top."""
        if self._named:
            self._go(self._named[0])

    def action_last(self) -> None:
        """Go to the end."""
        if self._named:
            self._go(self._named[-1])

    def action_choose(self) -> None:
        """Choose the row at the cursor."""
        if self.at:
            self.post_message(self.Chosen(self.at))

    def on_click(self, event: Click) -> None:
        """Choose the row under the pointer."""
        offset = event.get_content_offset(self)
        place = offset.y + self.scroll_offset.y if offset else -1
        if place in self._named:
            self._go(place)
            self.action_choose()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        place, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        is_here = place == self._here
        style = self.get_visual_style("outline--here") if is_here else self.visual_style
        if place >= len(self._rows):
            return Strip.blank(width, style.rich_style)
        key = (place, is_here, width)
        if key not in self._strips:
            text = Content.assemble("› " if is_here else "  ", self._rows[place].text())
            self._strips[key] = to_strip(self, text, width, style)
        return self._strips[key]

    def notify_style_update(self) -> None:
        """Draw anew in another theme."""
        self._strips.clear()
        super().notify_style_update()

    def _place(self, name: str) -> int:
        named = (place for place in self._named if self._rows[place].name == name)
        return next(named, self._named[0] if self._named else 0)

    def _go(self, place: int) -> None:
        self.refresh_line(self._here)
        self._here = place
        self.refresh_line(place)
        self.scroll_to_region(Region(0, place, 1, 1), animate=False)
