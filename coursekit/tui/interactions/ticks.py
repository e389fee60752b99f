"""Rubric points to tick: what was found for each stands under it, what was suggested is ticked at first."""

from coursekit.model import Evidence, Response
from coursekit.tui.interactions.choice import ChoiceList


def rubric_ticks(evidence: tuple[Evidence, ...]) -> ChoiceList:
    """Make the list of points, for the learner to correct."""
    suggested = tuple(str(number) for number, item in enumerate(evidence, 1) if item.share >= 1)
    notes = {str(number): _note(item) for number, item in enumerate(evidence, 1)}
    points = tuple(f"{item.point} ({item.points:g})" for item in evidence)
    return ChoiceList(points, many=True, picked=suggested, notes=notes)


def ticked(response: Response, count: int) -> tuple[bool, ...]:
    """Say for each of `count` points whether it is ticked."""
    return tuple(str(number) in response for number in range(1, count + 1))


def _note(item: Evidence) -> str:
    """Quote what was found, as Markdown that shows its characters as they are."""
    if item.share < 1:
        return "not found"
    quotes = "” “".join(item.quotes)
    return f"found: “{''.join(f'{chr(92)}{c}' if c.isascii() and not c.isalnum() and c != ' ' else c for c in quotes)}”"
