from collections.abc import Callable

import pytest

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.questions._question import Question

Read = Callable[..., Question]

METADATA = """\
id: q
kind: short-answer
keys: [exploding gradients, exploding gradient, "re:gradient (explosion|blow-?up)"]
wrong:
  - {value: vanishing gradients, say: Those shrink.}
  - {value: "re:over ?fit(ting)?", say: That is another trouble.}"""


def mark(question: Question, text: str) -> float:
    return question.body.grade((text,)).fraction


@pytest.mark.parametrize(
    "text",
    [
        "exploding gradients",
        "Exploding-Gradient.",
        "the “exploding” gradients",
        "gradient blow–up",
        "Gradient explosion!",
    ],
)
def test_a_key_is_met_however_it_is_written(read: Read, text: str) -> None:
    assert mark(read(METADATA, "What?"), text) == 1


@pytest.mark.parametrize("text", ["gradients", "no exploding gradients", "gradient blow-ups", "?", "exploding " * 30])
def test_another_text_earns_nothing(read: Read, text: str) -> None:
    assert mark(read(METADATA, "What?"), text) == 0


def test_the_first_plain_key_is_shown(read: Read) -> None:
    question = read('id: q\nkind: short-answer\nkeys: ["re:sgd|s g d", SGD, stochastic gradient descent]', "What?")

    assert question.body.key() == ("SGD",)
    assert mark(question, "S-G-D") == 1


def test_a_known_slip_is_named(read: Read) -> None:
    body = read(METADATA, "What?").body

    assert body.grade(("Vanishing gradients!",)).feedback == ("Those shrink.",)
    assert body.grade(("over-fitting",)).feedback == ("That is another trouble.",)
    assert body.grade(("something else",)).feedback == ()
    assert body.grade(body.key()).feedback == ()


def test_a_number_among_the_keys_is_a_text(read: Read) -> None:
    question = read("id: q\nkind: short-answer\nkeys: [2, two]", "How many?")

    assert [mark(question, text) for text in ("2", "Two", "2.0")] == [1, 1, 0]


def test_a_text_beyond_200_characters_is_not_an_attempt_and_earns_nothing(read: Read) -> None:
    question = read('id: q\nkind: short-answer\nkeys: [ab, "re:a+b"]', "What?")
    interaction = question.body.interaction()

    assert [mark(question, "a" * count + "b") for count in (199, 200)] == [1, 0]
    assert mark(question, "ab" + " " * 300) == 1
    assert what_is_missing(interaction, ("x" * 201,)) == "Write at most 200 characters; this has 201."


def test_two_readings_of_one_question_are_equal(read: Read) -> None:
    assert read(METADATA, "What?") == read(METADATA, "What?")


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        ("id: q\nkind: short-answer", "What?", 7, "At least one plain key"),
        ("id: q\nkind: short-answer\nkeys: []", "What?", 9, "At least one plain key"),
        ('id: q\nkind: short-answer\nkeys: ["re:ab+"]', "What?", 9, "At least one plain key"),
        ("id: q\nkind: short-answer\nkeys: {a: 1}", "What?", 9, "must be a list of words"),
        ("id: q\nkind: short-answer\nkeys: [mini-batch, the Mini batch]", "What?", 9, "says the same as 'mini-batch'"),
        ('id: q\nkind: short-answer\nkeys: [a, "re:b+", "re:b+"]', "What?", 9, "'re:b+' says the same as 're:b+'"),
        ('id: q\nkind: short-answer\nkeys: [a, "?!"]', "What?", 9, "has no letter or digit"),
        (f"id: q\nkind: short-answer\nkeys: [{'a' * 201}]", "What?", 9, "at most 200 characters, this has 201"),
        ('id: q\nkind: short-answer\nkeys: [a, "re:.*"]', "What?", 9, "matches anything"),
        ('id: q\nkind: short-answer\nkeys: [a, "re:(b"]', "What?", 9, "cannot be read: missing )"),
        ('id: q\nkind: short-answer\nkeys: [a, "re:(b)\\\\1"]', "What?", 9, "back-references"),
        ("id: q\nkind: short-answer\nkeys: [a]\nwrong: [b]", "What?", 10, "Write each as '- {value"),
        ("id: q\nkind: short-answer\nkeys: [ab]\nwrong:\n  - {value: AB!, say: S.}", "What?", 11, "accepted as a key"),
        ("id: q\nkind: short-answer\nkeys: [ab]\nwrong:\n  - {value: b}", "What?", 11, "'say' is missing"),
        ('id: q\nkind: short-answer\nkeys: [ab]\nwrong:\n  - {value: "re:", say: S.}', "What?", 11, "matches anything"),
        ("id: q\nkind: short-answer\nkeys: [a]\nwrong:\n  - {value: b, sya: S.}", "What?", 11, "'say' is missing"),
        (
            "id: q\nkind: short-answer\nkeys: [a]\nwrong:\n  - {value: b, say: S., see: d}",
            "What?",
            11,
            "Unknown field 'see'",
        ),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line
