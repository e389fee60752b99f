import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.rubric import RubricPoint, count_words, find_evidence, suggested_fraction
from coursekit.model import Evidence

NOISE = RubricPoint("The noise falls.", 2.0, (("noise", "noisy", "variance"), ("falls", "lower", "averag*")))
STEP = RubricPoint("A larger step.", 1.0, (("larger", "raise"), ("step", "learning rate")))
RUBRIC = (NOISE, STEP)
WORDS = st.sampled_from(
    ["noise", "noisy", "falls", "lower", "averaged", "larger", "step", "learning", "rate", "the", "of,", "So.\n"]
)


def found(response: str, point: RubricPoint = NOISE) -> Evidence:
    return find_evidence(response, (point,))[0]


def point(*groups: str) -> RubricPoint:
    return RubricPoint("It.", 1.0, tuple(tuple(group.split(" | ")) for group in groups))


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_quotes_stand_in_the_response_word_for_word(response: str) -> None:
    flat = " ".join(response.split())

    for evidence in find_evidence(response, RUBRIC):
        assert all(quote in flat for quote in evidence.quotes)
        assert bool(evidence.quotes) == (evidence.share > 0)


@given(st.text(max_size=200))
def test_any_text_is_quoted_as_it_stands(response: str) -> None:
    flat = " ".join(response.split())

    for evidence in find_evidence(response, RUBRIC):
        assert all(quote in flat for quote in evidence.quotes)
    assert 0 <= suggested_fraction(find_evidence(response, RUBRIC)) <= 1


@given(st.lists(WORDS, max_size=20).map(" ".join), st.lists(WORDS, max_size=20).map(" ".join))
def test_saying_more_is_never_worth_less(response: str, more: str) -> None:
    before = suggested_fraction(find_evidence(response, RUBRIC))

    assert suggested_fraction(find_evidence(f"{response} {more}", RUBRIC)) >= before


def test_a_quote_keeps_capitals_and_has_a_word_on_either_side() -> None:
    assert found("So the Variance, of it, FALLS quickly there.").quotes == ("the Variance, of it, FALLS quickly",)


@pytest.mark.parametrize("text", ["noise falls", "NOISY ... lower", "the variance is averaged", "it falls: the noise"])
def test_any_synonym_of_each_group_will_do_in_any_order(text: str) -> None:
    assert found(text).share == 1


def test_half_of_the_groups_is_half_of_the_evidence_and_earns_nothing() -> None:
    evidence = find_evidence("There is noise.", (NOISE,))

    assert evidence[0].share == 0.5
    assert suggested_fraction(evidence) == 0


@pytest.mark.parametrize(
    ("group", "yes", "no"),
    [
        ("averag*", "averaging", "aver"),
        ("averag*", "average", "coverage"),
        ("batch", "batches", "batched-up"),
        ("updates", "updating", "up"),
        ("mini-batch", "mini-batch", "mini"),
        ("learning rate", "the learning rates", "a learning net rate"),
        ("mini batch*", "mini batches", "mini-golf batches"),
        ("gpu*", "GPUs", "cpu"),
        ("don't", "don’t", "do"),
    ],
)
def test_a_synonym_meets_its_forms_and_nothing_else(group: str, yes: str, no: str) -> None:
    assert found(f"It is {yes} here", point(group)).share == 1
    assert found(f"It is {no} here", point(group)).share == 0


def test_words_of_one_point_stand_near_each_other() -> None:
    near = "noise " + "so " * 20 + "falls"
    far = "noise " + "so " * 40 + "falls"

    assert (found(near).share, found(far).share) == (1, 0.5)


def test_the_fullest_stretch_is_taken_when_a_word_comes_twice() -> None:
    evidence = found("Noise here. " + "So " * 40 + "the noise falls at last.")

    assert evidence.share == 1
    assert evidence.quotes == ("the noise falls at",)


@pytest.mark.parametrize("text", ["", "   ", "...", "Cats sleep in the sun.", "nöise fälls"])
def test_text_off_the_topic_earns_nothing(text: str) -> None:
    evidence = find_evidence(text, RUBRIC)

    assert suggested_fraction(evidence) == 0
    assert all(item.share == 0 and item.quotes == () for item in evidence)


def test_points_weigh_what_the_author_gave_them() -> None:
    assert suggested_fraction(find_evidence("The noise falls.", RUBRIC)) == pytest.approx(2 / 3)
    assert suggested_fraction(find_evidence("A larger step.", RUBRIC)) == pytest.approx(1 / 3)
    assert suggested_fraction(find_evidence("The noise falls; a larger step.", RUBRIC)) == 1
    assert suggested_fraction(()) == 0


def test_words_are_counted_as_a_person_would() -> None:
    assert [count_words(text) for text in ("", "...", "one", "mini-batch isn't two", "a, b; c")] == [0, 0, 1, 3, 3]
