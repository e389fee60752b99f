"""Each interaction as typed lines: what is said, what comes back."""

import io
import sys
from collections.abc import Callable

import pytest

from coursekit.cli import _plain_forms as forms
from coursekit.cli._plain_forms import Listener, Quit, Skip, Word
from coursekit.model import (
    Choice,
    Gaps,
    Interaction,
    LongText,
    Matching,
    Ordering,
    Program,
    Response,
    TextEntry,
)
from coursekit.tui.interactions import matching, program

Type = Callable[..., tuple[Response, str]]

STEP = Gaps(
    ("A *plain* step:\n\n```python\nw = w - ", " * g\n```\n\nThen $w$ is [[x]] (", ")."),
    (TextEntry("a name"), TextEntry("a number", number=True)),
)
PARTS = Ordering(("draw a *mini-batch*", "forward pass", "loss $L$", "update"), (3, 1, 4, 2))
RULES = Matching(("momentum", "**Adam**"), ("an average", "a scaled step", "a pull"), (2, 3, 1))


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Return what types lines to an interaction, and returns the response and what was said."""

    def typed(interaction: Interaction, *lines: str, hints: tuple[str, ...] = ()) -> tuple[Response, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        response = forms.read(interaction, (), Listener(hints))
        return response, capsys.readouterr().out

    return typed


@pytest.mark.parametrize(
    ("interaction", "said"),
    [
        (Choice(("$1/2$", "[b]")), "1. 1/2\n2. [b]\n"),
        (TextEntry("a number", number=True), "Expected: a number.\n"),
        (LongText("two sentences"), "Expected: two sentences.\n"),
        (STEP, "A plain step:\n\n  w = w - [1 ______] * g\n\nThen w is [[x]] ([2 ______]).\n"),
        (PARTS, "1. loss L\n2. draw a mini-batch\n3. update\n4. forward pass\n"),
        (RULES, "1. momentum\n2. Adam\nPartners:\na. a scaled step\nb. a pull\nc. an average\n"),
        (Program("sgd_step"), "Write sgd_step in your editor; this question is graded in its lab.\n"),
    ],
)
def test_each_is_shown(interaction: Interaction, said: str, capsys: pytest.CaptureFixture[str]):
    forms.show(interaction)

    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    ("interaction", "lines", "response"),
    [
        (Choice(("a", "b"), many=True), ("1, 2",), ("1", "2")),
        (Choice(("True", "False")), ("false",), ("2",)),
        (Choice(("2", "1/2", "1/4")), ("2",), ("2",)),
        (Choice(("2", "1/2", "1/4")), ("1/4",), ("3",)),
        (TextEntry("a word"), ("two words",), ("two words",)),
        (LongText("some"), ("one", "h", "two", ""), ("one\nh\ntwo",)),
        (STEP, ("lr", "1/2"), ("lr", "1/2")),
        (PARTS, ("2 4 1 3",), ("1", "2", "3", "4")),
        (PARTS, ("1,2, 3 4",), ("3", "1", "4", "2")),
        (RULES, ("c", "A"), ("1", "2")),
        (RULES, ("b", "b"), ("3", "3")),
    ],
)
def test_what_is_typed_becomes_numbers_in_the_authors_order(
    type_in: Type, interaction: Interaction, lines: tuple[str, ...], response: Response
):
    assert type_in(interaction, *lines)[0] == response


@pytest.mark.parametrize(
    ("interaction", "lines", "problem"),
    [
        (STEP, ("", "lr", "1"), "Nothing is typed yet. Expected: a name."),
        (STEP, ("lr", "half", "1"), "'half' does not read as a number."),
        (PARTS, ("", "2 4 1 3"), "Give each number from 1 to 4 once, the first item first."),
        (PARTS, ("2 4 1", "2 4 1 3"), "Give each number from 1 to 4 once"),
        (PARTS, ("2 2 4 1", "2 4 1 3"), "Give each number from 1 to 4 once"),
        (PARTS, ("2 4 1 5", "2 4 1 3"), "There is no item '5'. Use the numbers from 1 to 4."),
        (RULES, ("", "c", "a"), "Nothing is chosen yet. Type one of the letters a b c."),
        (RULES, ("d", "c", "a"), "There is no partner 'd'. Type one of the letters a b c."),
        (RULES, ("ab", "c", "a"), "There is no partner 'ab'."),
    ],
)
def test_what_is_no_response_is_said_and_asked_again(
    type_in: Type, interaction: Interaction, lines: tuple[str, ...], problem: str
):
    right = type_in(interaction, *lines[1:])[0] if lines[0] != "lr" else type_in(interaction, "lr", "1")[0]

    response, said = type_in(interaction, *lines)

    assert problem in said
    assert response == right


def test_each_gap_is_asked_for_with_what_it_expects(type_in: Type):
    _, said = type_in(STEP, "lr", "half", "1")

    assert [line.split(": ")[0] for line in said.splitlines() if line.startswith("Gap")] == [
        "Gap 1 of 2 (a name)",
        "Gap 2 of 2 (a number)",
        "Gap 2 of 2 (a number)",
    ]


@pytest.mark.parametrize(
    ("interaction", "lines"),
    [
        (Choice(("a", "b")), ("h", "h", "1")),
        (LongText("some"), ("h", "h", "one", "")),
        (STEP, ("lr", "h", "h", "1")),
        (PARTS, ("h", "h", "1 2 3 4")),
        (RULES, ("a", "h", "h", "b")),
    ],
)
def test_h_tells_a_hint_and_the_response_goes_on(type_in: Type, interaction: Interaction, lines: tuple[str, ...]):
    without = type_in(interaction, *(line for line in lines if line != "h"))[0]

    response, said = type_in(interaction, *lines, hints=("Think of a *mean*.",))

    assert said.index("Think of a mean.") < said.index("There are no more hints.")
    assert response == without


@pytest.mark.parametrize("interaction", [Choice(("a", "b")), TextEntry("a"), LongText("some"), STEP, PARTS, RULES])
def test_n_skips_and_q_and_the_end_of_input_leave(type_in: Type, interaction: Interaction):
    with pytest.raises(Skip):
        type_in(interaction, "n")
    with pytest.raises(Quit):
        type_in(interaction, "q")
    with pytest.raises(Quit):
        type_in(interaction)


@pytest.mark.parametrize("interaction", [STEP, RULES])
def test_n_and_q_are_known_after_the_first_part_too(type_in: Type, interaction: Interaction):
    with pytest.raises(Skip):
        type_in(interaction, "a", "n")
    with pytest.raises(Quit):
        type_in(interaction, "a", "q")


def test_a_program_is_passed_over_at_once(type_in: Type):
    with pytest.raises(Skip):
        type_in(Program("sgd_step"))


def test_told_hints_are_counted_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("h\nh\nh\n1\n"))
    listener = Listener(("One.", "Two."))

    forms.read(Choice(("a", "b")), (), listener)

    assert listener.hints_told == 2


@pytest.mark.parametrize(
    ("interaction", "key", "said"),
    [
        (Choice(("$1/2$", "b")), ("1",), "1. 1/2"),
        (TextEntry("a"), ("0.5",), "0.5"),
        (STEP, ("lr", "0.5"), "gap 1 is lr; gap 2 is 0.5"),
        (PARTS, ("1", "2", "3", "4"), "2. draw a mini-batch; 4. forward pass; 1. loss L; 3. update"),
        (RULES, ("1", "2"), "momentum: c. an average; Adam: a. a scaled step"),
        (RULES, ("", "3"), "momentum: none; Adam: b. a pull"),
    ],
)
def test_a_key_is_told_in_words(interaction: Interaction, key: Response, said: str):
    assert forms.spoken(interaction, key) == said


@pytest.mark.parametrize(
    ("interaction", "label"),
    [(Choice(("a", "b")), "2 (yours)"), (STEP, "gap 2"), (PARTS, "2"), (RULES, "2")],
)
def test_feedback_is_labelled_as_it_was_shown(interaction: Interaction, label: str):
    number = "1" if isinstance(interaction, Ordering) else "2"

    assert forms.feedback_label(interaction, number, ("2",)) == label


def test_partners_have_the_same_letters_as_on_the_screen():
    assert forms.LETTERS == matching.LETTERS
    assert not set("hnq") & set(forms.LETTERS)


def test_a_program_is_told_as_on_the_screen(capsys: pytest.CaptureFixture[str]):
    forms.show(Program("sgd_step"))

    on_screen = program.ProgramNote(Program("sgd_step"))._lines(90)
    said = capsys.readouterr().out.strip().removesuffix(".")
    assert "".join(text for line in on_screen for text, _ in line) == f"{said}, key l."  # there are no keys here


@pytest.mark.parametrize("interaction", [TextEntry("a word"), LongText("two sentences")])
@pytest.mark.parametrize("word", ["n", "h", "sure"])
def test_where_other_words_mean_something_they_are_raised_before_a_text_too(
    interaction: Interaction, word: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{word}\n"))
    listener = Listener(("a hint",), frozenset(("n", "h", "sure")))

    with pytest.raises(Word) as raised:
        forms.read(interaction, (), listener)

    assert raised.value.word == word
    assert (listener.hints_told, listener.confidence) == (0, None)


def test_many_words_beside_a_text_are_heard_one_after_the_other(type_in: Type):
    response, said = type_in(LongText("a sentence"), *["sure", "h"] * 2000, "It is calm.", "", hints=("a hint",))

    assert response == ("It is calm.",)
    assert said.count("Kept: sure.") == 2000
