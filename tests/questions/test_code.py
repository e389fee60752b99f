from collections.abc import Callable

import pytest

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Mark, Program
from coursekit.questions._question import Question
from coursekit.questions.code import WriteCode

Read = Callable[..., Question]

METADATA = "id: q\nkind: code\nlab: write-sgd\nentry: sgd_step"


def test_the_function_to_write_is_named(read: Read) -> None:
    question = read(METADATA, "Write it.")

    assert question.body.interaction() == Program("sgd_step")
    assert question.lab == "write-sgd"
    assert question.stem == "Write it."


def test_the_lab_says_what_was_earned(read: Read) -> None:
    body = read(METADATA, "Write it.").body
    assert isinstance(body, WriteCode)

    assert body.graded(0.25).grade(("def sgd_step(): …",)) == Mark(0.25)
    assert body.graded(0.0).grade(()) == Mark(0.0)


def test_no_text_is_a_program_that_ran(read: Read) -> None:
    body = read(METADATA, "Write it.").body

    assert body.key() == ()
    assert body.grade(("sgd_step",)).fraction == 0
    assert body.grade(("sgd_step",)).feedback == ("Code is graded by its lab, which runs it.",)
    assert what_is_missing(body.interaction(), ("sgd_step",)) == (
        "This is written in an editor and graded in its lab: press l to open it."
    )


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        ("id: q\nkind: code\nlab: l", "Write it.", 7, "'entry' is missing"),
        ("id: q\nkind: code\nlab: l\nentry: sgd-step", "Write it.", 10, "'sgd-step' cannot be the name of a function"),
        ("id: q\nkind: code\nlab: l\nentry: lambda", "Write it.", 10, "'lambda' cannot be the name of a function"),
        ("id: q\nkind: code\nlab: l\nentry: f()", "Write it.", 10, "'f()' cannot be the name of a function"),
        ("id: q\nkind: code\nentry: f", "Write it.", 5, "A code question needs a lab"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line
