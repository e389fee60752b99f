import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.words import content_words, normalise, root, split_words


@pytest.mark.parametrize(
    "forms",
    [
        ("batch", "batches", "batched"),
        ("move", "moves", "moved", "moving"),
        ("stop", "stops", "stopped", "stopping"),
        ("loss", "losses", "loss's"),
        ("fall", "falls", "falling"),
        ("velocity", "velocities"),
        ("generalise", "generalizes", "generalised", "generalizing"),
        ("rate", "rates"),
    ],
)
def test_forms_of_a_word_have_one_root(forms: tuple[str, ...]) -> None:
    assert len({root(form) for form in forms}) == 1


@pytest.mark.parametrize("pair", [("loss", "lose"), ("less", "lesson"), ("string", "str"), ("noise", "nose")])
def test_other_words_keep_another_root(pair: tuple[str, str]) -> None:
    assert root(pair[0]) != root(pair[1])


@pytest.mark.parametrize("word", ["a", "s", "es", "ing", "bed", "gas", "sing", "speed"])
def test_nothing_is_taken_off_what_would_leave_no_word(word: str) -> None:
    assert root(word) == word


@pytest.mark.parametrize(
    ("text", "plain"),
    [("ﬁlter", "filter"), ("Straße", "strasse"), ("DON’T", "don't"), ("ｌｏｓｓ", "loss"), ("x²", "x2")],
)
def test_a_text_is_written_in_one_way(text: str, plain: str) -> None:
    assert normalise(text) == plain


def test_words_of_content_are_what_is_left_without_small_words() -> None:
    assert content_words("It isn't the loss that we don't see, it’s the NOISE of a mini-batch.") == (
        "loss",
        "see",
        "noise",
        "mini-batch",
    )


@given(st.text())
def test_words_stand_in_the_text_where_they_say(text: str) -> None:
    words = split_words(text)

    assert [word.text for word in words] == [normalise(text[word.start : word.end]) for word in words]
    assert all(word.root for word in words)
