"""How an error is told that takes nothing off the screen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp


def tell(app: "CoursekitApp", error: Exception) -> None:
    """Show what went wrong until it is read."""
    app.notify(str(error), severity="error", timeout=60, markup=False)
