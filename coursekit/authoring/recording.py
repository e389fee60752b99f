"""What readers ask of YAML, written down while they read: the one source of the schemas and of the reference.

recorder = Recorder()
with listening(recorder):
    read_question(section, defaults)
recorder.shape("content/sgd.md", 5).fields["points"].how     # number
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast, final

from coursekit.fields import Asked, Fields

_NAMES = ((bool, "boolean"), (str, "string"), (int, "number"), (float, "number"), (object, "object"))
# The first of these that a field was asked for by says the most of it.
_TELLING = ("choice", "number", "mapping", "texts", "text", "entries", "value", "contains")


@final
@dataclass(frozen=True, slots=True)
class Field:
    """What was asked of one field: by which methods, its default and words, and what was seen to stand there."""

    hows: frozenset[str] = frozenset()
    is_required: bool = False
    """No mapping was read without it."""
    default: Any = None
    words: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    """JSON's names of the plain values seen; `item …` for what was in a list."""
    inner: "Shape | None" = None
    """The mapping that stands there, or those of a list."""

    @property
    def how(self) -> str:
        """Return the method that says most of it."""
        return next(how for how in _TELLING if how in self.hows)


@final
@dataclass(frozen=True, slots=True)
class Shape:
    """What was asked of a mapping: its fields, and whether their names are the author's own."""

    fields: Mapping[str, Field] = field(default_factory=dict[str, Field])
    is_free: bool = False
    """Its names were listed: the author makes them up."""
    is_plain: bool = False
    """It was taken as data, whatever it holds."""
    is_closed: bool = False
    """What was not asked for was refused."""


@final
class Recorder:
    """Listen to readers; then tell the shape of each mapping that was read."""

    def __init__(self) -> None:
        self._asked: dict[int, list[Asked]] = {}
        self._fields: dict[int, Fields] = {}  # kept, so that no two have one id
        self._inner: set[int] = set()

    def __call__(self, asked: Asked) -> None:
        """Write down one thing that was asked."""
        self._keep(asked.fields).append(asked)
        for child in _mappings(asked.value):
            self._keep(child)
            self._inner.add(id(child))

    def shape(self, path: str, line: int) -> Shape:
        """Return what was asked of the mapping that begins at a line of a file, each time it was read."""
        whole = [fields for key, fields in self._fields.items() if key not in self._inner]
        return merged(self._shape(fields) for fields in whole if (fields.path, fields.line) == (path, line))

    def _keep(self, fields: Fields) -> list[Asked]:
        self._fields[id(fields)] = fields
        return self._asked.setdefault(id(fields), [])

    def _shape(self, fields: Fields) -> Shape:
        asked = self._asked.get(id(fields), [])
        names = dict.fromkeys(each.name for each in asked if each.name)
        of_whole = {each.how for each in asked if not each.name}
        found = {name: self._field([each for each in asked if each.name == name]) for name in names}
        return Shape(found, "names" in of_whole, "data" in of_whole, "closed" in of_whole)

    def _field(self, asked: list[Asked]) -> Field:
        children = {id(child): child for each in asked for child in _mappings(each.value)}
        plain = [each.value for each in asked if each.how == "value" and each.value is not None]
        return Field(
            hows=frozenset(each.how for each in asked),
            is_required=any(each.is_required for each in asked),
            default=next((each.default for each in asked if _is_plain(each.default)), None),
            words=next((each.value for each in asked if each.how == "choice"), ()),
            types=frozenset(name for value in plain for name in _types(value)),
            inner=merged(self._shape(child) for child in children.values()) if children else None,
        )


def merged(shapes: Iterable[Shape]) -> Shape:
    """Put together what was asked of several mappings of one sort."""
    found = [shape for shape in shapes if shape != Shape()]
    names = dict.fromkeys(name for shape in found for name in shape.fields)
    fields = {name: merged_fields([shape.fields.get(name, Field()) for shape in found]) for name in names}
    return Shape(
        fields,
        any(shape.is_free for shape in found),
        any(shape.is_plain for shape in found),
        any(shape.is_closed for shape in found),
    )


def merged_fields(found: list[Field]) -> Field:
    """Put together what was asked of a field in several mappings; required is what all of them required."""
    inner = [each.inner for each in found if each.inner]
    return Field(
        hows=frozenset(how for each in found for how in each.hows),
        is_required=all(each.is_required for each in found),
        default=_same([each.default for each in found if each.hows]),
        words=tuple(dict.fromkeys(word for each in found for word in each.words)),
        types=frozenset(name for each in found for name in each.types),
        inner=merged(inner) if inner else None,
    )


def required(shape: Shape, names: Iterable[str]) -> Shape:
    """Say which fields of a shape are required."""
    wanted = set(names)
    return replace(
        shape, fields={name: replace(each, is_required=name in wanted) for name, each in shape.fields.items()}
    )


def _mappings(value: Any) -> list[Fields]:
    if isinstance(value, Fields):
        return [value]
    entries = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return [child for entry in entries for child in _mappings(entry)]


def _types(value: Any) -> Iterable[str]:
    if isinstance(value, tuple):
        yield "array"
        for entry in cast("tuple[object, ...]", value):
            yield from (f"item {name}" for name in _types(entry))
    else:
        yield next(name for kind, name in _NAMES if isinstance(value, kind))


def _same(defaults: list[Any]) -> Any:
    return defaults[0] if defaults and all(each == defaults[0] for each in defaults) else None


def _is_plain(default: object) -> bool:
    return isinstance(default, bool | int | float | str) and default != ""
