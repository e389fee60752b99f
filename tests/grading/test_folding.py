import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.folding import fold

PEOPLE_TYPE = "aAbBzéßΣ 019.,-_–−'’“”!?()[]%+*/=^#&\t\u00a0"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Learning Rate", "learning  rate "),
        ("mini-batch", "mini batch"),
        ("mini–batch", "mini‑batch"),
        ("learning_rate", "learning rate"),
        ("Nesterov’s", "nesterov's"),
        ("Nesterov’s", "nesterovs"),
        ("“momentum”.", "momentum"),
        ("momentum!", "(momentum)"),
        ("exploding, gradients", "exploding gradients"),
        ("the learning rate", "learning rate"),
        ("A learning rate", "an learning rate"),
        ("the 3 gates", "3 gates"),
        ("STRASSE", "Straße"),
        ("ﬁlter", "filter"),
        ("σ²", "Σ2"),
        ("cafe\u0301", "café"),
        ("batch\u00a0size", "batch size"),
        ("ba\u200btch", "batch"),
        ("−1", "-1"),
        ("w + g", "w+g"),
        ("ｗ", "w"),
    ],
)
def test_texts_that_say_the_same_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-1", "1"),
        ("0.5", "05"),
        ("1.5", "1 5"),
        ("C#", "C"),
        ("A*", "A"),
        ("50 %", "50"),
        ("w + g", "w g"),
        ("a b", "b"),
        ("a", ""),
        ("the", ""),
        ("x < y", "x > y"),
        ("minibatch", "mini batch"),
        ("naïve", "naive"),
    ],
)
def test_texts_that_differ_in_what_counts_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", "  ", "?!", "...", "“”", "-", "\u200b"])
def test_what_has_nothing_to_compare_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


@given(st.text(PEOPLE_TYPE, max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_any_text_folds_to_one_line_without_spaces_around(text: str) -> None:
    folded = fold(text)

    assert folded == folded.strip()
    assert "\n" not in folded
    assert "  " not in folded
