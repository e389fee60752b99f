"""A text with gaps: boxes with numbers in the text, and one line to type in for the gap at hand.

w ← w − [1 lr____] · [2▸______]
"""

import re
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input, Static

from coursekit.clean import clean
from coursekit.model import Gaps, Mark, Response, TextEntry
from coursekit.prose import Line, render
from coursekit.tui.interactions._base import ResponseWidget
from coursekit.tui.interactions.entry import LineInput
from coursekit.tui.text import HERE, QUIET, RIGHT, STYLES, WRONG

_LEAST, _MOST = 6, 28  # cells of a text in its box
_GLYPHS = {True: "✓", False: "✗"}
_STYLES = {True: RIGHT, False: WRONG}
_FIRST = 0xE000
# A character of its own stands for each cell of a box while Markdown is set: it breaks nowhere, and code keeps it.
_MARKS = re.compile(r"([\ue000-\uf8ff])\1*")


class GapInput(LineInput):
    """The line for the gap at hand. It is one for all gaps, so that a key that comes early finds the right one."""

    def serve(self, gap: TextEntry, value: str) -> None:
        """Take another gap's text."""
        self._is_number = gap.number
        self.value = value
        self.cursor_position = len(value)

    def on_key(self, event: Key) -> None:
        """Go to another gap at once, before the keys that come after it are taken for text."""
        by = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}.get(event.key)
        if isinstance(self.parent, GapText) and (by or event.key == "enter"):
            event.stop()
            event.prevent_default()
            self.parent.action_go(by) if by else self.parent.action_forward()


class GapText(ResponseWidget):
    """The text, the input line, and what is expected; after the verdict the key of each gap."""

    DEFAULT_CSS = """
    GapText { height: auto; width: 1fr; margin: 1 0; }
    GapText GapView { margin: 0 0 1 0; }
    GapText Input { width: 40; }
    GapText .form { color: $text-muted; padding: 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "go(1)", "next gap"),
        Binding("shift+tab,up", "go(-1)", "previous gap"),
        Binding("enter", "forward", "next empty gap, or submit"),
        Binding("escape", "leave", "leave the text"),
    ]

    def __init__(self, interaction: Gaps, draft: Response = ()) -> None:
        super().__init__()
        self._gaps = interaction.gaps
        fits = len(draft) == len(self._gaps)  # a draft of an older text may have other gaps
        self._texts = list(draft) if fits else [""] * len(self._gaps)
        self._at = next((at for at, text in enumerate(self._texts) if not text), 0)
        self._input = GapInput(self._texts[self._at], is_number=self._gaps[self._at].number)
        self._view = GapView(interaction.between)
        self._form = Static("", classes="form", markup=False)
        self._is_settled = False

    def compose(self) -> ComposeResult:
        """Lay out the text, the line, and what it expects."""
        yield self._view
        yield self._input
        yield self._form

    def on_mount(self) -> None:
        """Show what was entered before, and the first gap that is empty."""
        self._show()

    def response(self) -> Response:
        """Return a text for each gap, nothing when all are blank."""
        self._keep()
        texts = tuple(text.strip() for text in self._texts)
        return texts if any(texts) else ()

    def settle(self, mark: Mark, key: Response) -> None:
        """Show in the text and below it which gaps are right, and the key of each."""
        self._is_settled = True
        self._input.disabled = True
        self._input.display = False
        given = [text.strip() for text in self._texts]
        self._view.settle(given, mark.parts)
        keys = key or ("",) * len(given)
        width = max(cell_len(clean(text)) for text in given)
        cells = enumerate(zip(given, keys, mark.parts, strict=True), 1)
        rows = (_verdict(number, *row, width) for number, row in cells)
        self._form.update(Content("\n").join(rows))

    def take_focus(self) -> None:
        """Focus the line."""
        self._input.focus(scroll_visible=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show in the text what is typed; the line, not the message, knows what stands in it by now."""
        event.stop()
        if self._is_settled:
            return
        if self._input.value != self._texts[self._at]:  # else it is a draft: one begins to read at the top
            self._input.scroll_visible(animate=False)
        self._keep()
        self._view.show(self._texts, self._at)

    def on_click(self, event: Click) -> None:
        """Go to the gap under the pointer."""
        place = event.get_content_offset(self._view)
        at = self._view.gap_at(*place) if place else None
        if at is not None:
            self._go_to(at)
            self.take_focus()

    def action_go(self, by: int) -> None:
        """Go to another gap; after the last comes the first."""
        self._go_to((self._at + by) % len(self._gaps))

    def action_forward(self) -> None:
        """Go to the next empty gap; submit when there is none."""
        if self._is_settled:
            return
        self._keep()
        after = [*range(self._at + 1, len(self._gaps)), *range(self._at)]
        empty = next((at for at in after if not self._texts[at].strip()), None)
        if empty is None:  # where only the gap at hand is empty, the page says so
            self.submit()
        else:
            self._go_to(empty)

    def action_leave(self) -> None:
        """Leave the line, so that letters are keys of the screen."""
        self.screen.set_focus(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave only where letters are text; else escape is the screen's."""
        del parameters
        return action != "leave" or (self._input.has_focus and not self._gaps[self._at].number)

    def _keep(self) -> None:
        self._texts[self._at] = self._input.value

    def _go_to(self, at: int) -> None:
        if self._is_settled:
            return
        self._keep()
        self._at = at
        self._input.serve(self._gaps[at], self._texts[at])
        self._input.scroll_visible(animate=False)
        self._show()

    def _show(self) -> None:
        gap = self._gaps[self._at]
        self._view.show(self._texts, self._at)
        leave = "" if gap.number else " esc leaves the line."
        said = f"Gap {self._at + 1} of {len(self._gaps)}: {gap.form}. tab next gap, enter goes on.{leave}"
        self._form.update(said)


class GapView(Widget):
    """The author's Markdown with a box for each gap."""

    DEFAULT_CSS = """
    GapView { height: auto; width: 1fr; }
    """

    def __init__(self, between: tuple[str, ...]) -> None:
        super().__init__()
        self._between = tuple(_MARKS.sub("\ufffd", text) for text in between)
        self._boxes = [""] * (len(between) - 1)
        self._styles = [QUIET] * len(self._boxes)
        self._set: tuple[object, tuple[Line, ...]] = ((), ())

    def show(self, texts: list[str], here: int) -> None:
        """Draw what is entered, and the gap at hand in the colour and with the sign of where one is."""
        self._styles = [HERE if at == here else "bold" for at in range(len(texts))]
        self._draw([f"[{at + 1}{'▸' if at == here else ' '}{_cut(text):_<{_LEAST}}]" for at, text in enumerate(texts)])

    def settle(self, texts: list[str], right: tuple[bool, ...]) -> None:
        """Draw each box with its verdict."""
        self._styles = [_STYLES[is_right] for is_right in right]
        pairs = enumerate(zip(right, texts, strict=True), 1)
        self._draw([f"[{number} {_GLYPHS[is_right]} {_cut(text) or '–'}]" for number, (is_right, text) in pairs])

    def gap_at(self, x: int, y: int) -> int | None:
        """Return the gap whose box is at a cell."""
        lines = self._lines(self.size.width)
        start = 0
        for text, _, gap in _boxed(lines[y], self._boxes) if y < len(lines) else ():
            if start <= x < start + cell_len(text):
                return gap
            start += cell_len(text)
        return None

    def render(self) -> Content:
        """Draw the text."""
        return Content("\n").join(self._line(line) for line in self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at a width."""
        del container, viewport
        return max(1, len(self._lines(width)))

    def _draw(self, boxes: list[str]) -> None:
        """Draw anew; only text that breaks at other places can change the height."""
        widths = [cell_len(box) for box in self._boxes]
        self._boxes = boxes
        self.refresh(layout=widths != [cell_len(box) for box in boxes])

    def _line(self, line: Line) -> Content:
        parts = _boxed(line, self._boxes)
        return Content.assemble(
            *((text, STYLES.get(style, "") if gap is None else self._styles[gap]) for text, style, gap in parts)
        )

    def _lines(self, width: int) -> tuple[Line, ...]:
        """Set the Markdown with marks as wide as the boxes; again only for other widths."""
        widths = [min(cell_len(box), max(12, width)) for box in self._boxes]
        if self._set[0] != (width, widths):
            marks = [chr(_FIRST + at) * cells for at, cells in enumerate(widths)]
            markdown = "".join(part for pair in zip(self._between, [*marks, ""], strict=True) for part in pair)
            self._set = ((width, widths), render(markdown, max(12, width)))
        return self._set[1]


def _cut(text: str) -> str:
    """Cut a text that is too long for a box.

    >>> _cut("a longer text than fits into a box")
    'a longer text than fits int…'
    """
    text = clean(text[: 4 * _MOST]).replace("\n", " ").replace("\t", " ")
    if cell_len(text) <= _MOST:
        return text
    while cell_len(text) > _MOST - 1:
        text = text[:-1]
    return f"{text}…"


def _boxed(line: Line, boxes: list[str]) -> list[tuple[str, str, int | None]]:
    """Put the boxes where their marks are: text, style and, for a box, its gap."""
    parts: list[tuple[str, str, int | None]] = []
    for text, style in line:
        end = 0
        for found in _MARKS.finditer(text):
            gap = ord(found[1]) - _FIRST
            parts += [(text[end : found.start()], style, None), (boxes[gap], style, gap)]
            end = found.end()
        parts.append((text[end:], style, None))
    return [part for part in parts if part[0]]


def _verdict(number: int, given: str, key: str, is_right: bool, width: int = 0) -> Content:
    """Say of one gap what was given, in a column of `width`, and, where that differs, the key.

    >>> _verdict(2, "3", "4", False, 2).plain
    '2  ✗ yours 3     ✓ key 4'
    """
    yours = (f"{_GLYPHS[is_right]} yours", _STYLES[is_right])
    said = Content.assemble((str(number), "bold"), "  ", yours, f" {clean(given) or '–'}")
    room = " " * (4 + max(0, width - cell_len(clean(given) or "–")))
    return said if not key or given == key else Content.assemble(said, room, ("✓ key", RIGHT), f" {clean(key)}")
