from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Gaps
from coursekit.questions._question import Question

Read = Callable[..., Question]

METADATA = "id: q\nkind: cloze"
BODY = "A running [[average|mean]] with decay [[0.9 +- 1%]], after [[3 +- 0.1]] or [[200]] steps."


def asked(question: Question) -> Gaps:
    interaction = question.body.interaction()
    assert isinstance(interaction, Gaps)
    return interaction


def right(question: Question, *texts: str) -> list[bool]:
    return [*question.body.grade(texts).parts]


def test_the_mark_is_the_share_of_right_gaps(read: Read) -> None:
    body = read(METADATA, BODY).body

    assert body.grade(("Mean", "0.9", "9", "9")).fraction == 0.5
    assert body.grade(body.key()).fraction == 1
    assert body.grade(("mean",)).fraction == 0.25
    assert body.grade((*body.key(), "more")).fraction == 1


def test_the_mark_says_of_each_gap_whether_it_is_right(read: Read) -> None:
    mark = read(METADATA, BODY).body.grade(("mode", "0.9", "", "200"))

    assert mark.parts == (False, True, False, True)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("average", "0.909", "3.1", "201"), [True] * 4),
        (("means", "0.9091", "3.11", "201.1"), [False] * 4),
        (("the mean", "90 %", "2.9", "2e2"), [True] * 4),
    ],
)
def test_words_are_folded_and_numbers_have_their_tolerance(
    read: Read, texts: tuple[str, ...], expected: list[bool]
) -> None:
    assert right(read(METADATA, BODY), *texts) == expected


@given(
    texts=st.lists(st.sampled_from(["mean", "0.9", "3", "200", "x", ""]), min_size=4, max_size=4), gap=st.integers(0, 3)
)
def test_one_more_right_gap_is_never_worth_less(read: Read, texts: list[str], gap: int) -> None:
    body = read(METADATA, BODY).body
    better = [*texts[:gap], body.key()[gap], *texts[gap + 1 :]]

    assert body.grade(tuple(better)).fraction >= body.grade(tuple(texts)).fraction


def test_an_expression_has_the_value_of_its_variant(read: Read) -> None:
    metadata = f"{METADATA}\nparams: {{w0: [2.0], lr: [0.1]}}"
    question = read(metadata, "From {{ w0 }} to [[= w0 * (1 - lr)]] or [[= -w0 ± 5 %]], [[{{ lr }}]].")

    assert question.body.key() == ("1.8", "-2", "0.1")
    assert right(question, "1.805", "-2.1", "0.1") == [True, True, True]
    assert right(question, "1.82", "-2.11", "0.2") == [False, False, False]


def test_the_text_stands_between_the_gaps_and_paragraphs_before_are_the_stem(read: Read) -> None:
    question = read(METADATA, "Fill\nit.\n\n```\na\n\nb\n```\n\n[[one]] and\n[[two]]")

    assert question.stem == "Fill\nit.\n\n```\na\n\nb\n```"
    assert asked(question).between == ("", " and\n", "")
    assert read(METADATA, "A [[b]].").stem == ""


def test_a_blank_line_in_a_fence_ends_no_stem(read: Read) -> None:
    question = read(METADATA, "Fill.\n\n```\na\n\nb\n```\n[[one]]")

    assert question.stem == "Fill."


@pytest.mark.parametrize(
    "text",
    [
        "`x[[0]]`",
        "``a ` [[0]]``",
        "```python\nx[[0, 1]]\n\n[[2]]\n```",
        "~~~\n[[2]]\n~~~",
        "$A_{[[1]]}$",
        "$$\n[[1, 2]]\n$$",
        r"\[[1]]",
    ],
)
def test_brackets_in_code_in_maths_and_after_a_backslash_are_text(read: Read, text: str) -> None:
    question = read(METADATA, f"{text}\n[[gap]]")

    assert question.body.key() == ("gap",)
    assert asked(question).between == (f"{text}\n", "")


def test_prices_are_no_maths(read: Read) -> None:
    assert read(METADATA, "It costs $5 and [[not]] $6.").body.key() == ("not",)
    assert read(METADATA, "It costs US$ 5 and [[not]]$.").body.key() == ("not",)


def test_several_alternatives_are_words(read: Read) -> None:
    assert [right(read(METADATA, "[[2|two]]"), text) for text in ("2", "two", "2.0")] == [[True], [True], [False]]


def test_an_empty_gap_is_named_and_is_no_attempt(read: Read) -> None:
    interaction = asked(read(METADATA, BODY))

    assert what_is_missing(interaction, ("mean", "", "3", " ")) == "Gaps 2 and 4 are still empty."
    assert "Gap 2: 'most' does not read as a number" in (what_is_missing(interaction, ("a", "most", "3", "4")) or "")


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        (METADATA, "No gap.", 5, "needs a gap"),
        (METADATA, "`[[a]]`", 5, "outside of code and maths"),
        (METADATA, "One.\n\nTwo [[a.", 13, "never closed"),
        (METADATA, "One [[a]] and\n[[b.", 12, "never closed"),
        (METADATA, "One [[a [[b]]", 11, "opens inside a gap"),
        (METADATA, "One.\n[[]]", 12, "an empty key"),
        (METADATA, "One.\n[[a|]]", 12, "an empty key"),
        (METADATA, "[[a|A]]", 11, "'A' says the same as 'a'"),
        (METADATA, "[[?]]", 11, "no letter or digit"),
        (METADATA, "One.\n\n[[a]]\n[[= lr]]", 14, "there is no 'lr' here"),
        (METADATA, "[[= 1 / 0]]", 11, "divides by zero"),
        (METADATA, "[[= 1 | 2]]", 11, "is not arithmetic"),
        (METADATA, "[[1 +- 100%]]", 11, "The tolerance of '1 +- 100%'"),
        (METADATA, "[[1 +- -1]]", 11, "The tolerance of '1 +- -1'"),
        (METADATA, "[[half +- 1%]]", 11, "'half' is no number"),
        (METADATA, "[[re:a+]]", 11, "At least one plain key"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line
