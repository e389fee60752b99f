"""The links of a page over it: each with its whole address, which is read before it is opened."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from coursekit.prose.links import Link, links
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen, OverScreen
from coursekit.tui.text import HERE, PARTLY, QUIET

_REFUSED = "Only addresses that begin with http:// or https:// are opened."
_NONE = "There is no link on this page."


def show_links(screen: CourseScreen, *more: str) -> None:
    """Ask which link to open of a screen's prose and of `more` Markdown on it; say so if there is none."""
    texts = [*(view.markdown for view in screen.query(ProseView)), *more]
    found = {link.address: link for text in reversed(texts) for link in links(text)[::-1]}
    if found:
        screen.app.push_screen(LinksScreen(tuple(found.values())[::-1]))
    else:
        screen.notify(_NONE, timeout=3, markup=False)


class LinksScreen(OverScreen[None]):
    """A list of links; enter or a digit opens one in the browser, esc goes back."""

    DEFAULT_CSS = """
    LinksScreen { align: center middle; }
    LinksScreen VerticalScroll { width: 84; max-width: 100%; height: auto; max-height: 90%;
        padding: 1 3; background: $panel; }
    LinksScreen Static { height: auto; margin: 0 0 1 0; }
    LinksScreen #said { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "previous link"),
        Binding("down,j", "move(1)", "next link"),
        Binding("enter", "open", "open this link"),
        Binding("1", "open(0)", "open a link by its number", key_display="1 … 9"),
        *(
            Binding(str(number), f"open({number - 1})", "open a link by its number", show=False)
            for number in range(2, 10)
        ),
        Binding("escape,u,U", "dismiss", "close"),
        Binding("q,Q", "app.leave", "leave coursekit"),
    ]
    AUTO_FOCUS = None

    def __init__(self, links: tuple[Link, ...]) -> None:
        super().__init__()
        self._links = links

    def compose(self) -> ComposeResult:
        """List the links below a heading, what can be done below them."""
        with VerticalScroll(can_focus=False):
            yield Static(Content.styled("Links on this page", "bold"), markup=False)
            yield LinkList(self._links)
            yield Static(self._hint(), id="said", markup=False)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        rows = self.query_one(LinkList)
        rows.cursor = max(0, min(len(self._links) - 1, rows.cursor + by))

    def action_open(self, place: int | None = None) -> None:
        """Open a link by its place, or the one at the cursor."""
        chosen = self.query_one(LinkList).cursor if place is None else place
        if chosen < len(self._links):
            self.open(chosen)

    def open(self, place: int) -> None:
        """Open a link of the web in the browser; say why another one is not."""
        self.query_one(LinkList).cursor = place
        link = self._links[place]
        if link.is_web:
            self.app.open_url(link.address)  # pyright: ignore[reportUnknownMemberType]  # of any app
            said = Content(f"Opened in your browser: {link.address}")
        else:
            said = Content.styled(f"Not opened: {link.address} · {_REFUSED}", PARTLY)
        self.query_one("#said", Static).update(said + "\n\n" + self._hint())

    def _hint(self) -> Content:
        keys = "1" if len(self._links) == 1 else f"1 … {min(9, len(self._links))}"
        return Content.styled(f"enter or {keys} opens · ↑ ↓ another · esc closes this", QUIET)


class LinkList(Widget):
    """Links with their numbers, what they say, and where they lead."""

    DEFAULT_CSS = """
    LinkList { height: auto; width: 1fr; }
    """
    cursor = reactive(0)

    def __init__(self, links: tuple[Link, ...]) -> None:
        super().__init__()
        self._links = links

    def render(self) -> Content:
        """Draw two lines a link, or more where an address is long: it is shown in full."""
        return Content("\n").join(line for _, line in self._rows())

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Count the lines at a width."""
        del container, viewport
        return len(self._rows(width))

    def on_click(self, event: Click) -> None:
        """Go to the link under the pointer; opening it is a second thought."""
        rows = self._rows()
        if event.y < len(rows):
            self.cursor = rows[event.y][0]

    def watch_cursor(self) -> None:
        """Scroll the link at the cursor into view."""
        if isinstance(self.parent, Widget) and self.size.width:
            places = [place for place, _ in self._rows()]
            region = Region(0, places.index(self.cursor), self.size.width, places.count(self.cursor))
            self.parent.scroll_to_region(region.translate(self.virtual_region.offset), animate=False)

    def _rows(self, width: int = 0) -> list[tuple[int, Content]]:
        """List each line with its link's place."""
        room = max(12, (width or self.size.width) - 6)
        return [(place, line) for place, link in enumerate(self._links) for line in self._link(place, link, room)]

    def _link(self, place: int, link: Link, room: int) -> list[Content]:
        is_here = place == self.cursor
        head = Content.assemble(("▸ " if is_here else "  ", HERE), (f"{place + 1:>2}", "bold"), "  ")
        text = Content.styled(link.text, "bold" if is_here else "").wrap(room)
        address = Content.styled(link.address, "" if link.is_web else QUIET).wrap(room)
        if not link.is_web:
            address = [*address, Content.styled("is not opened", QUIET)]
        first, *rest = [*text, *(address if link.text != link.address else address[len(text) :])]
        return [head + first, *(Content(" " * 6) + line for line in rest)]
