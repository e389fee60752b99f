"""The author's reference: the fields of a kind of question or a front matter, made from the schemas, and an example.

What a run is made of has a reference too, made from its own annotations (`families`).
"""

from collections.abc import Iterator, Mapping
from typing import cast

from coursekit.authoring.examples import example, first_line, remarks
from coursekit.authoring.families import CONFIG, FAMILIES, config, family, member
from coursekit.authoring.row import Reference, Row
from coursekit.authoring.schema import SCHEMAS, Schema
from coursekit.authoring.skeletons import course_files, kinds_to_write
from coursekit.check.rules.bad_exam import EXAM
from coursekit.errors import UsageError

_FILES: Mapping[str, tuple[str, str]] = {
    "topic": ("The front matter of a topic file: content/**/*.md.", "content/1-first-topic.md"),
    "course": ("The front matter of a course: content/course.md.", "content/course.md"),
    "lab": ("The front matter of a lab: labs/NAME/lab.md.", "labs/first-lab/lab.md"),
    "exam": ("The front matter of a mock exam: content/exams/NAME.md.", "content/exams/short.md"),
}
_PLAIN: Mapping[str, str] = {"string": "text", "number": "number", "boolean": "true or false", "object": "mapping"}


def names() -> tuple[str, ...]:
    """List what there is a reference of."""
    return (*kinds_to_write(), *_FILES, "config", *FAMILIES)


def summaries() -> dict[str, str]:
    """Return the first line of each."""
    parts = {"config": CONFIG, **{name: said for name, (_, said) in FAMILIES.items()}}
    files = {name: said for name, (said, _) in _FILES.items()}
    return {name: {**files, **parts}.get(name) or first_line(name) for name in names()}


def reference(name: str, of: str | None = None) -> Reference:
    """Return the reference of one of `names`; of a family's member with `of`. Raises UsageError for an unknown one."""
    if name in FAMILIES:
        return member(name, of) if of else family(name)
    if of:
        raise UsageError(f"'{name}' has no members, as {', '.join(FAMILIES)} have. Leave '{of}' out.")
    if name == "config":
        return config()
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
        yield Row(path, _type(found), name in needed, found.get("default"), words, found.get("description", ""))
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
