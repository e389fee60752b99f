"""Tokens, held to the merges of the paper on byte pairs and to counts made by hand."""

import pytest

from coursekit.errors import ConfigError
from coursekit.train.jobs import read_job
from coursekit.train.probes.text_tokens import END, Kind, TextTokens, learned, merged, padding
from tests.train.probes.conftest import measured


def test_the_merges_are_those_of_the_papers_algorithm_on_its_own_words() -> None:
    # Sennrich, Haddow & Birch 2015, algorithm 1, with its vocabulary and its ten merges.
    merges = learned({"low": 5, "lower": 2, "newest": 6, "widest": 3}, 10)

    assert ["".join(merge) for merge in merges] == [
        "es",
        "est",
        "est_",
        "lo",
        "low",
        "ne",
        "new",
        "newest_",
        "low_",
        "wi",
    ]


def test_an_unseen_word_is_cut_into_known_pieces() -> None:
    merges = learned({"low": 5, "lower": 2, "newest": 6, "widest": 3}, 9)

    assert merged((*"lowest", END), merges) == ("low", "est_")
    assert merged((*"lower", END), merges) == ("low", "e", "r", "_")


def test_overlapping_pairs_are_merged_from_the_left() -> None:
    assert merged(("a", "a", "a", END), [("a", "a")]) == ("aa", "a", END)


def test_learning_ends_when_every_word_is_one_token() -> None:
    assert len(learned({"ab": 1}, 50)) == 2


def test_padding_is_counted_by_hand() -> None:
    lengths = [(2, 3), (8, 5), (4, 1), (7, 9)]

    assert padding(lengths, 1) == pytest.approx(1 - 39 / (4 * (8 + 9)))
    assert padding(lengths, 2) == pytest.approx(1 - 39 / (2 * (4 + 3) + 2 * (8 + 9)))
    assert padding(lengths, 4) == 0
    assert padding(lengths, 9) == 0


def test_words_leave_some_unknown_characters_make_long_texts_and_byte_pairs_lie_between() -> None:
    characters, words, pairs = measured(TextTokens(merges=150))[0]

    assert characters["unknown"] == pairs["unknown"] == 0
    assert 0.05 < float(words["unknown"] or 0) < 0.3
    assert words["tokens_per_word"] == 1
    assert 1 < float(pairs["tokens_per_word"] or 0) < float(characters["tokens_per_word"] or 0)
    assert float(pairs["vocabulary"] or 0) == float(characters["vocabulary"] or 0) + 150
    assert words["a_new_word"] == "?"
    assert str(pairs["a_new_word"]).replace(" ", "") == str(characters["a_new_word"]).replace(" ", "")


@pytest.mark.parametrize("kind", ["words", "characters", "byte pairs"])
def test_the_values_are_those_of_the_row_of_what_is_set(kind: Kind) -> None:
    rows, values = measured(TextTokens(tokens=kind, buckets=3))

    (row,) = (row for row in rows if row["tokens"] == kind)
    assert values == {name: row.get(name, 3) for name in TextTokens.values}


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(TextTokens(), 3) == measured(TextTokens(), 3)
    assert measured(TextTokens(), 3) != measured(TextTokens(), 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.buckets must be a whole number from 1 to 20"):
        read_job({"probe": {"name": "text-tokens", "buckets": 0}})
