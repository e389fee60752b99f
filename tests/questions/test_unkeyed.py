from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.model import Choice, Gaps, Interaction, LongText, Mark, Matching, Ordering, Program, TextEntry
from coursekit.questions._question import Question
from coursekit.questions.unkeyed import Unkeyed, as_data

Read = Callable[..., Question]

INTERACTIONS: dict[str, tuple[str, Interaction]] = {
    "one": ("choice: {options: [a, b]}", Choice(("a", "b"))),
    "many": ('choice: {options: [a, "- b\\n  > c"], many: true}', Choice(("a", "- b\n  > c"), many=True)),
    "text": ("text: {form: a word}", TextEntry("a word")),
    "number": ("text: {form: a number, number: true, units: [ms, s]}", TextEntry("a number", True, ("ms", "s"))),
    "long": ("long-text: {form: two sentences, least_words: 5}", LongText("two sentences", 5)),
    "gaps": ('gaps: {between: [a, ""], gaps: [{form: a word}]}', Gaps(("a", ""), (TextEntry("a word"),))),
    "order": ("ordering: {items: [c, a, b]}", Ordering(("c", "a", "b"), (1, 2, 3))),
    "pairs": (
        "matching: {prompts: [p, q], partners: [x, y, z]}",
        Matching(("p", "q"), ("x", "y", "z"), (1, 2, 3)),
    ),
}


def metadata(interaction: str) -> str:
    return f"id: q\nkind: unkeyed\ninteraction:\n  {interaction}"


@pytest.mark.parametrize("name", INTERACTIONS)
def test_what_the_learner_does_is_read_from_the_fence(read: Read, name: str) -> None:
    written, expected = INTERACTIONS[name]

    question = read(metadata(written), "What is asked.")

    assert question.stem == "What is asked."
    assert question.body == Unkeyed(expected)


@pytest.mark.parametrize("name", INTERACTIONS)
def test_what_is_written_is_what_was_read(name: str) -> None:
    _, interaction = INTERACTIONS[name]

    (written,) = as_data(interaction)

    assert written in INTERACTIONS[name][0]


def test_a_program_has_no_key_to_be_taken_out() -> None:
    with pytest.raises(ValueError, match="A program has no key"):
        as_data(Program("step"))


@given(response=st.lists(st.text(max_size=9), max_size=4).map(tuple))
def test_every_response_is_saved_ungraded(response: tuple[str, ...]) -> None:
    body = Unkeyed(Choice(("a", "b")))

    assert body.key() == ()
    assert body.grade(response) == Mark(
        0.0, feedback=("Your response is saved. It is graded by whoever has the keys.",), is_suggestion=True
    )


@pytest.mark.parametrize(
    ("interaction", "line", "said"),
    [
        ("", 9, "'interaction' names one thing to do. There are: choice, gaps, long-text"),
        ("program: {entry: step}", 9, "'interaction' names one thing to do."),
        ("choice: {options: [a, b]}\n  text: {form: a word}", 9, "'interaction' names one thing to do."),
        ("choice: [a, b]", 10, "'choice' must be a mapping"),
        ("choice: {options: [a]}", 10, "'options' needs at least 2 texts, this has 1."),
        ("choice: {options: [a, b], key: 1}", 10, "Unknown field 'key'."),
        ("choice: {options: [a, b], many: 2}", 10, "'many' is true or false."),
        ("choice: {options: [a, [b]]}", 10, "'options' must be a list of words"),
        ("text: {}", 10, "'form' is missing."),
        ("long-text: {form: a, least_words: 0.5}", 10, "a whole number from 0 to 100, got 0.5."),
        ("gaps: {between: [a, b], gaps: [x]}", 10, "Write each gap as"),
        ("gaps: {between: [a, b], gaps: [{form: a}, {form: b}]}", 10, "for 2 of them 3 texts."),
        ("gaps: {between: [a, b], gaps: [{form: a, key: b}]}", 10, "Unknown field 'key'."),
        ("ordering: {items: [a, b]}", 10, "'items' needs at least 3 texts"),
        ("matching: {prompts: [a], partners: [b, c]}", 10, "'prompts' needs at least 2 texts"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(read: Read, interaction: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata(interaction), "Text.")

    assert caught.value.line == line
    assert said in caught.value.message


def test_a_key_in_the_fence_is_refused(read: Read) -> None:
    with pytest.raises(ContentError, match="Unknown field 'key'"):
        read(metadata("choice: {options: [a, b]}") + "\nkey: 1", "Text.")
