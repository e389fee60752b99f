"""JSON Schemas (draft 2020-12) of what authors write in YAML, made from what the readers ask for.

    questions   a fence, one sub-schema for each kind
    topic       the front matter of a topic file
    course      the front matter of `course.md`
    lab         the front matter of a `lab.md`
    exam        the front matter of an exam

Names, types, words and defaults are recorded while the real readers read (`shapes`); which fields are required is found
by leaving each out. But for `$defs`, only keywords that draft 7 has too are used: not every editor knows a later one. A
schema says less than the readers: ranges, and what hangs together, `coursekit check` alone knows.
"""

from collections.abc import Callable, Mapping
from typing import Any

from coursekit.authoring.descriptions import describe
from coursekit.authoring.recording import Field, Shape, merged_fields
from coursekit.authoring.shapes import (
    Branch,
    Kind,
    course_shape,
    exam_shape,
    guessed_kinds,
    kinds,
    lab_shape,
    topic_shape,
)

Schema = dict[str, Any]  # Any: JSON
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TRUTH = {"false": False, "true": True}
"""Words that YAML reads as what they say."""
_WORD = ["string", "number", "boolean"]


def question_schema() -> Schema:
    """Return the schema of a question's fence."""
    found = kinds()
    guessed = guessed_kinds(found)
    chosen = [_if({"kind": {"const": name}}, ["kind"], _ref(name)) for name in found]
    unnamed = {"if": {"not": {"required": ["kind"]}}, "then": {"anyOf": [_ref(name) for name in guessed]}}
    return {
        **_head("A question's fence", "The metadata of a question, in a '```yaml question' fence under its heading."),
        "properties": {"kind": {"enum": list(found), "description": describe("kind")}},
        "allOf": [*chosen, unnamed],
        "$defs": {name: _kind_schema(kind) for name, kind in found.items()},
    }


def topic_schema() -> Schema:
    """Return the schema of a topic's front matter."""
    return {
        **_head("A topic's front matter", "The lines between '---' at the top."),
        **shape_schema(topic_shape(), "topic"),
    }


def course_schema() -> Schema:
    """Return the schema of the front matter of `course.md`."""
    return {
        **_head("The front matter of course.md", "What holds for a course."),
        **shape_schema(course_shape(), "course"),
    }


def lab_schema() -> Schema:
    """Return the schema of the front matter of a `lab.md`."""
    return {**_head("The front matter of lab.md", "A run, its knobs and goals."), **shape_schema(lab_shape(), "lab")}


def exam_schema() -> Schema:
    """Return the schema of the front matter of an exam."""
    return {
        **_head("The front matter of an exam", "What it draws, and its rules."),
        **shape_schema(exam_shape(), "exam"),
    }


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "question": question_schema,
    "topic": topic_schema,
    "course": course_schema,
    "lab": lab_schema,
    "exam": exam_schema,
}


def shape_schema(shape: Shape, at: str) -> Schema:
    """Return the schema of a mapping that stands somewhere; names that an author makes up share one."""
    schema: Schema = {"type": "object"}
    if shape.is_free:
        entry = merged_fields(list(shape.fields.values()))
        return {**schema, "additionalProperties": field_schema(entry, at)} if shape.fields else schema
    if shape.fields:
        schema["properties"] = {name: _described(f"{at}.{name}", field) for name, field in shape.fields.items()}
    if wanted := [name for name, field in shape.fields.items() if field.is_required]:
        schema["required"] = wanted
    if shape.is_closed and not shape.is_plain:
        schema["additionalProperties"] = False
    return schema


def field_schema(field: Field, at: str) -> Schema:
    """Return the schema of one field, by how it was asked for."""
    match field.how:
        case "choice":
            schema: Schema = {"enum": [*field.words, *(_TRUTH[word] for word in field.words if word in _TRUTH)]}
        case "number":
            schema = {"type": "number"}
        case "mapping":
            schema = shape_schema(field.inner or Shape(), at)
        case "texts":
            schema = {"type": ["array", *_WORD], "items": {"type": _WORD}}
        case "text":
            schema = {"type": _WORD}
        case _:
            schema = _seen(field, at)
    return {**schema, "default": field.default} if field.default is not None else schema


def _kind_schema(kind: Kind) -> Schema:
    schema = shape_schema(kind.shape, kind.name)
    schema["properties"]["kind"] = {"const": kind.name, "description": describe("kind")}
    branches = [
        _if({branch.field: {"const": branch.word}}, [branch.field] * (not branch.is_default), _then(branch))
        for branch in kind.branches
    ]
    return {"description": kind.summary, **schema, **({"allOf": branches} if branches else {})}


def _then(branch: Branch) -> Schema:
    then: Schema = {}
    if branch.required:
        then["required"] = list(branch.required)
    if branch.refused:
        then["properties"] = dict.fromkeys(branch.refused, False)
    return then


def _seen(field: Field, at: str) -> Schema:
    """Return a schema of what stood there; of nothing seen, any value will do."""
    items: list[Schema] = [shape_schema(field.inner, at)] if field.inner else []
    plain = sorted(name.removeprefix("item ") for name in field.types if name.startswith("item "))
    items += [{"type": name} for name in plain if name != "object"]
    options: list[Schema] = [{"type": "array", "items": _any(items)}] if "array" in field.types else []
    if field.inner and ("object" in field.types or field.how == "entries"):
        options.append(shape_schema(field.inner, at))
    options += [{"type": name} for name in sorted(field.types & {"boolean", "number", "string"})]
    if field.how == "entries":
        options += [item for item in items if item not in options]
    return _any(options)


def _described(at: str, field: Field) -> Schema:
    said = describe(at)
    return {**({"description": said} if said else {}), **field_schema(field, at)}


def _any(options: list[Schema]) -> Schema:
    return {"anyOf": options} if len(options) > 1 else (options[0] if options else {})


def _if(properties: Schema, needed: list[str], then: Schema) -> Schema:
    condition: Schema = {"properties": properties}
    return {"if": {**condition, "required": needed} if needed else condition, "then": then}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _head(title: str, description: str) -> Schema:
    return {"$schema": _DRAFT, "title": title, "description": description, "type": "object"}
