"""Let the real readers read examples, and keep what they asked for: of each kind, of topics, courses, labs, exams."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, final

from coursekit import plugins
from coursekit.authoring.examples import examples, first_line
from coursekit.authoring.recording import Field, Recorder, Shape, merged, merged_fields, required
from coursekit.authoring.skeletons import course_files, replace_source
from coursekit.check import check_course
from coursekit.course import open_course
from coursekit.document import Section, split
from coursekit.errors import CoursekitError
from coursekit.fields import listening
from coursekit.files import shown
from coursekit.questions._read import FAMILY, Defaults, read_question
from coursekit.questions._write import ORDER

PROBES = "coursekit.train.probes"
_CODE = """title: T
kind: code
entry: [a]
limits: {seconds: 60}
needs_processes: false
checks:
  - {name: n, call: a, cases: c, points: 2, public: true, says: s, tolerance: {rel: 0, abs: 1}, dtype: any, seconds: 1}
  - {name: m, cases: c, keeps_inputs: true, fresh: true}
  - {name: o, cases: c, judge: j, at_most: 1}
  - {name: p, cases: c, judge: j, at_least: 1}
"""
_EXAMS = (
    "title: T\nquestions: 1\nfrom: [{}]",
    "title: T\nfrom: [{count: 1}]\nminutes: 20\npass: 60\nattempts: 3\nshuffle: true\n"
    "show: {during: [topic], after: [score, topics, misses]}",
)
_CODE_FILES = ("starter.py", "reference.py", "cases.py", "wrong/a.py")
Data = dict[str, Any]  # Any: JSON


@final
@dataclass(frozen=True, slots=True)
class Branch:
    """What is different where a field has a certain word: what is then required, and what is refused."""

    field: str
    word: str
    is_default: bool
    required: tuple[str, ...]
    refused: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: its first line, what is asked of its fence, and its branches."""

    name: str
    summary: str
    shape: Shape
    branches: tuple[Branch, ...]


class _Case(NamedTuple):
    """One example as it was read: its fence as data, what was asked of it, and what it cannot do without."""

    data: Data
    shape: Shape
    required: frozenset[str]


def kinds() -> dict[str, Kind]:
    """Record every kind of question."""
    cases = {name: _cases(name) for name in plugins.names(FAMILY)}
    whole = {name: merged(case.shape for case in found) for name, found in cases.items()}
    common = _common(list(whole.values()))
    return {name: _kind(name, cases[name], whole[name], common) for name in cases}


def guessed_kinds(found: Iterable[str]) -> tuple[str, ...]:
    """List the kinds that need no `kind: …`, since they are known by their options."""
    return tuple(name for name in found if any(_reads(example, "kind") for example in examples(name)))


def topic_shape() -> Shape:
    """Record the front matter of a topic."""
    full = "title: T\nlesson: L\nobjectives: {LO-1: O}\ndefaults: {points: 1, lab: first-lab}"
    return _front_shape("content/1-first-topic.md", ("title: T", full))


def course_shape() -> Shape:
    """Record the front matter of `course.md`."""
    return _front_shape(
        "content/course.md", ("id: c\ntitle: C\nprogramme: P\nfield: F\nkeyless: true\nattempts: 2\nreveal: right",)
    )


def lab_shape() -> Shape:
    """Record the front matter of a `lab.md`."""
    return _front_shape("labs/first-lab/lab.md", tuple(_labs()))


def exam_shape() -> Shape:
    """Record the front matter of an exam."""
    return _front_shape("content/exams/first-exam.md", _EXAMS)


def _cases(kind: str) -> list[_Case]:
    return [_case(example, kind) for example in examples(kind)]


def _case(section: Section, kind: str) -> _Case:
    data = {**section.fields().data(), "kind": kind}
    recorder = Recorder()
    with listening(recorder):
        _read(section, data, None)
    line = section.fence.line if section.fence else 0
    needed = frozenset(name for name in data if not _reads(replace_source(section, json.dumps(data)), name))
    return _Case(data, recorder.shape(section.path, line), needed)


def _read(section: Section, data: Data, lab: str | None) -> str:
    return read_question(replace_source(section, json.dumps(data)), Defaults("", "", lab=lab)).kind


def _reads(section: Section, without: str) -> bool:
    """Tell whether a question can be read, as the same kind, without one of its fields."""
    data = section.fields().data()
    try:
        whole = _read(section, data, "lab")
        return _read(section, {name: value for name, value in data.items() if name != without}, "lab") == whole
    except CoursekitError:
        return False


def _common(shapes: list[Shape]) -> Mapping[str, Field]:
    """Put together the fields that every kind has: one reader reads them, whatever the kind."""
    names = [name for name in shapes[0].fields if all(name in shape.fields for shape in shapes)]
    return {name: merged_fields([shape.fields[name] for shape in shapes]) for name in names}


def _kind(name: str, cases: list[_Case], shape: Shape, common: Mapping[str, Field]) -> Kind:
    always = _in_all(cases)
    places = [name for name in (*ORDER, *shape.fields) if name in shape.fields]
    fields = {each: common.get(each, shape.fields[each]) for each in places}
    own = [each for each in fields if fields[each].words and each not in common]
    return Kind(
        name,
        first_line(name),
        required(replace(shape, fields=fields), always),
        tuple(chain.from_iterable(_branches(cases, shape, each, always) for each in own)),
    )


def _in_all(cases: list[_Case]) -> frozenset[str]:
    """Return what none of the examples could do without."""
    return frozenset(name for name in cases[0].required if all(name in case.required for case in cases))


def _branches(cases: list[_Case], shape: Shape, field: str, always: frozenset[str]) -> Iterable[Branch]:
    """Compare the examples by their word of one field."""
    default = shape.fields[field].default
    for word in shape.fields[field].words:
        found = [case for case in cases if case.data.get(field, default) == word]
        if not found:
            continue
        needed = _in_all(found) - always - {field}
        refused = shape.fields.keys() - {name for case in found for name in case.shape.fields}
        if needed or refused:
            yield Branch(field, word, word == default, tuple(sorted(needed)), tuple(sorted(refused)))


def _labs() -> Iterable[str]:
    """Front matters of labs that between them have all that a lab may say."""
    text = course_files("c", "C")["labs/first-lab/lab.md"]
    yield split(text, "lab.md").front.source
    faults = "[{says: a, is: true}, {says: b, why: c}]"
    yield f"{split(text, 'lab.md').front.source}\nkind: diagnose\nnaming: 2\nfaults: {faults}"
    yield (
        split(text, "lab.md")
        .front.source.replace(
            "steps: {min: 5, max: 105}",
            "optimizer: {choices: [sgd, adam], sets: optimizer}\n  steps: {choices: [40, 100]}",
        )
        .replace("{metric: steps, at_most: 40, points: 1}", "{metric: steps, at_least: 40}")
    )
    yield (
        split(text, "lab.md")
        .front.source.replace("{metric: steps, at_most: 40, points: 1}", "{metric: steps, lower_than: A}")
        .replace("pace: 20", "budget: 5\nruns: {A: {steps: 50}}")
    )
    yield split(text, "lab.md").front.source.replace("{metric: steps, at_most: 40, points: 1}", "{diverges: true}")
    yield from map(_measuring, plugins.names(PROBES))
    yield _CODE


def _measuring(name: str) -> str:
    """Return the front matter of a lab that measures everything that a probe does."""
    goals = [{"metric": metric, "at_most": 1} for metric in plugins.load(PROBES, name).values]
    knobs = {"n": {"min": 0, "max": 9, "sets": "seed"}}
    proof = {"solution": {"n": 1}, "wrong": [{"n": 2}]}
    return json.dumps({"title": "T", "config": {"probe": name}, "knobs": knobs, "goals": goals, **proof})


def _front_shape(name: str, fronts: tuple[str, ...]) -> Shape:
    """Record what is asked of a front matter by opening and checking a small course that has it."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in course_files("c", "C").items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text.replace("kind: single", "lab: first-lab\nkind: single"), encoding="utf-8")
        for path in _CODE_FILES:  # of which nothing is run
            (root / "labs/first-lab" / path).parent.mkdir(exist_ok=True)
            (root / "labs/first-lab" / path).write_text('"""A slip."""')
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).touch()  # a new course has no exam
        recorded = [_front_case(root, name, front) for front in fronts]
    return required(merged(case.shape for case in recorded), _in_all(recorded))


def _front_case(root: Path, name: str, front: str) -> _Case:
    path = root / name
    before = path.read_text(encoding="utf-8")
    rest = before.partition("\n---\n")[2]

    def is_sound(data: Data) -> bool:
        path.write_text(f"---\n{json.dumps(data)}\n---\n{rest}", encoding="utf-8")
        return _is_sound(root)

    data = split(f"---\n{front}\n---\n", name).fields().data()
    recorder = Recorder()
    with listening(recorder):
        if not is_sound(data):
            raise ValueError(f"the example of {name} is not sound")
    needed = frozenset(each for each in data if not is_sound({k: v for k, v in data.items() if k != each}))
    path.write_text(before, encoding="utf-8")
    return _Case(data, recorder.shape(shown(path), 2), needed)


def _is_sound(root: Path) -> bool:
    """Tell whether check finds no error; a warning, as one of what is still to do, is none."""
    try:
        return not any(finding.is_error for finding in check_course(open_course(root)))
    except CoursekitError:
        return False
