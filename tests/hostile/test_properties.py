"""Any bytes give questions or errors for a person, and what can be read can be graded, shown and written."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coursekit import plugins, prose
from coursekit.check import check_course
from coursekit.course import Course, open_course
from coursekit.document import split
from coursekit.errors import ContentError, CoursekitError
from coursekit.gold import read_gold
from coursekit.lab.definition import read_lab
from coursekit.lab.lock import read_lock
from coursekit.model import Mark
from coursekit.prose import cells
from coursekit.prose.links import links
from coursekit.prose.unrendered import unrendered
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.questions._read import FAMILY
from coursekit.questions._write import write_section
from tests.hostile.packs._pack import CONFIG, COURSE, GOOD, REST

PLACES = ("content/1-evil.md", "content/course.md", "labs/evil/lab.md", "content/predict.lock", "content/gold/a.jsonl")
TOKENS = (
    *(
        "---",
        "##",
        "###",
        "```yaml question",
        "```",
        "- [x]",
        "- [ ]",
        ">",
        "1.",
        "->",
        "[[",
        "]]",
        "{{",
        "}}",
        "$",
        "$$",
    ),
    *(
        "id:",
        "kind:",
        "key:",
        "params:",
        "where:",
        "[",
        "]",
        "{",
        "}",
        "&a",
        "*a",
        "!!python/object",
        "<<:",
        "|",
        "%",
        "-",
    ),
    *(
        "\x1b[2J",
        "\u202e",
        "\u0301" * 9,
        "[@click=app.quit]",
        "&#27;",
        "\\frac{",
        "re:(a+)+$",
        ".nan",
        "1e308",
        "\t",
        "\0",
    ),
    *(
        "### Hint",
        "### Rubric",
        "### Model response",
        "(2)",
        "_",
        "**",
        "`",
        "<!--",
        "<script>",
        "| a | b |",
        "9**9**9",
    ),
)
PATIENT = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
RESPONSES = st.lists(
    st.text(max_size=30) | st.sampled_from(["1", "2", "0.5", "²", "nan", "1e999", "-0", ""]), max_size=4
)
KINDS = plugins.names(FAMILY)
LAB = f"---\ntitle: A lab\n{CONFIG}{REST}---\n\nTurn it.\n\n### Hint\n\nMore.\n"


def _example(kind: str) -> str:
    """Return the example of a kind's docstring, as it stands under its heading."""
    doc = import_module(f"{FAMILY}.{kind.replace('-', '_')}").__doc__ or ""
    return "```yaml question" + doc.partition("```yaml question")[2]


def _course(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in ({"content/course.md": COURSE.encode(), "content/9-good.md": GOOD.encode()} | files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _read_all(folder: Path) -> Iterator[Question]:
    """Read everything there is; only errors for a person are let pass."""
    try:
        course = open_course(folder)
    except CoursekitError:
        return
    for problem in check_course(course):
        assert str(problem).startswith(problem.path)
        assert problem.line >= 1
    read_gold(course)
    yield from _questions(course)
    for read in (lambda: read_lab(folder / "labs" / "evil" / "lab.md"), lambda: read_lock(course)):
        with suppress(CoursekitError):
            read()


def _questions(course: Course) -> Iterator[Question]:
    return (found for found in course.questions() if isinstance(found, Question))


@pytest.mark.parametrize("place", PLACES)
@PATIENT
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(data=b"---\ntitle: x\n---\n## a\n```yaml question\nid: b\n```\n- [x] c\n- [ ] d\n")
@example(data=b'{"a": {"made_by": 1, "observed": {}}}')
@example(data=b'{"question": "good", "type": "x", "grade": 1e400, "text": "\\ud800"}')
def test_any_bytes_give_questions_or_errors(place: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for question in _read_all(_course({place: data}, Path(folder))):
            assert question.id


def _mutated(source: str, chance: random.Random) -> str:
    """Change a text some times: lines or words left out, doubled, exchanged, or something odd put in."""
    parts = source.split("\n")
    for _ in range(chance.randint(1, 4)):
        where, other = (chance.randrange(len(parts)) for _ in range(2))
        match chance.randrange(7):
            case 0:
                del parts[where]
            case 1:
                parts.insert(other, parts[where])
            case 2:
                parts[where], parts[other] = parts[other], parts[where]
            case 3:
                parts.insert(where, chance.choice(TOKENS))
            case 4:
                parts[where] += chance.choice(TOKENS)
            case 5:
                words = parts[where].split(" ")
                words[chance.randrange(len(words))] = chance.choice(TOKENS)
                parts[where] = " ".join(words)
            case _:
                cut = chance.randint(0, len(parts[where]))
                parts[where] = parts[where][:cut] + chance.choice(TOKENS) + parts[where][cut + chance.randint(0, 2) :]
        parts = parts or [""]
    return "\n".join(parts)


@pytest.mark.parametrize("kind", KINDS)
@PATIENT
@given(seed=st.integers(0, 2**32), responses=st.lists(RESPONSES, min_size=1, max_size=3), width=st.integers(12, 100))
def test_a_mutated_question_is_read_or_refused(kind: str, seed: int, responses: list[list[str]], width: int) -> None:
    source = f"---\ntitle: Evil\ndefaults: {{lab: evil}}\n---\n\n## Evil\n\n{_example(kind)}"
    evil = _mutated(source, random.Random(seed)).encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        course = _course({"content/1-evil.md": evil, "labs/evil/lab.md": LAB.encode()}, Path(folder))
        for question in _read_all(course):
            for response in responses:
                _is_graded(question, tuple(response))
            for text in (question.stem, question.explanation, question.references, *question.hints):
                _is_set(text, width)
        _is_written(course)


@PATIENT
@given(seed=st.integers(0, 2**32))
def test_a_mutated_lab_is_read_or_refused(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lab = _course({"labs/evil/lab.md": _mutated(LAB, random.Random(seed)).encode()}, Path(folder))
        assert [question.id for question in _read_all(lab)] == ["good"]


@PATIENT
@given(
    text=st.lists(st.sampled_from(TOKENS) | st.text(max_size=8), max_size=40).map(" ".join), width=st.integers(12, 100)
)
def test_any_text_is_set_in_lines_that_fit(text: str, width: int) -> None:
    _is_set(text, width)


def _is_graded(question: Question, response: tuple[str, ...]) -> None:
    mark = question.body.grade(response)

    assert isinstance(mark, Mark)
    assert 0 <= mark.fraction <= 1
    if key := question.body.key():
        assert (
            isinstance(question.body, Experiment)
            or question.body.grade(key).fraction > 0
            or question.kind == "free-response"
        )


def _is_set(text: str, width: int) -> None:
    lines = prose.render(text, width)

    assert all(cells(line) <= width for line in lines)
    assert not any(c in "\x1b\x00\x9b\u202e" for line in lines for span in line for c in span.text)
    prose.plain(text, width)
    prose.inline(text)
    links(text)
    unrendered(text)


def _is_written(folder: Path) -> None:
    """Write what was read; what is written reads as the same."""
    try:
        course = open_course(folder)
    except CoursekitError:
        return
    for topic in course.topics:
        for section in topic.sections.values():
            try:
                written = write_section(section)
            except ContentError:
                continue
            (again,) = split(f"---\n---\n{written}", section.path).sections
            assert (again.title, again.fields().data()) == (section.title, section.fields().data())
