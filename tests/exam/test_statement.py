"""What a statement proves: the drawing and the grading come out the same, and every change of it is found."""

import copy
import json
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from coursekit.course import Course, open_course
from coursekit.errors import UsageError
from coursekit.exam import desk
from coursekit.exam.blueprint import Blueprint
from coursekit.exam.report import report
from coursekit.exam.statement import differences, digest, statement
from coursekit.exam.statement_page import page
from coursekit.store.store import Store
from tests.exam.conftest import NOW

Record = dict[str, Any]


@pytest.fixture
def record(examined: Course, store: Store, exam: Blueprint) -> Record:
    """Return the statement of a second sitting in which all but `claim` is right, as it is read from its file."""
    desk.hand_in(examined, store, desk.begin(examined, store, exam, 4, NOW), NOW)
    sitting = desk.begin(examined, store, exam, 5, NOW + timedelta(hours=1))
    for place, drawn in enumerate(sitting.places):
        response = ("1",) if drawn.question == "claim" else desk.asked(examined, drawn).body.key()
        sitting = desk.respond(store, sitting, place, response, NOW + timedelta(minutes=61))
    over = desk.hand_in(examined, store, sitting, NOW + timedelta(minutes=65))
    return json.loads(json.dumps(statement(examined, report(examined, over))))


def _place(record: Record, question: str) -> Record:
    return next(place for place in record["places"] if place["question"] == question)


def test_a_statement_as_it_was_written_holds(examined: Course, record: Record):
    assert list(differences(examined, record)) == []
    assert record["score"] == {"earned": 4, "out_of": 5, "share": 0.8, "passed": True}
    assert "proves no identity" in record["says"]


def _score(record: Record) -> None:
    record["score"]["earned"] = 5


def _share(record: Record) -> None:
    record["score"]["share"] = 1.0


def _mark(record: Record) -> None:
    _place(record, "claim")["mark"] = 1.0


def _right_response(record: Record) -> None:
    _place(record, "claim")["response"] = ["2"]


def _wrong_response(record: Record) -> None:
    _place(record, "pick-one")["response"] = ["3"]


def _no_response(record: Record) -> None:
    _place(record, "pick-one")["response"] = []


def _seed(record: Record) -> None:
    record["seed"] += 1


def _seed_of_a_place(record: Record) -> None:
    _place(record, "one-step")["seed"] += 1


def _fingerprint(record: Record) -> None:
    _place(record, "pick-one")["fingerprint"] = "0" * 16


def _points(record: Record) -> None:
    _place(record, "claim")["points"] = 0.001


def _order(record: Record) -> None:
    _place(record, "pick-one")["order"].reverse()


def _question(record: Record) -> None:
    _place(record, "claim")["question"] = "why-calm"


def _one_less(record: Record) -> None:
    record["places"] = [place for place in record["places"] if place["question"] != "claim"]


def _pass_mark(record: Record) -> None:
    record["blueprint"]["pass"] = 10.0


def _minutes(record: Record) -> None:
    record["blueprint"]["minutes"] = None


def _too_long(record: Record) -> None:
    record["ended"] = (NOW + timedelta(hours=5)).isoformat()


def _other_exam(record: Record) -> None:
    record["exam"] = "long"


def _other_course(record: Record) -> None:
    record["course"]["id"] = "another"


def _says(record: Record) -> None:
    record["says"] = "This is an official certificate."


def _title(record: Record) -> None:
    record["title"] = "The real exam"


TAMPERED = (
    *(_says, _title),
    *(_score, _share, _mark, _right_response, _wrong_response, _no_response, _seed, _seed_of_a_place, _fingerprint),
    *(_points, _order, _question, _one_less, _pass_mark, _minutes, _too_long, _other_exam, _other_course),
)


@pytest.mark.parametrize("is_careful", [False, True], ids=["as it is", "with a new digest"])
@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__.strip("_"))
def test_what_was_tampered_with_differs(
    examined: Course, record: Record, tamper: Callable[[Record], None], is_careful: bool
):
    changed = copy.deepcopy(record)
    tamper(changed)
    assert changed != record
    if is_careful:
        changed["sha256"] = digest(changed)

    found = list(differences(examined, changed))

    assert found
    assert any("digest" in text for text in found) is not is_careful


def test_a_course_that_has_other_questions_is_said_to_be_another(examined: Course, record: Record):
    path = examined.folder / "content/1-basics/1-steps.md"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: true-false\n", "kind: true-false\ndifficulty: 2\n"))

    found = list(differences(open_course(examined.folder), record))

    assert found[0] == "The course has other questions than then. What follows may come from that."


@pytest.mark.parametrize("broken", [{}, {"coursekit": "else"}, {"coursekit": "statement of a mock exam"}])
def test_what_is_no_statement_is_told(examined: Course, broken: Record):
    with pytest.raises(UsageError, match="no statement of a mock exam"):
        list(differences(examined, broken))


@pytest.mark.parametrize("field", ["places", "seed", "begun", "earlier", "course", "blueprint", "score"])
@pytest.mark.parametrize("value", [None, 7, math.inf, "x", [1], {"a": 1}], ids=str)
def test_a_field_of_another_type_is_told_not_obeyed(examined: Course, record: Record, field: str, value: Any):
    record[field] = value

    with suppress(UsageError):  # which says that it is no statement
        assert list(differences(examined, record))


def test_nothing_is_stated_of_a_sitting_that_was_not_passed(examined: Course, store: Store, exam: Blueprint):
    over = desk.hand_in(examined, store, desk.begin(examined, store, exam, 4, NOW), NOW)

    with pytest.raises(UsageError, match=r"reached 0 %, and 60 % pass. Nothing is stated of it."):
        statement(examined, report(examined, over))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_page_stands_alone_and_runs_nothing(record: Record):
    record["title"] = "<script>alert(1)</script>"
    record["places"][0]["response"] = ["<img src=x onerror=alert(1)>\x1b[31m"]
    text = page(record)
    seen = _Tags()
    seen.feed(text)

    assert not seen.tags & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    assert not seen.attributes & {"src", "href", "onerror", "style", "action"}
    assert "http:" not in text
    assert "https:" not in text
    assert "\x1b" not in text
    assert "proves no identity" in text
    assert record["sha256"] in text


@pytest.mark.parametrize("name", ["seed", "order", "points", "response", "mark"])
@pytest.mark.parametrize("value", [None, math.inf, -1, 10**30, "x", ["x"], {}, [["1"]]], ids=str)
def test_a_place_of_another_type_is_told_not_obeyed(examined: Course, record: Record, name: str, value: Any):
    _place(record, "pick-one")[name] = value
    record["sha256"] = digest(record)

    with suppress(UsageError):
        assert list(differences(examined, record))
