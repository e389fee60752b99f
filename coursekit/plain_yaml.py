"""YAML that is as plain as most authors write it, read without a YAML parser, which takes ten times as long.

    id: batch-noise
    tags: [sgd, two words]
    params: {lr: [0.1, 0.25], steps: 5}
    wrong:
      - {value: 2 * lr, say: Halve it.}

    objectives:
      LO-1: Say what a batch does

Words stay words here, whatever they mean. None is returned for anything else: single quotes and backslashes, comments,
blank lines, deeper indentation. Tests hold this equal to the parser.
"""

import re
from typing import Any, NamedTuple, final

_WORD = r"[A-Za-z0-9(][^:#\[\]{},\n]*"
_FIELD = re.compile(r"([a-z_]+):(?: +(\S.*))?")
_QUOTED = r'"([^"\\]*)"'
_NAMED = re.compile(r"  ([A-Za-z_][\w.-]*): +(\S.*)")
_TOKEN = re.compile(rf" *(?:([\[\]{{}},])|([A-Za-z_]+): +|({_WORD})|{_QUOTED})")
_LINE = re.compile(r"[A-Za-z0-9(][^:#\[\]{}\n]*")  # outside lists a comma is one of a sentence
_TEXT = re.compile(_QUOTED)
_DEEPEST = 6


@final
class Quoted(str):
    """A text in quotes: words and numbers in it are text."""

    __slots__ = ()


@final
class Mapping(NamedTuple):
    """Values by name, each with its line: texts, lists of them, and mappings."""

    line: int
    entries: dict[str, tuple[Any, int]]  # Any: text, list or Mapping


def read_plain(text: str, line: int) -> Mapping | None:
    """Read the lines of a mapping, the first of which is `line`."""
    entries: dict[str, tuple[Any, int]] = {}
    below: list[tuple[str, int]] = []  # lines of the field whose value stands below its name
    name = ""
    try:
        for number, source in enumerate(text.split("\n"), line):
            if source.startswith("  ") and name:
                below.append((source, number))
                continue
            if name:
                entries[name] = (_below(below), entries[name][1])
            name, rest = _field(source)
            if name in entries:
                return None
            entries[name] = (_value(rest, number) if rest else None, number)
            below, name = [], "" if rest else name
        if name:
            entries[name] = (_below(below), entries[name][1])
    except _NotPlain:
        return None
    return Mapping(line, entries)


def _below(lines: list[tuple[str, int]]) -> Any:
    """Read a list or a mapping that stands below its name, each entry on one line."""
    if lines and all(source.startswith("  - ") for source, _ in lines):
        return [_value(source[4:], number) for source, number in lines]
    entries: dict[str, tuple[Any, int]] = {}
    for source, number in lines:
        found = _NAMED.fullmatch(source)
        if not found or found[1] in entries or not source.isprintable():
            raise _NotPlain
        entries[found[1]] = (_value(found[2].rstrip(), number), number)
    if not lines:
        raise _NotPlain
    return Mapping(lines[0][1], entries)


class _NotPlain(Exception):  # noqa: N818  # no error: the parser reads it
    """Tell that a value is for the parser to read."""


def _field(source: str) -> tuple[str, str]:
    found = _FIELD.fullmatch(source)
    if not found or not source.isprintable():
        raise _NotPlain
    return found[1], (found[2] or "").rstrip()


def _value(source: str, line: int) -> Any:  # Any: text, list or Mapping
    if _LINE.fullmatch(source) and source.isprintable():
        return source.strip()
    if source.isprintable() and (quoted := _TEXT.fullmatch(source.rstrip())):
        return Quoted(quoted[1])
    return _Flow(source, line).whole()


@final
class _Flow:
    """`[a, b]` or `{a: 1}` on one line, token by token."""

    def __init__(self, source: str, line: int) -> None:
        self._source, self._line, self._at = source.rstrip(), line, 0

    def whole(self) -> Any:
        """Read all of it."""
        if self._source[:1] not in ("[", "{") or not self._source.isprintable():
            raise _NotPlain
        value = self._next(0)
        if self._at != len(self._source):
            raise _NotPlain
        return value

    def _token(self) -> re.Match[str]:
        found = _TOKEN.match(self._source, self._at)
        if not found:
            raise _NotPlain
        self._at = found.end()
        return found

    def _next(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise _NotPlain
        token = self._token()
        match token[1]:
            case "[":
                return self._list(depth)
            case "{":
                return self._mapping(depth)
            case None if token[3]:
                return token[3].strip()
            case None if token[4] is not None:
                return Quoted(token[4])
            case _:
                raise _NotPlain

    def _list(self, depth: int) -> list[Any]:
        items: list[Any] = []
        if self._ends("]"):
            return items
        while True:
            items.append(self._next(depth + 1))
            if self._token_is(",]") == "]":
                return items

    def _mapping(self, depth: int) -> Mapping:
        entries: dict[str, tuple[Any, int]] = {}
        if self._ends("}"):
            return Mapping(self._line, entries)
        while True:
            name = self._token()[2]
            if not name or name in entries:
                raise _NotPlain
            entries[name] = (self._next(depth + 1), self._line)
            if self._token_is(",}") == "}":
                return Mapping(self._line, entries)

    def _ends(self, sign: str) -> bool:
        """Step over a closing sign if it comes next."""
        found = _TOKEN.match(self._source, self._at)
        if found and found[1] == sign:
            self._at = found.end()
            return True
        return False

    def _token_is(self, signs: str) -> str:
        token = self._token()[1]
        if not token or token not in signs:
            raise _NotPlain
        return token
