"""Counts by day as a calendar: a column for each week, a row for each day of it, darker where there was more.

>>> days = {date(2026, 1, day): (0, 0, 4, 8)[day % 4] for day in range(5, 27)}
>>> print(as_text(calendar_map(days, 12)))
    Jan
Mon ··█▒
    ▒··
    █▒·
Thu ·█▒
    ··█
    ▒··
Sun █▒·
"""

from collections.abc import Mapping, Sequence
from datetime import date

from coursekit.plots.plot import Plot, Span, as_text, fitted

__all__ = ["as_text", "calendar_map", "legend"]

_SHADES = "·░▒▓█"
_NAMES = ("Mon", "", "", "Thu", "", "", "Sun")
_MARGIN = 4
_NAME = 3  # cells of a month's
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def calendar_map(days: Mapping[date, int], width: int) -> Plot:
    """Draw days, in order from a Monday on, in `width` cells; the oldest weeks are left out where it is narrow."""
    dates = list(days)
    weeks = [dates[first : first + 7] for first in range(0, len(dates), 7)][-max(1, width - _MARGIN) :]
    edges = _edges(days)
    rows: list[tuple[Span, ...]] = [(Span(" " * _MARGIN + _months(weeks, width - _MARGIN), "label"),)]
    for weekday, name in enumerate(_NAMES):
        cells = "".join(_SHADES[_shade(days[week[weekday]], edges)] for week in weeks if weekday < len(week))
        rows.append((Span(name.ljust(_MARGIN), "label"), Span(cells, "bar")))
    return Plot(tuple(fitted(row, width) for row in rows))


def legend(days: Mapping[date, int]) -> str:
    """Say what each shade stands for.

    >>> legend({date(2026, 1, 5): 40}), legend({date(2026, 1, 5): 2})
    ('· none  ░ 1–10  ▒ 11–20  ▓ 21–30  █ 31–40', '· none  ▒ 1  █ 2')
    """
    edges, said = _edges(days), ["· none"]
    for shade, (below, most) in zip(_SHADES[1:], zip((0, *edges), edges, strict=False), strict=True):
        if most > below:
            said.append(f"{shade} {most}" if most == below + 1 else f"{shade} {below + 1}–{most}")
    return "  ".join(said)


def _edges(days: Mapping[date, int]) -> tuple[int, ...]:
    """Return the most that each shade stands for: quarters of the most there was, the last at least 1."""
    most = max(days.values(), default=0)
    return tuple(most * quarter // 4 for quarter in (1, 2, 3, 4))


def _shade(count: int, edges: Sequence[int]) -> int:
    return next((shade for shade, most in enumerate(edges, 1) if count <= most), len(edges)) if count > 0 else 0


def _months(weeks: Sequence[Sequence[date]], room: int) -> str:
    """Name a month above the first week that begins in it; a name may run on over the cells to its right.

    Of a first month that ends too soon for its name the next one is named: else it would take that one's room.
    """
    begins = [place for place, week in enumerate(weeks) if place == 0 or week[0].month != weeks[place - 1][0].month]
    if len(begins) > 1 and begins[1] <= _NAME:
        begins = begins[1:]
    line = ""
    for place in begins:
        if place + _NAME <= room:
            line = line.ljust(place) + _MONTHS[weeks[place][0].month - 1]
    return line
