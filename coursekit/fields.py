r"""YAML written by an author -> named values that know their lines. Nothing is constructed, nothing runs.

    fields = Fields.parse("id: sgd-rate\npoints: 2", path="content/sgd.md", line=4)
    fields.text("id"), fields.number("points")

Plain scalars follow JSON's idea of a number (so `1e-3` is one, which PyYAML alone reads as text) and only `true` and
`false` are truth values (so `no` stays a word). Tags and aliases are refused.
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from math import isfinite
from typing import Any, NamedTuple, cast, final

from coursekit.clean import clean
from coursekit.errors import ContentError, nearest, suggest

_NUMBER = re.compile(r"[-+]?(\d+(_\d+)*(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_PLAIN = re.compile(r"[A-Za-z0-9(][^:#\[\]{}&*!|>'\"%@`\\]*")
_SMALL = 4_000  # characters; fewer hold no more values than are read
_SUSPICIOUS = r"(?m)[&*!]|(?:[\[{][^\[{]*){50}|^ {49}|(?:- *){25}"
"""What could be an alias, a tag, or nested too deeply: so it is looked at before it is read. Compiled by the first."""
_MOST_NODES = 20_000
_DEEPEST = 50


_MISSING: Any = object()


class Asked(NamedTuple):
    """One thing that a reader asked of a mapping: for a field by `name`, or, where that is empty, for the whole."""

    fields: "Fields"
    name: str
    how: str
    """`text`, `number`, `choice` … as the methods of Fields are called; of the whole `names`, `data` or `closed`."""
    value: Any = None
    """What stands there; for a choice the allowed words."""
    default: Any = None
    is_required: bool = False


_LISTENER: ContextVar[Callable[[Asked], None] | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Callable[[Asked], None]) -> Generator[None, None, None]:
    """Tell a listener all that readers ask of any Fields meanwhile: this is how a schema knows what may be written."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@final
class Fields:
    """A mapping from a file. Each reading method notes the name it was asked for, so that `unknown` can tell."""

    def __init__(self, path: str, line: int, entries: Mapping[str, tuple[Any, int]]) -> None:
        self.path = path
        self.line = line
        self._entries = entries
        self._asked: set[str] = set()

    @classmethod
    def parse(cls, text: str, *, path: str, line: int) -> "Fields":
        """Read a YAML mapping whose first line is `line` of `path`. Raises ContentError."""
        return quick_fields(text, path, line) or cls.parse_all(text, path=path, line=line)

    @classmethod
    def parse_all(cls, text: str, *, path: str, line: int) -> "Fields":
        """Do what `parse` says with the YAML parser."""
        import yaml  # 20 ms, so only when a file is really read

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        compose: Any = yaml.compose  # Any: PyYAML is untyped
        try:
            if len(text) > _SMALL or re.search(_SUSPICIOUS, text):
                _refuse_excess(yaml.parse(text, Loader=loader), path, line)
            node = compose(text, Loader=loader)
        except yaml.YAMLError as error:
            raise _yaml_error(error, text, path, line) from None
        if node is None:
            return cls(path, line, {})
        if node.tag != "tag:yaml.org,2002:map":
            raise _bad(path, line, "Expected lines like 'name: value' here.")
        return _Reader(path, line).mapping(node)

    def __contains__(self, name: str) -> bool:
        self._note(name, "contains")
        self._asked.add(name)
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        self._note("", "names")
        return iter(self._entries)

    def line_of(self, name: str) -> int:
        """Line of a field, or of the mapping when it has no such field."""
        return self._entries[name][1] if name in self._entries else self.line

    def error(
        self, name: str, message: str, *, code: str = "bad-value", fix: tuple[str, str] | None = None
    ) -> ContentError:
        """Make the error for one field; the caller raises it."""
        return ContentError(self.path, self.line_of(name), message, code=code, fix=fix)

    def word_error(self, name: str, word: str, known: tuple[str, ...], message: str) -> ContentError:
        """Make the error for a word that is none of the known ones; it can be mended where one was surely meant."""
        close = nearest(word, known)
        return self.error(name, message, code="unknown-word", fix=(word, close) if close else None)

    def value(self, name: str, default: Any = _MISSING) -> Any:  # Any: what YAML holds
        """Return a field as it stands. Raises ContentError when it is missing and has no default."""
        self._asked.add(name)
        if name in self._entries and self._entries[name][0] is not None:
            self._note(name, "value", self._entries[name][0], default)
            return self._entries[name][0]
        self._note(name, "value", None, default)
        if default is _MISSING:
            raise self.error(name, f"'{name}' is missing. Add a line '{name}: …'.", code="missing-field")
        return default

    def text(self, name: str, default: Any = _MISSING) -> str:
        """Return a field as text; a number or a truth value is given back as words."""
        self._note(name, "text", default=default)
        value = self.value(name, default)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (int, float)):
            return f"{value}"
        if value is default or isinstance(value, str):
            return value
        raise self.error(name, f"'{name}' must be one line of text.")

    def number(self, name: str, default: Any = _MISSING) -> float:
        """Return a field that must be a number."""
        self._note(name, "number", default=default)
        value = self.value(name, default)
        if value is default or (isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)):
            return value
        raise self.error(name, f"'{name}' must be a number, got {value!r}. Write for example '{name}: 2'.")

    def entries(self, name: str) -> tuple[Any, ...]:
        """Return a list as it stands, a single value as a list of one; nothing when the field is missing."""
        self._note(name, "entries", default=())
        value: Any = self.value(name, ())
        return cast("tuple[Any, ...]", value) if isinstance(value, tuple) else (value,)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of words; nothing when the field is missing."""
        self._note(name, "texts", default=())
        items = self.entries(name)
        if any(isinstance(item, (Fields, tuple)) or item is None for item in items):
            raise self.error(name, f"'{name}' must be a list of words, as in '{name}: [one, two]'.")
        return tuple(str(item) for item in items)

    def mapping(self, name: str) -> "Fields":
        """Return a nested mapping; an empty one when the field is missing."""
        value = self.value(name, None)
        value = Fields(self.path, self.line_of(name), {}) if value is None else value
        self._note(name, "mapping", value)
        if isinstance(value, Fields):
            return value
        raise self.error(name, f"'{name}' must be a mapping, as in '{name}: {{a: 1}}'.")

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of the allowed words."""
        self._note(name, "choice", allowed, default if default in allowed else _MISSING)
        word = self.text(name, default)
        if word in allowed:
            return word
        raise self.word_error(name, word, allowed, f"'{name}' has no '{word}'. {suggest(word, allowed)}")

    def data(self) -> dict[str, Any]:  # Any: plain JSON-like data
        """Return everything as plain dictionaries, lists and scalars."""
        self._note("", "data", tuple(value for value, _ in self._entries.values()))
        self._asked.update(self._entries)
        return {name: _plain(value) for name, (value, _) in self._entries.items()}

    def refuse_unknown(self) -> None:
        """Raise ContentError for the first field that nobody asked for."""
        self._note("", "closed")
        for name in self._entries:
            if name not in self._asked:
                close = nearest(name, tuple(self._asked))
                message = f"Unknown field '{name}'. {suggest(name, tuple(self._asked))}"
                raise self.error(name, message, code="unknown-field", fix=(name, close) if close else None)

    def _note(self, name: str, how: str, value: Any = None, default: Any = None) -> None:
        if listener := _LISTENER.get():
            missing = default is _MISSING
            listener(Asked(self, name, how, value, None if missing else default, missing))


@cache
def _one_line(name: str) -> re.Pattern[str]:
    # The next line is looked at, since an indented one goes on with this value.
    return re.compile(rf"^{re.escape(name)}:[ \t]+(\S.*?)[ \t]*(?=\n\S|\n?\Z)", re.MULTILINE)


def one_line(text: str, name: str, *, path: str, line: int) -> str | None:
    """Return one top-level field as text, without loading YAML when it is a plain word or phrase.

    The first frame needs a title and an id from each file, and loading PyYAML costs a tenth of a bare app.
    """
    found = _one_line(name).search(text)
    if found and _PLAIN.fullmatch(found[1]) and not _NUMBER.match(found[1]) and found[1] not in _WORDS:
        return clean(found[1])
    return Fields.parse(text, path=path, line=line).text(name, None)


def quick_fields(text: str, path: str, line: int) -> Fields | None:
    """Read what is as plain as most fields are without YAML; None for all else."""
    from coursekit.plain_yaml import read_plain  # 1 ms, and titles and ids are one line each

    found = read_plain(text, line)
    return found and _plain_value(found, path)


def _plain_value(value: Any, path: str) -> Any:
    from coursekit.plain_yaml import Mapping as PlainMapping
    from coursekit.plain_yaml import Quoted

    if isinstance(value, PlainMapping):
        entries = {str(_scalar(name)): (_plain_value(each, path), at) for name, (each, at) in value.entries.items()}
        return Fields(path, value.line, entries)
    if isinstance(value, list):
        return tuple(_plain_value(each, path) for each in cast("list[Any]", value))
    return str(clean(value)) if isinstance(value, Quoted) else _scalar(clean(value))


@final
class _Reader:
    """Nodes -> values."""

    def __init__(self, path: str, line: int) -> None:
        self.path = path
        self.line = line

    def mapping(self, node: Any) -> Fields:
        entries: dict[str, tuple[Any, int]] = {}
        for key, value in node.value:
            name, line = str(self.value(key)), self.line + key.start_mark.line
            if name in entries:
                raise _bad(self.path, line, f"'{name}' stands here twice. Keep one.")
            entries[name] = (self.value(value), line)
        return Fields(self.path, self.line + node.start_mark.line, entries)

    def value(self, node: Any) -> Any:
        match node.id:
            case "mapping":
                return self.mapping(node)
            case "sequence":
                return tuple(self.value(item) for item in node.value)
            case _:
                return clean(node.value) if node.style else _scalar(clean(node.value))


def _bad(path: str, line: int, message: str) -> ContentError:
    return ContentError(path, line, message, code="bad-yaml")


def _refuse_excess(events: Iterator[Any], path: str, line: int) -> None:
    """Raise ContentError for tags, aliases, and more depth or values than a person writes.

    It reads the flat stream of events, before anything recurses: 50,000 brackets would end the process.
    """
    depth = 0
    for count, event in enumerate(events):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        where = line + event.start_mark.line
        if name == "AliasEvent":
            raise _bad(path, where, "YAML aliases (*name) are not read here. Write the value again.")
        if tag := getattr(event, "tag", None):
            tag = tag.removeprefix("tag:yaml.org,2002:")
            raise _bad(path, where, f"The YAML tag '{tag}' is not read here. Write the plain value.")
        if depth > _DEEPEST:
            raise _bad(path, where, "This YAML is nested too deeply. Keep it flat.")
        if count > _MOST_NODES:
            raise _bad(path, where, f"More than {_MOST_NODES} values. Split the file.")


def _scalar(text: str) -> str | int | float | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.fullmatch(text) or len(text) > 40:
        return text
    return int(text) if re.fullmatch(r"[-+]?[\d_]+", text) else float(text)


def _plain(value: Any) -> Any:
    if isinstance(value, Fields):
        return value.data()
    return [_plain(item) for item in cast("tuple[Any, ...]", value)] if isinstance(value, tuple) else value


def _yaml_error(error: Any, text: str, path: str, line: int) -> ContentError:
    if mark := getattr(error, "problem_mark", None):
        return _bad(path, line + mark.line, f"The YAML cannot be read: {error.problem}.")
    before = text.encode(errors="replace")[: getattr(error, "position", 0)]
    return _bad(path, line + before.count(b"\n"), "The YAML cannot be read: it holds a control character.")
