"""A page that grows: what is added scrolls into view once it has its place."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key
from textual.geometry import Region
from textual.widget import Widget

from coursekit.tui.screens.base import CourseScreen


class Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Widgets one below the other, scrolled by the arrow keys when it is given the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "scroll up"),
        Binding("down,j", "scroll_down", "scroll down"),
        Binding("pageup", "page_up", "a page up"),
        Binding("pagedown", "page_down", "a page down"),
        Binding("home", "scroll_home", "to the top"),
        Binding("end", "scroll_end", "to the end"),
    ]

    async def on_key(self, event: Key) -> None:
        """Do what belongs to the question at hand: as a binding it would come after the keys that are typed behind it.

        A response goes up through this page as well, so what was pressed before it is done before it.
        """
        if isinstance(self.screen, CourseScreen):
            await self.screen.does_at_once(event)

    async def clear(self) -> None:
        """Take everything off and begin at the top."""
        self.can_focus = False
        await self.remove_children()
        self.scroll_home(animate=False)

    async def add(self, *widgets: Widget) -> None:
        """Add widgets and scroll so that the first of them is at the top."""
        await self.mount(*widgets)
        self.bring(widgets[0], at_top=True)

    async def add_below(self, *widgets: Widget, lines: int) -> None:
        """Add widgets and scroll until the first can be seen, with some lines after it; arrows scroll from now on."""
        await self.mount(*widgets)
        self.can_focus = True
        self.focus(scroll_visible=False)
        self.bring(widgets[0], lines=lines)

    def bring(self, widget: Widget, *, at_top: bool = False, lines: int = 0) -> None:
        """Scroll to a widget, with some lines after it, as soon as the page knows its height."""
        if not widget.is_attached:
            return
        if not self._is_laid_out(widget):
            self.call_after_refresh(self.bring, widget, at_top=at_top, lines=lines)
            return
        region = widget.virtual_region
        if at_top:
            self.scroll_to_widget(widget, animate=False, top=True)
        else:
            self.scroll_to_region(region.grow((0, 0, lines, 0)), animate=False)
        self.call_after_refresh(self._keep_in_sight, widget, region)

    def _keep_in_sight(self, widget: Widget, was: Region) -> None:
        """Go after a widget that has moved: a scrollbar that came with it has made the text above it longer."""
        if widget.is_attached and widget.virtual_region != was:
            self.scroll_to_region(widget.virtual_region, animate=False)

    def _is_laid_out(self, widget: Widget) -> bool:
        last = self.children[-1].virtual_region
        return bool(widget.virtual_region and last) and self.virtual_size.height >= last.bottom
