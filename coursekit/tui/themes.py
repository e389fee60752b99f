"""How the app is coloured: dark, light, and of high contrast. Loaded only for who has chosen one.

Text has at least 4.5 to 1 against its ground, in `contrast` 7 to 1 (WCAG 2.2, 1.4.3 and 1.4.6).
"""

from textual.app import App
from textual.constants import DEFAULT_THEME, TEXTUAL_ANIMATIONS
from textual.theme import Theme

_OWN = {
    "light": Theme(
        name="coursekit-light",
        primary="#00519e",
        secondary="#5b3a99",
        accent="#8a4600",
        warning="#8a5a00",
        error="#a8193d",
        success="#11692f",
        foreground="#1c1c1c",
        background="#fafafa",
        surface="#f1f1f1",
        panel="#e6e9ec",
        dark=False,
    ),
    "contrast": Theme(
        name="coursekit-contrast",
        primary="#6cc0ff",
        secondary="#c9b3ff",
        accent="#ffd24a",
        warning="#ffd24a",
        error="#ff9aa8",
        success="#6df09a",
        foreground="#ffffff",
        background="#000000",
        surface="#0c0c0c",
        panel="#1c1c1c",
    ),
}


def dress(app: App[None], theme: str | None, animations: bool | None) -> None:
    """Colour an app: dark, light or contrast; what is none of these is as it was at first. Let it move, or not."""
    chosen = _OWN.get(theme or "")
    if chosen and chosen.name not in app.available_themes:
        app.register_theme(chosen)
    app.theme = chosen.name if chosen else DEFAULT_THEME
    app.animation_level = "none" if animations is False else TEXTUAL_ANIMATIONS
