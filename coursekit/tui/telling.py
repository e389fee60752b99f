"""How an error is told that takes nothing off the screen."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget


def tell(on: "App[Any] | Widget", error: Exception | str) -> None:
    """Show what went wrong until it is read, on the app or a screen of it."""
    on.notify(str(error), severity="error", timeout=60, markup=False)
