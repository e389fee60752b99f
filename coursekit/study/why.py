"""Why a question is asked now, in the words of the screen and of the plain mode."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Home counts before it asks
    from coursekit.study.selection import Choice


def why_words(choice: "Choice") -> str:
    """Say why a question comes, '' where it was asked for.

    >>> from coursekit.study.selection import Choice
    >>> why_words(Choice("a", "due", serves="b")), why_words(Choice("a", "leech")), why_words(Choice("a", "asked for"))
    ('due, in the place of b', 'leech', '')
    """
    if choice.serves:
        return f"{choice.why}, in the place of {choice.serves}"
    return "" if choice.why == "asked for" else choice.why
