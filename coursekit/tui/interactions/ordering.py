"""Items to put in order: one is picked up, moved, and put down. The verdict appears beside each."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from coursekit.model import Mark, Ordering, Response
from coursekit.prose import Line, render
from coursekit.tui.interactions._base import RowsWidget
from coursekit.tui.text import HERE, QUIET, RIGHT, WRONG, line_content, spread

_INDENT = 6
_VERDICT = 16  # cells for "✗ belongs at 12"


class OrderList(RowsWidget):
    """Items in the order that they have now; until one is picked up or moved there is no response."""

    DEFAULT_CSS = """
    OrderList { height: auto; width: 1fr; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go(-1)", "previous item; moves one that is picked up"),
        Binding("down,j", "go(1)", "next item; moves one that is picked up"),
        Binding("space", "hold", "pick an item up, put it down"),
        Binding("shift+up,K", "carry(-1)", "move this item up"),
        Binding("shift+down,J", "carry(1)", "move this item down"),
        Binding("enter", "submit", "put down, then submit"),
        Binding("1", "hold", "go to a place by its number", key_display="1 … 9"),
    ]
    cursor = reactive(0)
    is_held = reactive(False)
    order: reactive[Response] = reactive(())

    def __init__(self, interaction: Ordering, draft: Response = ()) -> None:
        super().__init__()
        self._items = interaction.items
        shown = tuple(map(str, interaction.shown))
        self._is_touched = sorted(draft) == sorted(shown)  # a draft of an older text may have other items
        self._key: Response | None = None
        self._notes: dict[str, str] = {}
        self._set: dict[tuple[str, int], tuple[Line, ...]] = {}
        self.set_reactive(OrderList.order, draft if self._is_touched else shown)

    def response(self) -> Response:
        """Return the numbers of the items as they stand, nothing when nobody has touched them."""
        return self.order if self._is_touched else ()

    def settle(self, mark: Mark, key: Response) -> None:
        """Show beside each item where it belongs."""
        self._notes = dict(mark.options)
        self._key = key
        self.is_held = False
        self.can_focus = False
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw the items with their places, and what can be done."""
        return Content("\n").join(line for _, line in self._rows(self.size.width))

    def on_key(self, event: Key) -> None:
        """Go to a place by its number, with the item that is picked up."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self.order) and self.is_open:
            event.stop()
            self.action_go(int(event.key) - 1 - self.cursor)
        else:
            self.does_at_once(event)

    def on_click(self, event: Click) -> None:
        """Pick up the item under the pointer, or put the one that is picked up in its place."""
        rows = self._rows(self.size.width)
        if not self.can_focus or event.y >= len(rows) or rows[event.y][0] < 0:
            return
        self.action_go(rows[event.y][0] - self.cursor)
        self.action_hold()

    def action_go(self, by: int) -> None:
        """Move the cursor, and with it the item that is picked up."""
        if self.is_held:
            self.action_carry(by)
        else:
            self.cursor = max(0, min(len(self.order) - 1, self.cursor + by))

    def action_carry(self, by: int) -> None:
        """Move the item at the cursor; those it passes close up."""
        if self._key is not None:
            return
        place = max(0, min(len(self.order) - 1, self.cursor + by))
        order = list(self.order)
        order.insert(place, order.pop(self.cursor))
        self._is_touched = True
        self.order, self.cursor = tuple(order), place

    def action_hold(self) -> None:
        """Pick the item at the cursor up, or put it down."""
        if self._key is None:
            self._is_touched = True
            self.is_held = not self.is_held

    def action_submit(self) -> None:
        """Put down what is picked up; with empty hands, submit."""
        if self.is_held:
            self.is_held = False
        elif self._key is None:
            self.submit()

    def watch_cursor(self) -> None:
        """Scroll the item at the cursor into view."""
        if isinstance(self.parent, Widget) and self.has_focus:
            places = [place for place, _ in self._rows(self.size.width)]
            region = Region(0, places.index(self.cursor), self.size.width, places.count(self.cursor))
            self.parent.scroll_to_region(region.translate(self.virtual_region.offset), animate=False)

    def _rows(self, width: int) -> list[tuple[int, Content]]:
        """List each line with its item's place; the last lines, which belong to none, say what can be done."""
        rows = [(place, line) for place, number in enumerate(self.order) for line in self._item(place, number, width)]
        if self._key is None:
            does = "↑ ↓ move it · space puts it down" if self.is_held else "space picks up · enter submits"
            rows += [(-1, Content("")), (-1, Content.styled(f"  {does}", QUIET))]
        return rows

    def _item(self, place: int, number: str, width: int) -> list[Content]:
        is_here = self.has_focus and place == self.cursor and self._key is None
        sign = ("↕ " if self.is_held else "▸ ") if is_here else "  "
        first, *rest = [line_content(line) for line in self._lines(number, width)] or [Content("")]
        if is_here:
            first = first.stylize("bold")
        head = Content.assemble((sign, HERE), (f"{place + 1:>2}", "bold"), "  ")
        rest += [line_content(line).stylize(QUIET) for line in self._note(number, width)]
        indent = Content(" " * _INDENT)
        return [spread(head + first, self._verdict(place, number), width), *(indent + line for line in rest)]

    def _note(self, number: str, width: int) -> tuple[Line, ...]:
        return render(self._notes[number], max(12, width - _INDENT)) if number in self._notes else ()

    def _lines(self, number: str, width: int) -> tuple[Line, ...]:
        """Set an item's text, once for a width."""
        if (number, width) not in self._set:
            room = max(12, width - _INDENT - _VERDICT)
            self._set[number, width] = render(self._items[int(number) - 1], room)
        return self._set[number, width]

    def _verdict(self, place: int, number: str) -> Content:
        """Say where this item belongs."""
        if self._key is None or number not in self._key:
            return Content("")
        right = self._key.index(number)
        if right == place:
            return Content.styled(f"✓ {right + 1}", RIGHT)
        return Content.styled(f"✗ belongs at {right + 1}", WRONG)
