"""Dataclasses that say what their fields may hold, read from JSON and written to it.

A field's annotation is the whole rule; a field whose type is an interface takes a plug-in of that family:

    learning_rate: Annotated[float, Range(above=0)]
    optimizer: Optimizer                              <-  "sgd" or {"name": "momentum", "momentum": 0.9}
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from inspect import isabstract
from reprlib import repr as short
from sys import float_info
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from coursekit import plugins
from coursekit.errors import ConfigError, UsageError, suggest
from coursekit.train.ranges import Range

T = TypeVar("T")


def read(cls: type[T], mapping: object, at: str = "") -> T:
    """Build a dataclass from a JSON object; `at` is the field that holds it, for messages.

    Raises ConfigError that names the field and says what is allowed.
    """
    given = _mapping(mapping, at)
    hints = _hints(cls)
    for name in given:
        if name not in hints:
            raise ConfigError(f"{_join(at, name)} is not a known field. {suggest(name, tuple(hints))}")
    for name in _required(cls):
        if name not in given:
            raise ConfigError(f"{_join(at, name)} is missing: it must be {_describe(hints[name])}.")
    values = {name: _value(hints[name], value, _join(at, name)) for name, value in given.items()}
    try:
        return cls(**values)
    except ValueError as error:
        raise ConfigError(_join(at, str(error))) from error


def check(instance: object, at: str = "") -> None:
    """Hold the fields of an instance, however it was made, to their annotations."""
    for name, hint in _hints(type(instance)).items():
        _value(hint, getattr(instance, name), _join(at, name))


def write(instance: object) -> dict[str, Any]:
    """Turn a dataclass into a JSON object with all its options, as `read` takes it."""
    return {name: _plain(hint, getattr(instance, name)) for name, hint in _hints(type(instance)).items()}


def plugin_name(plugin: object) -> str:
    """Say under which name a plug-in is found: its file's, with hyphens."""
    return type(plugin).__module__.rpartition(".")[2].replace("_", "-")


@cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    return {field.name: hints[field.name] for field in fields(cls)}


def _required(cls: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls) if field.default is MISSING)


def _mapping(value: object, at: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{at or 'A configuration'} must be a mapping of options, got {short(value)}.")
    return {str(key): entry for key, entry in cast("Mapping[object, Any]", value).items()}


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _value(hint: Any, value: object, at: str) -> Any:
    """Return the value in the type that the annotation wants, or raise ConfigError."""
    wanted = _without_none(hint)
    if value is None and wanted is not hint:
        return None
    if isabstract(wanted):
        return _plugin(wanted, value, at)
    accepted = _accept(wanted, value, at)
    if accepted is None:
        raise ConfigError(f"{at} must be {_describe(hint)}, got {short(value)}.")
    return accepted


def _plugin(interface: type, value: object, at: str) -> Any:
    """Read a plug-in of the family that the interface heads: the package which defines it."""
    if isinstance(value, interface):
        check(value, at)
        return value
    given = {"name": value} if isinstance(value, str | NoneType) else _mapping(value, at)
    name = given.get("name")
    if not isinstance(name, str):
        raise ConfigError(f"{at}.name must be {_describe(interface)}, got {short(name)}.")
    options = {key: entry for key, entry in given.items() if key != "name"}
    return read(_load(interface.__module__, name, at), options, at)


def _load(family: str, name: str, at: str) -> type[Any]:
    try:
        return plugins.load(family, name)
    except UsageError as error:
        raise ConfigError(f"{at} has no '{name}'. {suggest(name, plugins.names(family))}") from error


def _accept(hint: Any, value: object, at: str) -> Any:
    """Return the value in the type of the annotation, or None when it does not fit."""
    base, limit = _limited(hint)
    match value:
        case bool():
            return value if base is bool else None
        case int() | float() if base is int or base is float:
            fits = (base is float or isinstance(value, int)) and abs(value) <= float_info.max and limit.holds(value)
            return base(value) if fits else None
        case str() if get_origin(base) is Literal:
            return value if value in get_args(base) else None
        case list() | tuple() if get_origin(base) is tuple:
            entries = cast("list[object]", value)
            each = get_args(base)[0]
            read_entries = tuple(_value(each, entry, f"{at}[{i}]") for i, entry in enumerate(entries))
            return read_entries if limit.holds(len(read_entries)) else None
        case _:
            return None


def _describe(hint: Any) -> str:
    """Say in words what an annotation allows."""
    wanted = _without_none(hint)
    if wanted is not hint:
        return f"{_describe(wanted)}, or null"
    if isabstract(wanted):
        return f"one of {', '.join(plugins.names(wanted.__module__))}"
    base, limit = _limited(wanted)
    if base is bool:
        return "true or false"
    if get_origin(base) is Literal:
        return " or ".join(map(repr, get_args(base)))
    if get_origin(base) is tuple:
        return f"a list with length {limit}, each entry {_describe(get_args(base)[0])}"
    return f"a {'whole ' if base is int else ''}number {limit}".rstrip()


def _limited(hint: Any) -> tuple[Any, Range]:
    """Split Annotated[base, Range(...)] into its two halves."""
    if get_origin(hint) is not Annotated:
        return hint, Range()
    base, limit = get_args(hint)
    return base, limit


def _without_none(hint: Any) -> Any:
    """Return X for X | None, and anything else as it is."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    return next(part for part in get_args(hint) if part is not NoneType)


def _plain(hint: Any, value: Any) -> Any:
    """Return a field's value as JSON has it."""
    if isabstract(_without_none(hint)) and value is not None:
        return {"name": plugin_name(value), **write(value)}
    return list(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value
