"""Some lines of a topic file with their numbers, set off lightly; a line with a problem has a ✗ before it."""

import re
from collections.abc import Collection, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from coursekit.tui.text import QUIET, WRONG

_GUTTER = 8  # "✗ 1234  "
_FIELD = re.compile(r"\s*(?:- )?[\w-]+:")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_TAB = 4


class SourceView(VerticalScroll, can_focus=False):
    """Scrolls the source; the line to be seen first is at the top."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._lines = SourceLines()

    def on_mount(self) -> None:
        """Put the lines in."""
        self.mount(self._lines)

    def show(self, lines: Sequence[tuple[int, str]], marked: Collection[int]) -> None:
        """Show other lines, or the same with other problems; the scroll stays."""
        self._lines.show(lines, marked)

    def bring(self, line: int) -> None:
        """Scroll until a line can be seen."""
        self.call_after_refresh(self._bring, line)

    def _bring(self, line: int) -> None:
        y = self._lines.row_of(line)
        self.scroll_to_region(Region(0, y, 1, 3).translate(self._lines.virtual_region.offset), animate=False)


class SourceLines(Widget):
    """Lines with numbers; a long one goes on below itself."""

    DEFAULT_CSS = """
    SourceLines { height: auto; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._source: Sequence[tuple[int, str]] = ()
        self._marked: Collection[int] = ()
        self._rows: dict[int, list[tuple[int, Content]]] = {}

    def show(self, lines: Sequence[tuple[int, str]], marked: Collection[int]) -> None:
        """Show other lines."""
        if (lines, marked) != (self._source, self._marked):
            self._source, self._marked = lines, marked
            self._rows.clear()
            self.refresh(layout=True)

    def row_of(self, line: int) -> int:
        """Return the row at which a line begins, or would."""
        return sum(number < line for number, _ in self._at(self.size.width))

    def render(self) -> Content:
        """Draw the rows."""
        return Content("\n").join(row for _, row in self._at(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows at a width."""
        del container, viewport
        return max(1, len(self._at(width)))

    def _at(self, width: int) -> list[tuple[int, Content]]:
        if width not in self._rows:
            self._rows[width] = self._set(max(12, width - _GUTTER))
        return self._rows[width]

    def _set(self, room: int) -> list[tuple[int, Content]]:
        rows: list[tuple[int, Content]] = []
        is_fenced = False
        for number, text in self._source:
            is_fence = bool(_FENCE.match(text))
            first, *rest = _styled(text.expandtabs(_TAB), is_fence=is_fence, is_fenced=is_fenced).wrap(room) or [
                Content("")
            ]
            is_fenced ^= is_fence
            rows.append((number, self._gutter(number) + first))
            rows += [(number, Content(" " * _GUTTER) + more) for more in rest]
        return rows

    def _gutter(self, number: int) -> Content:
        is_marked = number in self._marked
        return Content.assemble(("✗" if is_marked else " ", WRONG), (f" {number:>4}  ", WRONG if is_marked else QUIET))


def _styled(text: str, *, is_fence: bool, is_fenced: bool) -> Content:
    """Set off what cuts a file: headings, fences, fields, feedback."""
    if is_fence or text.lstrip().startswith(">"):
        return Content.styled(text, QUIET)
    if text.startswith("#") and not is_fenced:
        return Content.styled(text, "bold")
    field = _FIELD.match(text) if is_fenced else None
    return Content.assemble((field[0], "$text-accent"), text[field.end() :]) if field else Content(text)
