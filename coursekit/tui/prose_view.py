"""A piece of the author's Markdown, set for the width it is given."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from coursekit.prose import Line, render
from coursekit.tui.text import to_content


class ProseView(Widget):
    """Markdown as selectable text; a label may stand before it in a margin of its own."""

    DEFAULT_CSS = """
    ProseView { height: auto; width: 1fr; }
    """

    def __init__(self, markdown: str, *, label: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.markdown = markdown
        self._label = label
        self._set: dict[int, tuple[Line, ...]] = {}

    def render(self) -> Content:
        """Draw the lines, indented beside the label."""
        lines = [to_content([line]) for line in self._lines(self.size.width)]
        indent = self._indent
        if indent:
            first, *rest = lines or [Content("")]
            label = Content.styled(self._label.ljust(indent), "bold")
            lines = [label + first, *(Content(" " * indent) + line for line in rest)]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at a width."""
        del container, viewport
        return max(1, len(self._lines(width)))

    @property
    def _indent(self) -> int:
        return max(9, len(self._label) + 2) if self._label else 0

    def _lines(self, width: int) -> tuple[Line, ...]:
        if width not in self._set:
            self._set[width] = render(self.markdown, max(12, width - self._indent))
        return self._set[width]
