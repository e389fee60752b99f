"""A response in words that still say something when the question is not in sight.

>>> from coursekit.model import Choice
>>> in_words(Choice(("grows", "falls")), ("2",))
(Said(text='falls', form='markdown'),)
"""

from dataclasses import dataclass
from typing import Literal, assert_never, final

from coursekit.model import Choice, Gaps, Interaction, LongText, Matching, Ordering, Program, Response, TextEntry


@final
@dataclass(frozen=True, slots=True)
class Said:
    """A part of a response: the author's Markdown, or what the learner typed, as text or as code."""

    text: str
    form: Literal["markdown", "text", "code"] = "text"


def in_words(interaction: Interaction, response: Response) -> tuple[Said, ...]:
    """Say a response part by part. Total: a number of what is not there any more stays a number."""
    match interaction:
        case Choice(options=options):
            return tuple(_option(options, number) for number in response)
        case Ordering(items=items):
            return tuple(_option(items, number) for number in response)
        case Matching(prompts=prompts, partners=partners):
            pairs = zip(prompts, response, strict=False)
            return tuple(Said(f"{prompt}: {_partner(partners, number)}", "markdown") for prompt, number in pairs)
        case Gaps():
            return tuple(Said(f"gap {place}: {text}") for place, text in enumerate(response, 1))
        case Program():
            return tuple(Said(text, "code") for text in response)
        case TextEntry() | LongText():
            return tuple(map(Said, response))
        case _:
            assert_never(interaction)


def choices(interaction: Interaction) -> tuple[str, ...]:
    """List what there was to choose from, the author's Markdown in the author's order."""
    match interaction:
        case Choice(options=options):
            return options
        case Ordering(items=items):
            return items
        case Matching(partners=partners):
            return partners
        case TextEntry() | LongText() | Gaps() | Program():
            return ()
        case _:
            assert_never(interaction)


def _option(options: tuple[str, ...], number: str) -> Said:
    found = _at(options, number)
    return Said(number) if found is None else Said(found, "markdown")


def _partner(partners: tuple[str, ...], number: str) -> str:
    return (_at(partners, number) or number) if number else "none"


def _at(texts: tuple[str, ...], number: str) -> str | None:
    place = int(number) if number.isdecimal() and len(number) < 9 else 0
    return texts[place - 1] if 0 < place <= len(texts) else None
