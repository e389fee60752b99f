"""How many hints of a lab of code were read: kept until its file has earned every point, since each try owes to them.

A record that cannot be read or written is told where it is needed.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from coursekit.errors import StoreError

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp

_NAME = "hints_read"


def hints_read(app: "CoursekitApp", lab: str) -> int:
    """Return how many were read."""
    return _all(app).get(lab, 0)


def keep_hints(app: "CoursekitApp", lab: str, read: int) -> None:
    """Keep how many were read."""
    with suppress(StoreError):
        app.store.settings.set(_NAME, _all(app) | {lab: read})


def forget_hints(app: "CoursekitApp", lab: str) -> None:
    """Count anew in the next visit."""
    with suppress(StoreError):
        others = {name: read for name, read in _all(app).items() if name != lab}
        app.store.settings.set(_NAME, others or None)


def _all(app: "CoursekitApp") -> dict[str, int]:
    try:
        kept = app.store.settings.get(_NAME, {})
    except StoreError:
        return {}
    return {str(name): int(read) for name, read in kept.items()}
