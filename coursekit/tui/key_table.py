"""Every key of the app by the place where it does something, read from the bindings of all screens and widgets."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import final

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from coursekit import tui
from coursekit.tui.app import CoursekitApp
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.screens.keys import NAMES

EVERYWHERE = "Everywhere"
MORE = (("tab", "next part of the screen"), ("ctrl+c", "copy what is selected"), ("ctrl+q", "leave at once"))
"""Keys that Textual binds, as the list behind `?` names them."""
_WORD = re.compile(r"[A-Z][a-z]*")


@final
@dataclass(frozen=True, slots=True)
class Bound:
    """Some keys that do one thing: as a person reads them, the words of the list behind `?`, and the action."""

    keys: tuple[str, ...]
    does: str
    action: str


@final
@dataclass(frozen=True, slots=True)
class Place:
    """A screen, or a part of one, with its keys."""

    name: str
    is_screen: bool
    bound: tuple[Bound, ...]


def key_table() -> tuple[Place, ...]:
    """Return every place: what holds everywhere first, then the screens, then the parts of screens, by name."""
    places = [_place(kind) for kind in _kinds() if kind not in (CoursekitApp, CourseScreen)]
    return (_everywhere(), *sorted(places, key=lambda place: (not place.is_screen, place.name)))


def _kinds() -> Iterator[type[DOMNode]]:
    """Yield each class of this folder that binds keys of its own."""
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        for thing in vars(import_module(module.name)).values():
            is_ours = isinstance(thing, type) and thing.__module__ == module.name
            if is_ours and issubclass(thing, DOMNode) and "BINDINGS" in vars(thing):
                yield thing


def _everywhere() -> Place:
    own = (*_bound(CoursekitApp), *_bound(CourseScreen))
    return Place(EVERYWHERE, True, (*own, *(Bound((key,), does, "") for key, does in MORE)))


def _place(kind: type[DOMNode]) -> Place:
    """Name a place by its class.

    >>> from coursekit.tui.screens.settings import SettingsScreen
    >>> _place(SettingsScreen).name
    'Settings'
    """
    words = [word.lower() for word in _WORD.findall(kind.__name__)]
    is_screen = words[-1] == "screen"
    return Place(" ".join(words[: -1 if is_screen else None]).capitalize(), is_screen, tuple(_bound(kind)))


def _bound(kind: type[DOMNode] | type[App[None]]) -> Iterator[Bound]:
    for binding in kind.BINDINGS:
        if isinstance(binding, Binding):  # pairs and triples are Textual's short form, which we do not write
            yield Bound(tuple(_read(binding)), binding.description, binding.action)


def _read(binding: Binding) -> Iterable[str]:
    """Give the keys as a person reads them; a capital says nothing where its small letter does the same."""
    if binding.key_display:
        return (binding.key_display,)
    keys = [key.strip() for key in binding.key.split(",")]
    return [NAMES.get(key, key) for key in keys if not (key.isupper() and key.lower() in keys)]
