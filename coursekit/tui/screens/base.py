"""What screens have in common: they know the app by its own type, and others may lie on them."""

from typing import TYPE_CHECKING, ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.geometry import Size
from textual.screen import ModalScreen, Screen, ScreenResultType

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp


class SteadyScreen(Screen[ScreenResultType]):
    """A screen that others may come to lie on, and whose size may change, at any moment."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go, if this is what is seen: Textual's own takes away whatever lies on top, a list of keys for example."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def give_way(self, other: Screen[None]) -> None:
        """Put another screen in its place, if this is what is seen: Textual's own replaces whatever lies on top."""
        if self.is_active:
            self.app.switch_screen(other)  # pyright: ignore[reportUnknownMemberType]  # of any app

    def _screen_resized(self, size: Size) -> None:
        """Lay out for the size that the terminal has now.

        A layout tells the screen its own size once more. Were an older size still on its way, each would bring back
        the other, for ever, and no key would come through.
        """
        del size
        super()._screen_resized(self.app.size)

    if TYPE_CHECKING:

        @property
        def app(self) -> CoursekitApp:  # pyright: ignore[reportIncompatibleMethodOverride]  # narrower
            """Return the app, by its own type."""
            ...


class OverScreen(SteadyScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """Lies over the screen that asks."""


class CourseScreen(SteadyScreen[None]):
    """A screen that reads the course and the record from the app."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+p", "app.find", "search questions, labs, notes, keys", key_display="/"),
    ]
    SEARCHES: ClassVar[bool] = True
    """Whether one may search from here; not where what is found would tell or record something."""
    AT_ONCE: ClassVar[frozenset[str]] = frozenset()
    """Actions that say something of the question at hand: a key that is typed behind may not overtake them."""

    async def does_at_once(self, event: Key) -> None:
        """Do what a key is bound to, if that has to be done before the keys behind it."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if binding.action in self.AT_ONCE:
                event.stop()
                await self.run_action(binding.action)
