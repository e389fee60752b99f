import pytest

from coursekit.prose import plain


@pytest.mark.parametrize(
    "text",
    ["$5/$6", "It costs US$3 or 3$ a day.", "A$5 note, and another$ sign.", "from $5 to $6"],
)
def test_dollars_of_money_are_no_formula(text: str) -> None:
    assert plain(text, 80) == text


def test_a_formula_begins_a_text_that_a_number_ends() -> None:
    assert plain(r"$\eta$ falls from 1 to 0.1", 80) == "η falls from 1 to 0.1"


def test_a_formula_may_stand_behind_a_bracket_or_a_dash() -> None:
    assert plain(r"($\eta$), non-$n$ and $2$, $3$", 80) == "(η), non-n and 2, 3"
