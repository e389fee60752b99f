import pytest

from coursekit.grading.invalid import what_is_missing
from coursekit.model import Choice, Interaction, LongText, TextEntry

ONE = Choice(("a", "b", "c"))
MANY = Choice(("a", "b", "c"), many=True)
NUMBER = TextEntry("a number", number=True)
WORD = TextEntry("one word")
TEXT = LongText("some sentences")


@pytest.mark.parametrize(
    ("interaction", "response", "said"),
    [
        (ONE, (), "Nothing is picked yet"),
        (ONE, ("",), "There is no option ''"),
        (ONE, ("4",), "Pick a number from 1 to 3"),
        (ONE, ("0",), "There is no option '0'"),
        (ONE, ("1", "2"), "Pick one option only"),
        (MANY, (), "Nothing is picked yet"),
        (MANY, ("1", "1"), "Pick each option once"),
        (MANY, ("1", "x"), "There is no option 'x'"),
        (NUMBER, (), "Nothing is typed yet. Expected: a number."),
        (NUMBER, ("  ",), "Nothing is typed yet"),
        (NUMBER, ("half",), "'half' does not read as a number"),
        (WORD, (" \t",), "Nothing is typed yet. Expected: one word."),
        (TEXT, ("",), "this has 0"),
        (TEXT, ("two words",), "this has 2"),
        (TEXT, ("? ! ?",), "this has 0"),
    ],
)
def test_what_is_not_given_is_said(interaction: Interaction, response: tuple[str, ...], said: str) -> None:
    assert said in (what_is_missing(interaction, response) or "")


@pytest.mark.parametrize(
    ("interaction", "response"),
    [(ONE, ("3",)), (MANY, ("3",)), (MANY, ("2", "1", "3")), (NUMBER, ("1/2",)), (WORD, ("half",)), (TEXT, ("a b c",))],
)
def test_nothing_is_missing_from_a_response(interaction: Interaction, response: tuple[str, ...]) -> None:
    assert what_is_missing(interaction, response) is None
