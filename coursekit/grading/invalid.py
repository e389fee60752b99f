"""What is not a response yet: a blank, a word where a number is asked for. It is said, and it is not an attempt."""

from typing import assert_never

from coursekit.grading.folding import MOST_CHARACTERS
from coursekit.grading.number import read_quantity
from coursekit.grading.words import content_words
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

_LONGEST = 10_000
"""Characters of a text. Ten times the longest anyone wrote; a whole book would be looked through for minutes."""
_PROGRAM = "This is written in an editor and graded in its lab: press l to open it."
_SPELLED = ("no", "one", "two", "three", "four", "five", "six")


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
            return _long_text(interaction, response)
        case Gaps():
            return _gaps(interaction, response)
        case Ordering():
            return _order(interaction, response)
        case Matching():
            return _pairs(interaction, response)
        case Program():
            return _PROGRAM
        case _:
            assert_never(interaction)


def _choice(interaction: Choice, response: Response) -> str | None:
    if not response:
        return "Nothing is picked yet. Give the number of an option."
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
    if interaction.number and read_quantity(text, dict.fromkeys(interaction.units, 1.0)) is None:
        unit = f", and after it one of: {', '.join(interaction.units)}" if interaction.units else ""
        return f"'{text}' does not read as a number. Write for example 0.5, 1/2, 5e-1 or 50 %{unit}."
    if len(text) > MOST_CHARACTERS:
        return f"Write at most {MOST_CHARACTERS} characters; this has {len(text)}."
    return None


def _long_text(interaction: LongText, response: Response) -> str | None:
    """Count words of content only: 'it is what it is' says nothing yet."""
    text = " ".join(response)
    if len(text) > _LONGEST:
        return f"Write at most {_LONGEST:,} characters; this has {len(text):,}. Say it shorter."
    words, least = len(content_words(text)), interaction.least_words
    if words >= least:
        return None
    wanted = f"{_SPELLED[least] if least < len(_SPELLED) else least} word{'' if least == 1 else 's'}"
    return f"Write at least {wanted} that say something, besides 'it', 'is' and the like; this has {words}."


def _gaps(interaction: Gaps, response: Response) -> str | None:
    empty = _empty(len(interaction.gaps), response)
    if empty:
        return f"{_named('Gap', empty)} still empty."
    if len(response) > len(interaction.gaps):
        return f"Write one text for each gap; there are {len(interaction.gaps)} gaps and {len(response)} texts."
    said = [(n, _entry(gap, (text,))) for n, (gap, text) in enumerate(zip(interaction.gaps, response, strict=True), 1)]
    return next((f"Gap {number}: {missing}" for number, missing in said if missing), None)


def _order(interaction: Ordering, response: Response) -> str | None:
    if not response or response == tuple(str(number) for number in interaction.shown):
        return "Nothing is moved yet. The order shown at first is never the right one."
    if sorted(response) != sorted(str(number) for number in interaction.shown):
        return f"Give each item its place once: the numbers from 1 to {len(interaction.items)}, each once."
    return None


def _pairs(interaction: Matching, response: Response) -> str | None:
    empty = _empty(len(interaction.prompts), response)
    if empty:
        return f"{_named('Prompt', empty)} still without a partner."
    if len(response) > len(interaction.prompts):
        return f"Give each prompt one partner; there are {len(interaction.prompts)} prompts."
    known = {str(number) for number in range(1, len(interaction.partners) + 1)}
    for number in response:
        if number not in known:
            return f"There is no partner '{number}'. Pick a number from 1 to {len(interaction.partners)}."
    return None


def _empty(count: int, response: Response) -> list[int]:
    """Return the numbers, from 1, of what has no text."""
    return [n for n in range(1, count + 1) if n > len(response) or not response[n - 1].strip()]


def _named(word: str, numbers: list[int]) -> str:
    """Name things by number: 'Gap 2 is', 'Gaps 1, 2 and 4 are'."""
    *first, last = (str(number) for number in numbers)
    return f"{word}s {', '.join(first)} and {last} are" if first else f"{word} {last} is"
