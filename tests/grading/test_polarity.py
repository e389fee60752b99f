import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.polarity import direction_notes, reversed_points
from coursekit.grading.rubric import RubricPoint

NOISE = RubricPoint(
    "The noise falls with a larger batch.", 2.0, (("noise", "nois*"), ("fall*", "less", "smaller"), ("larger", "big*"))
)
STOP = RubricPoint("Training ends when it gets no better.", 1.0, (("ends", "stops"), ("no longer", "not better")))
MODEL = "With a larger batch the noise falls. Training stops when the loss is not better any more."


def is_noted(response: str, *, point: RubricPoint = NOISE, model: str = "") -> bool:
    return bool(reversed_points(response, (point,), model))


@pytest.mark.parametrize(
    "response",
    [
        "The noise does not fall with a larger batch.",
        "The noise doesn’t fall with a larger batch.",
        "THE NOISE NEVER FALLS WITH A LARGER BATCH",
        "With a larger batch there is no noise that falls.",
        "With bigger batches you live without any fall of the noise.",
        "A larger batch has larger noise instead of less.",
        "A bigger batch cannot make the noise smaller.",
        "Well, so. With a larger batch the noise increases!",
        "A larger batch has more noise.",
        "The noise falls with a small batch.",
    ],
)
def test_a_point_turned_round_is_noted(response: str) -> None:
    assert direction_notes(response, (NOISE,)) == ("Check the direction of: The noise falls with a larger batch.",)


@pytest.mark.parametrize(
    "response",
    [
        "",
        "The noise falls with a larger batch.",
        "Not only the noise falls with a larger batch.",
        "It is not free, but the noise falls with a larger batch.",
        "I do not like cats. The noise falls with a larger batch.",
        "With a larger batch the noise falls, whereas it increases with a small one.",
        "The noise is not the point.",
        "It is not at all what people think but the noise falls with a larger batch.",
        "A larger batch has noise that goes up and down.",
        "The price increases.",
    ],
)
def test_a_point_that_is_made_or_not_touched_is_not_noted(response: str) -> None:
    assert direction_notes(response, (NOISE,)) == ()


def test_a_negation_that_is_the_author_s_own_is_none() -> None:
    assert not is_noted("Training stops when the loss is not better.", point=STOP)
    assert not is_noted("When the loss is not better training ends.", point=STOP)
    assert is_noted("When the loss is not better it never ends.", point=STOP)


def test_what_the_model_response_says_with_not_is_left_alone() -> None:
    model = "The noise is not what falls with a larger batch."

    assert is_noted(model)
    assert not is_noted("The noise does not fall with a larger batch.", model=model)


def test_notes_come_in_the_order_of_the_rubric() -> None:
    response = "Training never stops when it is not better. The noise does not fall with a larger batch."

    assert reversed_points(response, (NOISE, STOP), MODEL) == (NOISE, STOP)


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert len(direction_notes(text, (NOISE, STOP), MODEL)) <= 2


@given(st.lists(st.sampled_from(["noise", "not", "falls", "larger,", "never", "increases.", "the"]), max_size=30))
def test_case_does_not_matter(words: list[str]) -> None:
    text = " ".join(words)

    assert direction_notes(text.upper(), (NOISE,)) == direction_notes(text, (NOISE,))
