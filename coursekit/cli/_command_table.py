"""Every command with what it takes, read from the parsers that read it: for the tables and for completion."""

from argparse import REMAINDER, SUPPRESS, Action, ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from coursekit.cli._parser import command, grouped

GLOBAL = ("course", "home", "profile", "plain", "help")
"""What every command takes."""


@final
@dataclass(frozen=True, slots=True)
class Command:
    """One command: for whom, what it does, and how its words and its own options are written."""

    name: str
    group: str
    says: str
    words: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def usage(self) -> str:
        """The command with its words, without options."""
        return " ".join((self.name, *self.words))


def command_table() -> Iterator[Command]:
    """Yield every command, group by group. It imports all of them: 2 s."""
    for group, found in grouped().items():
        for name, says in found.items():
            actions = arguments(command(name)[1])
            words = tuple(_word(action) for action in actions if not action.option_strings)
            own = tuple(_option(action) for action in actions if action.option_strings and action.dest not in GLOBAL)
            yield Command(name, group, says, words, own)


def arguments(parser: ArgumentParser) -> list[Action]:
    """List what a parser takes, but for what is hidden and for `--help`."""
    every = parser._actions  # pyright: ignore[reportPrivateUsage]  # argparse tells them in no other way
    return [action for action in every if action.help != SUPPRESS and action.dest != "help"]


def value_name(action: Action) -> str:
    """Return the word that stands for a value in help.

    >>> parser = ArgumentParser()
    >>> value_name(parser.add_argument("--backend", choices=("numpy", "tensorflow")))
    'numpy|tensorflow'
    """
    if action.metavar:
        return str(action.metavar)
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def takes_value(action: Action) -> bool:
    """Say whether a word has to follow an option."""
    return action.nargs != 0


def _word(action: Action) -> str:
    name = value_name(action)
    return {"?": f"[{name}]", "*": f"[{name} ...]", "+": f"{name} ...", REMAINDER: "..."}.get(str(action.nargs), name)


def _option(action: Action) -> str:
    """Write an option by its long name.

    >>> parser = ArgumentParser()
    >>> _option(parser.add_argument("-o", "--out", metavar="FILE"))
    '--out FILE'
    """
    long = max(action.option_strings, key=len) if len(action.option_strings[0]) < 3 else action.option_strings[0]
    if not takes_value(action):
        return long
    return f"{long} [{value_name(action)}]" if action.nargs == "?" else f"{long} {value_name(action)}"
