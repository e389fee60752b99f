"""Styled spans -> Textual content. No text is ever read as markup."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

if TYPE_CHECKING:  # 6 ms, and Home has no prose to show
    from coursekit.prose.spans import Line

STYLES = {
    "strong": "bold",
    "emphasis": "italic",
    "code": "$text-accent",
    "math": "$text-secondary",
    "link": "underline",
    "strike": "strike",
    "heading": "bold",
    "quote": "$foreground 65%",
    "marker": "$text-accent",
    "dim": "$foreground 65%",
    "code.keyword": "$text-accent bold",
    "code.string": "$text-success",
    "code.comment": "$foreground 65% italic",
    "code.number": "$text-warning",
    "code.name": "$text-primary",
    "code.operator": "$foreground",
}
RIGHT, WRONG, PARTLY = "$text-success", "$text-error", "$text-warning"
HERE, QUIET = "$accent bold", "$foreground 65%"


def to_content(lines: "Iterable[Line]") -> Content:
    """Join lines of spans into one piece of content."""
    return Content("\n").join(line_content(line) for line in lines)


def line_content(line: "Line") -> Content:
    """Turn one line of spans into content."""
    return Content.assemble(*((text, STYLES.get(style, "")) for text, style in line))


def spread(left: Content, right: Content, width: int) -> Content:
    """Set one piece at the left and one at the right of a line; the left one gives way."""
    room = max(0, width - right.cell_length - 1)
    if left.cell_length > room:
        left = left.truncate(room, ellipsis=True)
    return Content.assemble(left, " " * max(1, width - left.cell_length - right.cell_length), right)


def to_strip(widget: Widget, text: Content, width: int, style: Style | None = None) -> Strip:
    """Draw one line of text over `width` cells, in the widget's own style or another."""
    style = style or widget.visual_style
    strips = Visual.to_strips(widget, text, width, 1, style, pad=True) if text and width else ()
    return strips[0] if strips else Strip.blank(width, style.rich_style)
