"""A sitting as its stored events make it: what was entered, flagged and seen, and how much time is left.

Nothing in a `Sitting` says what is right. While it goes on, nothing of it can be graded: `report.py` refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, final

from coursekit.errors import ContentError, StoreError
from coursekit.exam.blueprint import Blueprint, kept_blueprint
from coursekit.exam.drawing import Place
from coursekit.model import Response
from coursekit.store.sittings import SittingEvent, StoredSitting

HANDED_IN, TIME, LEFT = "handed in", "time", "left"
"""Why a sitting ended; one that was left never began."""


@final
@dataclass(frozen=True, slots=True)
class Sitting:
    """What one sitting has come to. Places count from 0; `seconds` is the time spent at each."""

    id: int
    blueprint: Blueprint
    seed: int
    last: tuple[str, ...]
    """The questions of the sitting before, which the drawing avoided."""
    places: tuple[Place, ...]
    begun: datetime
    responses: tuple[Response, ...]
    given: tuple[datetime | None, ...]
    seconds: tuple[float, ...]
    confidences: tuple[str | None, ...]
    """How sure the learner said to be, None where they did not."""
    flags: frozenset[int] = frozenset()
    seen: frozenset[int] = frozenset()
    at: int = 0
    latest: datetime | None = None
    ended: datetime | None = None
    why: str | None = None

    @property
    def exam(self) -> str:
        """The name of the exam."""
        return self.blueprint.name

    @property
    def deadline(self) -> datetime | None:
        """When the time is up; None without a limit. It does not wait for anybody."""
        minutes = self.blueprint.minutes
        return None if minutes is None else self.begun + timedelta(minutes=minutes)

    @property
    def missing(self) -> tuple[int, ...]:
        """The places without a response."""
        return tuple(place for place, response in enumerate(self.responses) if not response)

    def moment(self, now: datetime) -> datetime:
        """Return the time that counts: the largest seen, so that a clock turned back gives nobody time."""
        return max(now, self.begun, self.latest or self.begun)

    def left(self, now: datetime) -> timedelta | None:
        """Return how much time is left, never below nothing; None without a limit."""
        return None if self.deadline is None else max(timedelta(), self.deadline - self.moment(now))

    def is_time_up(self, now: datetime) -> bool:
        """Say whether the deadline is reached."""
        return self.deadline is not None and self.moment(now) >= self.deadline


def sit(stored: StoredSitting, events: Iterable[SittingEvent]) -> Sitting:
    """Make a sitting of what is stored. Raises StoreError for a record that holds something else."""
    try:
        places = tuple(map(Place.of, stored.drawn))
        blueprint, last = kept_blueprint(stored.blueprint, stored.exam), tuple(map(str, stored.blueprint["last"]))
    except (ContentError, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"The record of sitting {stored.id} of '{stored.exam}' cannot be read: {error}.") from error
    many = len(places)
    found = Sitting(
        id=stored.id,
        blueprint=blueprint,
        seed=stored.seed,
        last=last,
        places=places,
        begun=stored.begun,
        responses=((),) * many,
        given=(None,) * many,
        seconds=(0.0,) * many,
        confidences=(None,) * many,
    )
    for event in events:
        found = entered(found, event)
    return replace(found, ended=stored.ended, why=stored.why)


def entered(sitting: Sitting, event: SittingEvent) -> Sitting:
    """Add one thing that was done; what comes after the deadline tells the time alone, what is at no place nothing."""
    deadline, place = sitting.deadline, event.place
    if not 0 <= place < len(sitting.places):
        return sitting
    if deadline is not None and event.at > deadline:
        return replace(_passed(sitting, deadline), latest=sitting.moment(event.at))
    sitting = _passed(sitting, event.at)
    match event.what:
        case "response":
            given = event.at if event.value else None
            return replace(
                sitting,
                responses=_with(sitting.responses, place, tuple(map(str, event.value))),
                given=_with(sitting.given, place, given),
            )
        case "confidence":
            return replace(sitting, confidences=_with(sitting.confidences, place, event.value and str(event.value)))
        case "flag":
            return replace(sitting, flags=sitting.flags | {place})
        case "unflag":
            return replace(sitting, flags=sitting.flags - {place})
        case _:
            return replace(sitting, seen=sitting.seen | {place}, at=place)


def _passed(sitting: Sitting, at: datetime) -> Sitting:
    """Let time pass, at the place that is looked at."""
    before, after = sitting.moment(sitting.begun), sitting.moment(at)
    spent = sitting.seconds[sitting.at] + (after - before).total_seconds()
    return replace(sitting, latest=after, seconds=_with(sitting.seconds, sitting.at, spent))


def _with(values: tuple[Any, ...], place: int, value: Any) -> tuple[Any, ...]:  # Any: of whatever type they are
    return (*values[:place], value, *values[place + 1 :])
