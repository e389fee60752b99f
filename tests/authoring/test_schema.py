"""The schemas say what the readers say: the same fences and front matter pass, the same mistakes fail in both."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import coursekit
from coursekit import plugins
from coursekit.authoring.examples import as_section, example, examples
from coursekit.authoring.reference import names, reference, summaries
from coursekit.authoring.schema import SCHEMAS, Schema, question_schema
from coursekit.authoring.shapes import kinds
from coursekit.authoring.skeletons import course_files
from coursekit.check import check_course
from coursekit.course import open_course
from coursekit.document import Section, split
from coursekit.errors import ContentError, CoursekitError
from coursekit.fields import Fields
from coursekit.questions._read import FAMILY, Defaults, read_question

ROOT = Path(coursekit.__file__).parents[1]
LEFT_OUT = ("course.md", "README.md")
TOPICS = [
    path for path in sorted(ROOT.glob("content/**/*.md")) if path.name not in LEFT_OUT and path.parent.name != "exams"
]
FENCES = [section for path in TOPICS for section in split(path.read_text(encoding="utf-8"), path.name).sections]
EXAMPLES = [section for kind in plugins.names(FAMILY) for section in examples(kind)]
MADE = {name: make() for name, make in SCHEMAS.items()}


def is_valid(name: str, data: Any) -> bool:
    return Draft202012Validator(MADE[name]).is_valid(data)


def front(path: Path) -> Any:
    return split(path.read_text(encoding="utf-8"), path.name).fields().data()


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema_of_the_draft_that_it_names(name: str) -> None:
    Draft202012Validator.check_schema(MADE[name])
    assert MADE[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("section", [*FENCES, *EXAMPLES], ids=lambda section: section.title)
def test_every_fence_is_valid(section: Section) -> None:
    assert list(Draft202012Validator(MADE["question"]).iter_errors(section.fields().data())) == []


def test_all_shipped_front_matter_is_valid() -> None:
    assert all(is_valid("topic", front(path)) for path in TOPICS)
    assert all(is_valid("lab", front(path)) for path in ROOT.glob("labs/*/lab.md"))
    assert is_valid("course", front(ROOT / "content" / "course.md"))
    assert all(is_valid("exam", front(path)) for path in ROOT.glob("content/exams/*.md"))


def reads(section: Section, data: dict[str, Any]) -> bool:
    fence = f"```yaml question\n{json.dumps(data)}\n```\n\n{section.text.source}\n\n"
    parts = "\n\n".join(f"### {part.title}\n\n{part.text.source}" for part in section.parts)
    try:
        read_question(as_section(fence + parts), Defaults("", "", lab="bowl"))
    except ContentError:
        return False
    return True


def mistakes(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """An unknown field, each field of a wrong type, each word that is none, and each that cannot be left out."""
    yield "unknown", {**data, "pionts": 2}
    yield "list of lists", {**data, "tags": [["a"]]}
    yield "mapping for a number", {**data, "points": {"a": 1}}
    yield "word for a number", {**data, "difficulty": "easy"}
    yield "no such word", {**data, "reveal": "sometimes"}
    yield "no such kind", {**data, "kind": "nothing"}
    yield "no id", {name: value for name, value in data.items() if name != "id"}
    yield "list for a word", {**data, "objective": ["LO-1"]}
    yield "word for a mapping", {**data, "params": "few"}
    yield "words for a param", {**data, "params": {"zz": ["few", "many"]}}
    yield "half a range", {**data, "params": {"zz": {"min": 1, "max": 2}}}
    for name in ("scoring", "ask"):
        if name in data:
            yield f"no such {name}", {**data, name: "nothing"}
    if isinstance(data.get("key"), bool):
        yield "word for true", {**data, "key": "maybe"}
    if "wrong" in data:
        yield "slip without say", {**data, "wrong": [{"value": 1}]}
        yield "slip with more", {**data, "wrong": [{"value": 1, "say": "No.", "more": 1}]}
    if "run" in data:
        yield "run is a word", {**data, "run": "fast"}
        yield "runs too", {**data, "runs": [{"steps": 1}, {"steps": 2}]}
    for name in {"run", "runs", "target", "entry"} & data.keys():
        yield f"no {name}", {each: value for each, value in data.items() if each != name}
    if "tolerance" in data:
        yield "unknown in tolerance", {**data, "tolerance": {"abs": 1, "prel": 2}}


@pytest.mark.parametrize("section", EXAMPLES, ids=lambda section: section.fields().text("kind", "guessed"))
def test_a_planted_mistake_fails_in_the_reader_and_in_the_schema(section: Section) -> None:
    data = section.fields().data()
    assert reads(section, data)
    assert is_valid("question", data)

    for mistake, broken in mistakes(data):
        assert not reads(section, broken), mistake
        assert not is_valid("question", broken), mistake


@pytest.mark.parametrize("section", EXAMPLES, ids=lambda section: section.fields().text("kind", "guessed"))
def test_what_the_schema_requires_the_reader_requires(section: Section) -> None:
    data = section.fields().data()
    for name in data:
        without = {each: value for each, value in data.items() if each != name}
        assert is_valid("question", without) or not reads(section, without), name


def in_course(folder: Path, name: str, data: dict[str, Any]) -> bool:
    """Check a small course with this front matter."""
    for path, text in course_files("c", "C").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        rest = text.partition("\n---\n")[2]
        (folder / path).write_text(f"---\n{json.dumps(data)}\n---\n{rest}" if path == name else text)
    if "exams" in name:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"---\n{json.dumps(data)}\n---\n")
    try:
        return not any(finding.is_error for finding in check_course(open_course(folder)))
    except CoursekitError:
        return False


PLANTED = {
    "topic": (
        "content/1-first-topic.md",
        {"title": "T", "lesson": "L", "objectives": {"LO-1": "x"}, "defaults": {"lab": "first-lab", "points": 2}},
        (
            {"titel": "x"},
            {"title": None},
            {"title": ["x"]},
            {"objectives": "LO-1"},
            {"defaults": {"lab": "first-lab", "point": 2}},
            {"defaults": {"lab": "first-lab", "points": "two"}},
            {"defaults": {"lab": "first-lab", "reveal": "now"}},
        ),
    ),
    "course": (
        "content/course.md",
        {"id": "c", "title": "C", "programme": "P", "field": "F", "keyless": True, "attempts": 2, "reveal": "right"},
        ({"titel": "x"}, {"reveal": "now"}, {"attempts": "two"}, {"field": ["a"]}, {"keyless": "yes"}),
    ),
    "lab": (
        "labs/first-lab/lab.md",
        split(course_files("c", "C")["labs/first-lab/lab.md"], "lab.md").fields().data(),
        (
            {"titel": "x"},
            {"title": None},
            {"kind": "play"},
            {"pace": "fast"},
            {"goals": [{"metric": "los", "at_most": 1}]},
            {"goals": [{"metric": "steps", "at_most": "few"}]},
            {"knobs": {"steps": {"min": 5, "max": 105, "scale": "cubic"}}},
            {"knobs": {"steps": {"min": 5, "max": 105, "by": 1}}},
            {"wrong": ["fast"]},
            {"solution": "slow"},
        ),
    ),
    "exam": (
        "content/exams/mid-term.md",
        {
            "title": "T",
            "questions": 1,
            "from": [{"lesson": "First lesson", "topic": ["First topic"], "kinds": "single-choice", "count": 1}],
            "minutes": 20,
            "pass": 60,
            "attempts": 3,
            "shuffle": False,
            "show": {"during": ["topic"], "after": ["score", "topics"]},
        },
        (
            {"titel": "x"},
            {"title": None},
            {"questions": "few"},
            {"from": [{"count": "few"}]},
            {"from": [{"count": 1, "kidns": "numeric"}]},
            {"minutes": "long"},
            {"pass": [60]},
            {"attempts": "many"},
            {"shuffle": "sometimes"},
            {"show": ["score"]},
            {"show": {"before": ["score"]}},
            {"show": {"after": [["score"]]}},
        ),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_mistake_in_front_matter_fails_in_check_and_in_the_schema(name: str, tmp_path: Path) -> None:
    path, data, changes = PLANTED[name]
    assert in_course(tmp_path, path, data)
    assert is_valid(name, data)

    for change in changes:
        broken = {each: value for each, value in {**data, **change}.items() if value is not None}
        assert not in_course(tmp_path, path, broken), change
        assert not is_valid(name, broken), change


@pytest.mark.parametrize("kind", plugins.names(FAMILY))
def test_each_word_that_may_be_chosen_is_chosen_in_an_example(kind: str) -> None:
    shape, common = kinds()[kind].shape, {"reveal"}
    data = [section.fields().data() for section in examples(kind)]

    for name, field in shape.fields.items():
        if field.words and name not in common:
            assert {each.get(name, field.default) for each in data} == set(field.words), name


def fields_of(schema: Schema) -> Iterator[tuple[str, Schema]]:
    for name, found in schema.get("properties", {}).items():
        yield name, found
        for inner in (found, *found.get("anyOf", ())):
            yield from fields_of(inner.get("items", inner) if isinstance(inner, dict) else {})


def test_each_field_has_a_type_and_a_description() -> None:
    by_kind = question_schema()["$defs"]
    schemas = [schema for name, schema in by_kind.items() if name != "unkeyed"]  # which no author writes

    for name, found in [each for schema in (*schemas, *(MADE[n] for n in PLANTED)) for each in fields_of(schema)]:
        assert found.get("description"), name
        assert {"type", "enum", "const", "anyOf"} & found.keys(), name


FAKE = '''"""Guess how heavy it is.

```yaml question
id: weigh
kind: fake
scales: kitchen
grams: {about: 100}
```

How heavy?
"""

from coursekit.questions.true_false import TrueFalse
from coursekit.document import Item


class Fake(TrueFalse.__mro__[1]):
    @classmethod
    def parse(cls, material):
        material.fields.choice("scales", ("bathroom", "kitchen"), "kitchen")
        material.fields.mapping("grams").number("about")
        return material.text.source, TrueFalse((Item("True", 1, True, "", ()), Item("False", 1, False, "", ())))

    def interaction(self): ...
    def key(self): ...
    def grade(self, response): ...


FIELDS = {"scales": "Which scales.", "grams.about": "The weight."}
FURTHER = ("id: weigh\\nkind: fake\\nscales: bathroom\\ngrams: {about: 5}\\n```\\n\\nHow heavy?\\n",)
PLUGIN = Fake
'''


def test_a_new_kind_and_its_fields_are_in_the_schema_and_the_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fake.py").write_text(FAKE)
    package = import_module(FAMILY)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    assert package.__spec__
    monkeypatch.setattr(package.__spec__, "submodule_search_locations", package.__path__)
    plugins.names.cache_clear()
    try:
        schema, row, read = question_schema(), reference("fake").rows, examples("fake")
    finally:
        plugins.names.cache_clear()

    made = schema["$defs"]["fake"]
    assert "fake" in schema["properties"]["kind"]["enum"]
    scales = {"description": "Which scales.", "enum": ["bathroom", "kitchen"], "default": "kitchen"}
    assert made["properties"]["scales"] == scales
    assert made["properties"]["grams"]["properties"] == {"about": {"description": "The weight.", "type": "number"}}
    assert [section.field("scales") for section in read] == ["kitchen", "bathroom"]
    assert {"kind", "id", "grams"} <= set(made["required"])
    assert any(each.name == "grams.about" for each in row)


def test_the_schema_line_of_an_editor_is_read_over() -> None:
    text = "# yaml-language-server: $schema=question.schema.json\nid: a"

    assert Fields.parse(text, path="t.md", line=1).data() == {"id": "a"}


def test_there_is_a_reference_with_an_example_for_each() -> None:
    for name in names():
        found = reference(name)
        assert found.summary == summaries()[name]
        assert found.example
        needed = {"id", "kind"} if name in plugins.names(FAMILY) else {"title"} if name in SCHEMAS else set[str]()
        assert {row.name for row in found.rows} >= needed
        assert found.rows or found.members
    assert reference("numeric").example == example("numeric")


def test_the_reference_lists_what_is_inside_a_field_once() -> None:
    rows = [row.name for row in reference("lab").rows]

    assert len(rows) == len(set(rows))
    assert {"knobs.*.min", "goals[].metric", "wrong"} <= set(rows)
    assert {"params.*.min", "tolerance.abs", "wrong[].say"} <= {row.name for row in reference("numeric").rows}


VALUES = st.one_of(
    st.booleans(),
    st.integers(-2, 6),
    st.floats(0, 3),
    st.sampled_from(["a", "each", "all", "right", "outcome", "w0", "2 * w0", "x > 1"]),
    st.lists(st.sampled_from(["a", 1, True]), max_size=2),
    st.dictionaries(st.sampled_from(["abs", "rel", "steps", "w0", "value"]), st.integers(1, 3), max_size=2),
    st.just([{"value": 7, "say": "No."}]),
    st.just({"w0": [1, 2], "lr": [0.5]}),
)


@given(
    section=st.sampled_from(EXAMPLES),
    changes=st.dictionaries(
        st.sampled_from(sorted(MADE["question"]["$defs"]["numeric"]["properties"])), VALUES, max_size=2
    ),
    without=st.sets(st.sampled_from(["kind", "points", "key", "wrong", "tolerance", "ask", "scoring"]), max_size=1),
)
@settings(max_examples=400, deadline=None)
def test_what_the_reader_takes_the_schema_takes(section: Section, changes: dict[str, Any], without: set[str]) -> None:
    data = {name: value for name, value in section.fields().data().items() if name not in without} | changes

    assert is_valid("question", data) or not reads(section, data)
