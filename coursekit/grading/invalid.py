"""What is not a response yet: a blank, a word where a number is asked for. It is said, and it is not an attempt."""

from typing import assert_never

from coursekit.grading.number import read_number
from coursekit.grading.rubric import count_words
from coursekit.model import Choice, Interaction, LongText, Response, TextEntry


def what_is_missing(interaction: Interaction, response: Response) -> str | None:
    """Say what keeps a response from being graded; None when nothing does.

    >>> what_is_missing(TextEntry("a number", number=True), ("half",))
    "'half' does not read as a number. Write for example 0.5, 1/2, 5e-1 or 50 %."
    """
    match interaction:
        case Choice():
            return _choice(interaction, response)
        case TextEntry():
            return _entry(interaction, response)
        case LongText():
            words = count_words(" ".join(response))
            least = interaction.least_words
            return None if words >= least else f"Write at least {least} words; this has {words}."
        case _:
            assert_never(interaction)


def _choice(interaction: Choice, response: Response) -> str | None:
    if not response:
        return "Nothing is picked yet. Press the number of an option."
    known = {str(number) for number in range(1, len(interaction.options) + 1)}
    for number in response:
        if number not in known:
            return f"There is no option '{number}'. Pick a number from 1 to {len(interaction.options)}."
    if len(set(response)) != len(response) or (len(response) > 1 and not interaction.many):
        return "Pick one option only." if not interaction.many else "Pick each option once."
    return None


def _entry(interaction: TextEntry, response: Response) -> str | None:
    text = " ".join(response).strip()
    if not text:
        return f"Nothing is typed yet. Expected: {interaction.form}."
    if interaction.number and read_number(text) is None:
        return f"'{text}' does not read as a number. Write for example 0.5, 1/2, 5e-1 or 50 %."
    return None
