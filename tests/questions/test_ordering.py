from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Ordering
from coursekit.questions._question import Question

Read = Callable[..., Question]

METADATA = "id: q\nkind: ordering"
BODY = "Order these.\n\n1. a\n2. b\n3. c\n4. d\n5. e\n"
ORDERS = st.permutations("12345").map(tuple)


def asked(question: Question) -> Ordering:
    interaction = question.body.interaction()
    assert isinstance(interaction, Ordering)
    return interaction


@pytest.mark.parametrize(
    ("order", "share"), [("12345", 1), ("54321", 0), ("21345", 0.75), ("23451", 0.75), ("45123", 0.5), ("52341", 0.5)]
)
def test_the_longest_common_subsequence_counts_beyond_one_item(read: Read, order: str, share: float) -> None:
    by_default = read(METADATA, BODY).body
    by_name = read(f"{METADATA}\nscoring: lcs", BODY).body

    assert by_default.grade(tuple(order)).fraction == by_name.grade(tuple(order)).fraction == share


@given(order=ORDERS)
def test_all_or_nothing_when_asked_for(read: Read, order: tuple[str, ...]) -> None:
    body = read(f"{METADATA}\nscoring: all", BODY).body

    assert body.grade(order).fraction == float(order == body.key())


@given(seed=st.integers(0, 2**40))
def test_the_order_shown_is_never_right_and_never_an_attempt(read: Read, seed: int) -> None:
    question = read(METADATA, BODY, seed)
    shown = tuple(str(number) for number in asked(question).shown)

    assert sorted(shown) == list("12345")
    assert shown != question.body.key()
    assert question.seed == seed
    assert "Nothing is moved yet" in (what_is_missing(question.body.interaction(), shown) or "")


@given(order=ORDERS)
def test_every_other_order_is_an_attempt(read: Read, order: tuple[str, ...]) -> None:
    interaction = asked(read(METADATA, BODY))

    is_shown = order == tuple(str(number) for number in interaction.shown)
    assert (what_is_missing(interaction, order) is None) != is_shown


def test_items_keep_the_authors_order_and_the_text_above_is_the_stem(read: Read) -> None:
    question = read(METADATA, "1. no\n2. list\n\nOrder these.\n\n1. a\n1. b\n   goes on\n1. c\n")

    assert question.stem == "1. no\n2. list\n\nOrder these."
    assert asked(question).items == ("a", "b\ngoes on", "c")


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        (METADATA, "No list.", 5, "At least three items"),
        (METADATA, "- a\n- b\n- c", 5, "At least three items"),
        (METADATA, "1. a", 5, "At least three items"),
        (METADATA, "1. a\n2. b", 5, "At least three items"),
        (METADATA, "1. a\n2.\n3. c", 12, "This item is empty"),
        (METADATA, "1. a\n2. b\n3. a", 13, "twice, first on line 11"),
        (METADATA, "1. a\n2. b\n3. c\n\nMore.", 15, "Text after the list"),
        (METADATA, "1. a\n2. b\n   > Why.\n3. c", 12, "without a box, a quote or a list"),
        (METADATA, "1. a\n2. b\n   - c\n3. d", 12, "without a box, a quote or a list"),
        (METADATA, "1. [x] a\n2. b\n3. c", 11, "without a box, a quote or a list"),
        (f"{METADATA}\nscoring: lsc", BODY, 9, "'scoring' has no 'lsc'. Did you mean 'lcs'"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line
