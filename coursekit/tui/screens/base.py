"""What Home, questions and labs have in common: they know the app by its own type."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp


class CourseScreen(Screen[None]):
    """A screen that reads the course and the record from the app."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+p", "app.find", "search questions, labs, notes, keys", key_display="/"),
    ]
    SEARCHES: ClassVar[bool] = True
    """Whether one may search from here; not where what is found would tell or record something."""

    if TYPE_CHECKING:

        @property
        def app(self) -> CoursekitApp:  # pyright: ignore[reportIncompatibleMethodOverride]  # narrower
            """Return the app, by its own type."""
            ...
