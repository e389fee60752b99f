"""The way of a run in words: one line for the whole, one for each place."""

from math import acos, degrees, nan

from coursekit.lab.travel import Journey, Place
from coursekit.plots.captions import of_path, of_step, of_value


def tell_place(place: Place, last: int) -> str:
    """Say where the run stands at one of its places; `last` is its last step."""
    angle = None if place.cosine is None else degrees(acos(max(-1.0, min(1.0, place.cosine))))
    batch, full = place.batch and place.batch.length, place.full and place.full.length
    return of_step(place.step, last, loss=_number(place.loss), batch=batch, full=full, angle=angle)


def tell_whole(journey: Journey) -> str:
    """Say from where to where it went, and how much of that a plane can show."""
    first, last = journey.places[0], journey.places[-1]
    losses = (_number(first.loss), _number(last.loss))
    if journey.is_line:
        return of_value(first.at[0], last.at[0], steps=last.step, losses=losses)
    shown = journey.explained if journey.explained < 1 else None
    return of_path(first.at, last.at, steps=last.step, losses=losses, shown=shown)


def _number(value: float | None) -> float:
    return nan if value is None else value
