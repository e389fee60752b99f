"""What a shell can complete: one table from the parsers, which a file per shell writes down as a script."""

from argparse import Action
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import final

from coursekit.cli._command_table import GLOBAL, arguments, takes_value
from coursekit.cli._parser import command, grouped, root_parser

FILES, FOLDERS, NAMES = "files", "folders", "names"
_ANYWHERE = {"FILE": (FILES,), "PATH": (FILES,), "PATH|ID": (FILES,), "DIR": (FOLDERS,)}
_NAMED = {
    "ID": "questions",
    "LAB": "labs",
    "EXAM": "exams",
    "CODE": "codes",
    "KIND": "kinds",
    "SETTING": "settings",
    "COMMAND": "commands",
    "PROFILE": "profiles",
}
"""Whose names stand for a value in help."""


@final
@dataclass(frozen=True, slots=True)
class Value:
    """What may stand at one place: some words; or files, folders, or the `names` of something; or anything."""

    name: str
    says: str
    words: tuple[str, ...] = ()
    source: str = ""

    @property
    def of(self) -> str:
        """Of what it is a name; '' where it is none."""
        return self.source.partition(" ")[2]


@final
@dataclass(frozen=True, slots=True)
class Option:
    """An option by its spellings; without a value it is a switch."""

    spellings: tuple[str, ...]
    says: str
    value: Value | None


@final
@dataclass(frozen=True, slots=True)
class Completed:
    """A command with its options and the values of its words; the last one may come again and again."""

    name: str
    says: str
    options: tuple[Option, ...]
    values: tuple[Value, ...]
    is_open: bool


def everywhere() -> tuple[Option, ...]:
    """Return the options that may stand before a command and behind it."""
    shared = (action for action in arguments(root_parser()) if action.dest in GLOBAL)
    return (*_options(shared), Option(("-h", "--help"), "show this help message and exit", None))


def completed() -> Iterator[Completed]:
    """Yield what stands before a command under the name '', then every command. It imports all of them."""
    actions = [action for action in arguments(root_parser()) if action.dest == "version"]
    which = Value("COMMAND", "one of the commands", tuple(name for found in grouped().values() for name in found))
    yield Completed("", "", tuple(_options(actions)), (which,), False)
    for found in grouped().values():
        for name, says in found.items():
            yield _command(name, says)


def _command(name: str, says: str) -> Completed:
    actions = [action for action in arguments(command(name)[1]) if action.dest not in GLOBAL]
    words = [action for action in actions if not action.option_strings]
    is_open = bool(words) and words[-1].nargs in ("*", "+")
    return Completed(name, says, tuple(_options(actions)), tuple(map(_value, words)), is_open)


def _options(actions: Iterable[Action]) -> Iterator[Option]:
    for action in actions:
        if action.option_strings:
            value = _value(action) if takes_value(action) else None
            yield Option(tuple(action.option_strings), action.help or "", value)


def _value(action: Action) -> Value:
    name = str(action.metavar or action.dest.upper())
    if action.choices:
        return Value(name, action.help or "", tuple(map(str, action.choices)))
    source = _ANYWHERE.get(name) or ((NAMES, _NAMED[name]) if name in _NAMED else ())
    return Value(name, action.help or "", source=" ".join(source))
