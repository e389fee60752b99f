import pytest

from coursekit.grading.invalid import what_is_missing
from coursekit.model import Choice, Gaps, Interaction, LongText, Matching, Ordering, Program, TextEntry

ONE = Choice(("a", "b", "c"))
MANY = Choice(("a", "b", "c"), many=True)
NUMBER = TextEntry("a number", number=True)
WORD = TextEntry("one word")
TEXT = LongText("some sentences")
GAPS = Gaps(("", " and ", " and ", "."), (WORD, NUMBER, WORD))
ORDER = Ordering(("a", "b", "c"), (2, 3, 1))
PAIRS = Matching(("p", "q"), ("a", "b", "c"), (3, 1, 2))


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
        (TEXT, ("two words",), "Write at least three words that say something"),
        (TEXT, ("it is what it is, and so on",), "this has 0"),
        (TEXT, ("a b c",), "this has 2"),
        (LongText("one word", 1), ("it is",), "Write at least one word that"),
        (LongText("an essay", 50), ("two words",), "Write at least 50 words"),
        (TEXT, ("? ! ?",), "this has 0"),
        (WORD, ("x" * 201,), "Write at most 200 characters; this has 201."),
        (GAPS, (), "Gaps 1, 2 and 3 are still empty."),
        (GAPS, ("a", "1"), "Gap 3 is still empty."),
        (GAPS, ("a", " ", ""), "Gaps 2 and 3 are still empty."),
        (GAPS, ("a", "half", "b"), "Gap 2: 'half' does not read as a number."),
        (GAPS, ("a", "1", "x" * 201), "Gap 3: Write at most 200 characters"),
        (GAPS, ("a", "1", "b", "c"), "there are 3 gaps and 4 texts."),
        (ORDER, (), "Nothing is moved yet."),
        (ORDER, ("2", "3", "1"), "Nothing is moved yet."),
        (ORDER, ("1", "2"), "the numbers from 1 to 3, each once."),
        (ORDER, ("1", "2", "2"), "each once."),
        (ORDER, ("1", "2", "3", "3"), "each once."),
        (ORDER, ("1", "2", "x"), "each once."),
        (PAIRS, (), "Prompts 1 and 2 are still without a partner."),
        (PAIRS, ("1", ""), "Prompt 2 is still without a partner."),
        (PAIRS, ("4", "1"), "There is no partner '4'. Pick a number from 1 to 3."),
        (PAIRS, ("0", "1"), "There is no partner '0'."),
        (PAIRS, ("1", "2", "3"), "there are 2 prompts."),
        (Program("f"), (), "This is written in an editor and graded in its lab"),
        (Program("f"), ("def f(): pass",), "graded in its lab: press l to open it."),
    ],
)
def test_what_is_not_given_is_said(interaction: Interaction, response: tuple[str, ...], said: str) -> None:
    assert said in (what_is_missing(interaction, response) or "")


@pytest.mark.parametrize(
    ("interaction", "response"),
    [
        (ONE, ("3",)),
        (MANY, ("3",)),
        (MANY, ("2", "1", "3")),
        (NUMBER, ("1/2",)),
        (WORD, ("half",)),
        (WORD, ("x" * 200,)),
        (TEXT, ("then the noise falls fast",)),
        (TEXT, ("noise", "falls", "fast")),
        (TEXT, ("Шум слабее втрое",)),
        (GAPS, ("a", "1/2", "b")),
        (ORDER, ("1", "2", "3")),
        (ORDER, ("3", "2", "1")),
        (PAIRS, ("1", "2")),
        (PAIRS, ("3", "3")),
    ],
)
def test_nothing_is_missing_from_a_response(interaction: Interaction, response: tuple[str, ...]) -> None:
    assert what_is_missing(interaction, response) is None
