from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Matching
from coursekit.questions._question import Question

Read = Callable[..., Question]

METADATA = "id: q\nkind: matching"
BODY = "Match.\n\n- A -> one\n- _ -> four\n- B → two\n- C -> one\n- D -> three\n"
GIVEN = st.lists(st.sampled_from(["", "1", "2", "3", "4", "5", "6", "x"]), min_size=4, max_size=4)


def asked(question: Question) -> Matching:
    interaction = question.body.interaction()
    assert isinstance(interaction, Matching)
    return interaction


def test_distractors_come_after_the_partners_of_the_prompts(read: Read) -> None:
    question = read(METADATA, BODY)
    interaction = asked(question)

    assert question.stem == "Match."
    assert interaction.prompts == ("A", "B", "C", "D")
    assert interaction.partners == ("one", "two", "one", "three", "four")
    assert sorted(interaction.shown) == [1, 2, 3, 4, 5]
    assert question.body.key() == ("1", "2", "3", "4")


@pytest.mark.parametrize(
    ("given", "share"),
    [("1234", 1), ("3214", 1), ("1214", 1), ("2143", 0), ("5555", 0), ("1111", 0.5), ("1", 0.25), ("12341", 1)],
)
def test_the_mark_is_the_share_of_right_pairs_and_like_partners_count_alike(
    read: Read, given: str, share: float
) -> None:
    assert read(METADATA, BODY).body.grade(tuple(given)).fraction == share


@given(response=GIVEN, place=st.integers(0, 3))
def test_one_more_right_pair_is_never_worth_less(read: Read, response: list[str], place: int) -> None:
    body = read(METADATA, BODY).body
    better = [*response[:place], body.key()[place], *response[place + 1 :]]

    assert body.grade(tuple(better)).fraction >= body.grade(tuple(response)).fraction


@given(response=GIVEN)
def test_a_prompt_without_a_partner_is_named_and_no_attempt(read: Read, response: list[str]) -> None:
    said = what_is_missing(read(METADATA, BODY).body.interaction(), tuple(response)) or ""

    empty = [str(number) for number, given in enumerate(response, 1) if not given]
    assert all(number in said for number in empty)
    assert bool(said) == bool(empty or {"6", "x"} & set(response))


@given(seed=st.integers(0, 2**40))
def test_partners_are_shuffled_by_the_seed(read: Read, seed: int) -> None:
    question = read(METADATA, BODY, seed)

    assert question.seed == seed
    assert question == read(METADATA, BODY, seed)
    assert asked(question).shown != (1, 2, 3, 4, 5)


def test_an_arrow_in_code_in_maths_or_without_spaces_is_text(read: Read) -> None:
    question = read(METADATA, "- `f -> g` -> $a → b$\n- a->b → ``c -> ` d``\n- _ -> x\n  goes on\n")

    assert asked(question).prompts == ("`f -> g`", "a->b")
    assert asked(question).partners == ("$a → b$", "``c -> ` d``", "x\ngoes on")


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        (METADATA, "No list.", 5, "At least two pairs"),
        (METADATA, "- A -> a", 5, "At least two pairs"),
        (METADATA, "- A -> a\n- _ -> b\n- _ -> c", 5, "At least two pairs"),
        (METADATA, "- A -> a\n- B", 12, "one arrow between spaces, this has 0"),
        (METADATA, "- A -> a\n- B -> b -> c", 12, "one arrow between spaces, this has 2"),
        (METADATA, "- A -> a\n- B ->", 12, "A side of this pair is empty"),
        (METADATA, "- A -> a\n- -> b", 12, "A side of this pair is empty"),
        (METADATA, "- A -> a\n- A -> b", 12, "The prompt 'A' stands here twice"),
        (METADATA, "- A -> a\n- B -> b\n- _ -> a", 13, "reads as a partner of a prompt"),
        (METADATA, "- _ -> a\n- A -> b\n- _ -> a\n- B -> c", 13, "twice, first on line 11"),
        (METADATA, "- _ -> a\n- _  -> a\n- A -> b\n- B -> c", 12, "twice, first on line 11"),
        (METADATA, "- A -> a\n- B -> a\n- _ -> b", 5, "All prompts have the same partner"),
        (METADATA, "- A -> a\n-\n- B -> b", 12, "This item is empty"),
        (METADATA, "- A -> a\n- B -> b\n  > Why.", 12, "without a box, a quote or a list"),
        (METADATA, "- A -> a\n- B -> b\n\nMore.", 14, "Text after the list"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line


def test_more_partners_than_letters_are_refused(read: Read) -> None:
    pairs = "\n".join(f"- p{number} -> q{number}" for number in range(21))

    with pytest.raises(ContentError, match="At most 20 partners have a letter; these are 21"):
        read(METADATA, f"Match.\n\n{pairs}\n")
