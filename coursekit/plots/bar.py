"""A bar of a fraction, and the dots of what is known.

>>> bar(0.5, 5), dots(("mastered", "mastered", "learning", "new"))
('██▌  ', '●●◐○')
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

State: TypeAlias = Literal["new", "learning", "mastered"]

_EIGHTHS = " ▏▎▍▌▋▊▉"
_DOTS: dict[State, str] = {"new": "○", "learning": "◐", "mastered": "●"}


def bar(fraction: float, width: int) -> str:
    """Draw `fraction`, taken into [0, 1], in exactly `width` cells; nan counts as 0.

    What is neither nothing nor all never looks like it.

    >>> bar(0.001, 3), bar(0.999, 3)
    ('▏  ', '██▉')
    """
    inside = min(1.0, max(0.0, fraction)) if fraction == fraction else 0.0
    eighths = round(inside * width * 8)
    if 0 < inside < 1:
        eighths = min(max(eighths, 1), width * 8 - 1)
    full, part = divmod(max(eighths, 0), 8)
    return ("█" * full + _EIGHTHS[part].strip()).ljust(width)


def dots(states: Iterable[State]) -> str:
    """Draw one dot per question: ● mastered, ◐ learning, ○ new."""
    return "".join(_DOTS[state] for state in states)
