import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.likeness import (
    form_notes,
    inverse_document_frequency,
    lists_words,
    measure,
    repeats_stem,
    word_score,
)
from coursekit.grading.rubric import RubricPoint

STEM = "What does a larger batch do to the gradient, and what does that allow?"
MODEL = "The noise of the gradient falls, so a longer step is safe. It saves time."
RUBRIC = (
    RubricPoint("The noise falls.", 2.0, (("noise", "noisy", "variance"), ("falls", "lower", "averag*"))),
    RubricPoint("A longer step is safe.", 1.0, (("longer", "larger"), ("step", "learning rate"))),
)
WORDS = st.sampled_from(
    [
        "the",
        "noise",
        "falls",
        "gradient",
        "longer",
        "STEP",
        "steps,",
        "safe.",
        "noisy",
        "time",
        "so",
        "ﬁts",
        "not",
        "0.5",
    ]
)
RESPONSES = st.lists(WORDS, max_size=40)


@given(st.text(max_size=300))
def test_any_text_has_scores_from_0_to_1(text: str) -> None:
    like = measure(text, RUBRIC, MODEL, stem=STEM)

    assert all(0 <= value <= 1 for value in (like.words, like.rubric, like.raw))


@given(RESPONSES.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_order_and_case_do_not_matter_to_the_word_score(pair: tuple[list[str], list[str]]) -> None:
    words, other = (" ".join(each) for each in pair)

    assert word_score(words, MODEL, stem=STEM) == word_score(other.swapcase(), MODEL, stem=STEM)


@given(RESPONSES, RESPONSES)
def test_saying_more_never_lowers_a_score(words: list[str], more: list[str]) -> None:
    less, all_of_it = (measure(" ".join(each), RUBRIC, MODEL) for each in (words, words + more))

    assert all_of_it.words >= less.words
    assert all_of_it.rubric >= less.rubric


@given(RESPONSES, st.integers(1, 2))
def test_sentences_of_the_model_never_lower_the_rubric_share(words: list[str], sentences: int) -> None:
    response = " ".join(words)
    added = f"{response} {'.'.join(MODEL.split('.')[:sentences])}."

    assert measure(added, RUBRIC, MODEL).rubric >= measure(response, RUBRIC, MODEL).rubric


def test_the_model_itself_has_everything() -> None:
    like = measure(MODEL, RUBRIC, MODEL, stem=STEM)

    assert (like.words, like.rubric, like.raw, like.band) == (1, 1, 1, "most points found")


def test_the_best_of_some_models_counts() -> None:
    other = "Averages are steadier."

    assert word_score(other, MODEL) < 0.2
    assert word_score(other, MODEL, other) == word_score(other, other, MODEL) == 1
    assert measure(other, RUBRIC, MODEL, other).words == 1


def test_words_of_the_stem_weigh_less_than_words_of_ones_own() -> None:
    assert word_score("gradient", MODEL) > word_score("gradient", MODEL, stem=STEM) > 0
    assert word_score("noise", MODEL, stem=STEM) > word_score("noise", MODEL)


def test_pieces_of_words_count_where_the_word_is_another() -> None:
    assert word_score("noisiness", MODEL) > 0


def test_words_of_many_texts_weigh_less() -> None:
    idf = inverse_document_frequency(["The noise.", "A noise, a step.", "Noises!", "So."])

    assert 0 < idf["nois"] < idf["step"] < 1
    assert word_score("step", MODEL, idf=idf) > word_score("noise", MODEL, idf=idf)


def test_no_texts_give_no_weights() -> None:
    assert inverse_document_frequency([]) == {}
    assert inverse_document_frequency(["all of these are small words"] * 3) != {}


def test_a_word_of_all_texts_still_weighs_something() -> None:
    assert inverse_document_frequency(["noise"] * 9) == {"nois": pytest.approx(1 / (math.log(10) + 1))}


def test_a_synonym_of_the_rubric_stands_for_the_model_s_own_word() -> None:
    assert word_score("variance", MODEL) == 0
    assert word_score("variance", MODEL, rubric=RUBRIC) == word_score("noise", MODEL, rubric=RUBRIC) > 0


def test_a_synonym_brings_nothing_that_the_model_does_not_say() -> None:
    assert word_score("variance", "Steps get longer.", rubric=RUBRIC) == 0


@pytest.mark.parametrize(
    ("response", "band"),
    [
        ("", "not given"),
        ("I do not know what it is", "not given"),
        ("noise falls", "not given"),
        ("Cats sleep in the sun.", "little evidence"),
        (STEM, "little evidence"),
        ("It is safe to take a longer step.", "partial"),
        ("The noise of it falls, so a longer step is safe.", "most points found"),
    ],
)
def test_the_band_says_how_much_was_found(response: str, band: str) -> None:
    assert measure(response, RUBRIC, MODEL, stem=STEM).band == band


def test_key_words_without_sentences_are_called_so_and_never_most_of_it() -> None:
    soup = "noise gradient falls longer step safe saves time batch variance"

    like = measure(soup, RUBRIC, MODEL, stem=STEM)
    assert (like.rubric, like.band) == (1, "partial")
    assert form_notes(soup, STEM) == ("This reads as a list of words. Say in sentences how they belong together.",)


def test_a_copy_of_a_stem_that_has_the_points_is_still_little_evidence() -> None:
    stem = "Why does the noise of the gradient fall, and is a longer step then safe?"

    like = measure(stem, RUBRIC, MODEL, stem=stem)
    assert (like.rubric, like.band) == (1, "little evidence")


def test_a_copy_of_the_stem_is_called_so() -> None:
    assert repeats_stem(STEM.upper(), STEM)
    assert form_notes(STEM, STEM) == ("Nearly all of these words are the question's own.",)
    assert not repeats_stem(MODEL, STEM)
    assert not repeats_stem(STEM, "")


@pytest.mark.parametrize(
    "text", ["", MODEL, STEM, "Noise falls, longer steps.", "High: loss explodes. Low: loss decreases very slowly."]
)
def test_sentences_and_short_notes_are_no_list_of_words(text: str) -> None:
    assert not lists_words(text)
