"""The table of commands and the table of keys: as text, as Markdown for a page, and as records."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from coursekit.cli._command_table import Command, command_table
from coursekit.cli._parser import GROUPS

if TYPE_CHECKING:  # half a second: every screen
    from coursekit.tui.key_table import Place

_WIDTH = 16  # cells


def command_lines(*, as_markdown: bool) -> Iterator[str]:
    """Yield the lines of the table of commands."""
    yield from (_markdown_commands if as_markdown else _plain_commands)(list(command_table()))


def key_lines(*, as_markdown: bool) -> Iterator[str]:
    """Yield the lines of the table of keys."""
    yield from (_markdown_keys if as_markdown else _plain_keys)(_keys())


def command_records() -> Iterator[dict[str, Any]]:
    """Yield a record for each command."""
    for each in command_table():
        yield {"type": "command", **asdict(each)}


def key_records() -> Iterator[dict[str, Any]]:
    """Yield a record for whatever keys do at a place."""
    for place in _keys():
        for bound in place.bound:
            yield {"type": "key", "place": place.name, "keys": bound.keys, "does": bound.does}


def _keys() -> "tuple[Place, ...]":
    from coursekit.tui.key_table import key_table

    return key_table()


def _plain_commands(table: Sequence[Command]) -> Iterator[str]:
    for group, found in groupby(table, key=lambda each: each.group):
        yield f"{GROUPS.get(group, 'more')}:"
        for each in found:
            yield "  " + " ".join((each.usage, *(f"[{option}]" for option in each.options)))
            yield f"      {each.says}"
        yield ""


def _markdown_commands(table: Sequence[Command]) -> Iterator[str]:
    for group, found in groupby(table, key=lambda each: each.group):
        yield f"| {GROUPS.get(group, 'more')} | options | what it does |"
        yield "|---|---|---|"
        for each in found:
            yield f"| {_code(each.usage)} | {' '.join(map(_code, each.options))} | {_escaped(each.says)} |"
        yield ""


def _plain_keys(table: "Sequence[Place]") -> Iterator[str]:
    for place in table:
        yield place.name
        yield from (f"  {' '.join(bound.keys):{_WIDTH}} {bound.does}" for bound in place.bound)
        yield ""


def _markdown_keys(table: "Sequence[Place]") -> Iterator[str]:
    yield "| where | keys |"
    yield "|---|---|"
    for place in table:
        keys = (f"{' '.join(map(_code, bound.keys))} {_escaped(bound.does)}" for bound in place.bound)
        yield f"| {place.name} | {' · '.join(keys)} |"


def _code(text: str) -> str:
    """Write in the type of a computer's words."""
    return f"`{_escaped(text)}`"


def _escaped(text: str) -> str:
    """Let a bar not end the cell of a table."""
    return text.replace("|", "\\|")
