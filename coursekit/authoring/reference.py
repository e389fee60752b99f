"""The author's reference, made from the schemas: the fields of a kind of question or a front matter, and an example."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast, final

from coursekit.authoring.descriptions import describe
from coursekit.authoring.examples import example, first_line, remarks
from coursekit.authoring.schema import SCHEMAS, Schema
from coursekit.authoring.skeletons import course_files, kinds_to_write
from coursekit.check.rules.bad_exam import EXAM

_FILES: Mapping[str, tuple[str, str]] = {
    "topic": ("The front matter of a topic file: content/**/*.md.", "content/1-first-topic.md"),
    "course": ("The front matter of a course: content/course.md.", "content/course.md"),
    "lab": ("The front matter of a lab: labs/NAME/lab.md.", "labs/first-lab/lab.md"),
    "exam": ("The front matter of a mock exam: content/exams/NAME.md.", "content/exams/short.md"),
}
_PLAIN: Mapping[str, str] = {"string": "text", "number": "number", "boolean": "true or false", "object": "mapping"}


@final
@dataclass(frozen=True, slots=True)
class Row:
    """One field: its name, with that of the mapping it stands in, and what may stand there."""

    name: str
    type: str
    is_required: bool
    default: Any
    words: tuple[str, ...]
    text: str


@final
@dataclass(frozen=True, slots=True)
class Reference:
    """All about one kind, or about one sort of file."""

    name: str
    summary: str
    remarks: str
    rows: tuple[Row, ...]
    example: str


def names() -> tuple[str, ...]:
    """List what there is a reference of."""
    return (*kinds_to_write(), *_FILES)


def summaries() -> dict[str, str]:
    """Return the first line of each."""
    return {name: _FILES[name][0] if name in _FILES else first_line(name) for name in names()}


def reference(name: str) -> Reference:
    """Return the reference of one of `names`."""
    if name in _FILES:
        summary, path = _FILES[name]
        rows = tuple(_rows(SCHEMAS[name]()))
        files = {**course_files("my-course", "My course"), "content/exams/short.md": EXAM}
        return Reference(name, summary, "", rows, files[path])
    schema = SCHEMAS["question"]()["$defs"][name]
    return Reference(name, first_line(name), remarks(name), tuple(_rows(schema)), example(name))


def _rows(schema: Schema, before: str = "") -> Iterator[Row]:
    """List a mapping's fields, each followed by those inside it."""
    needed = schema.get("required", ())
    for name, found in schema.get("properties", {}).items():
        words = tuple(word for word in found.get("enum", [found.get("const")]) if isinstance(word, str))
        path = f"{before}{name}"
        yield Row(path, _type(found), name in needed, found.get("default"), words, describe(name))
        yield from _inside(found, path)


def _inside(schema: Schema, path: str) -> Iterator[Row]:
    """List the fields of what stands in a field: `tolerance.abs`, `wrong[].say`, and `knobs.*.min` of names made up."""
    options = schema.get("anyOf", (schema,))
    entries: Schema = next((found["items"] for found in options if found.get("type") == "array"), Schema())
    yield from _rows(entries, f"{path}[].")
    for found in options:
        made_up = found.get("additionalProperties")
        if isinstance(made_up, dict):
            yield from _inside(cast("Schema", made_up), f"{path}.*")
        elif found != entries:
            yield from _rows(found, f"{path}.")


def _type(schema: Schema) -> str:
    """Say what may stand there.

    >>> _type({"anyOf": [{"type": "array", "items": {"type": "object"}}, {"type": "object"}]})
    'list of mappings'
    """
    if "enum" in schema or "const" in schema:
        return "word"
    if "anyOf" in schema:
        return _type(schema["anyOf"][0])
    match schema.get("type"):
        case list():
            return "list of words" if "array" in schema["type"] else "text"
        case "array":
            return "list of values" if "anyOf" in schema["items"] else f"list of {_type(schema['items'])}s"
        case str() as name:
            return _PLAIN[name]
        case _:
            return "anything"
