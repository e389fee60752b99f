"""Questions put aside by a learner's days: snoozed for some, buried until tomorrow, suspended until brought back."""

from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from coursekit.study.days import STARTS, day_begins, local_day

if TYPE_CHECKING:  # 5 ms, when a first visit has no record to read
    from coursekit.store.asides import Aside
    from coursekit.store.store import Store


def put_aside(
    store: "Store", question: str, way: str, now: datetime, *, days: int | None = None, zone: tzinfo | None = None
) -> None:
    """Put a question aside: `way` is snooze, bury, suspend, or bring back, which ends it.

    A snooze is over when the day begins that is so many days from now. Raises StoreError.
    """
    ahead = {"snooze": days or 1, "bury": 1}.get(way)
    starts = _starts(store)
    until = ahead and day_begins(local_day(now, starts, zone) + timedelta(days=ahead), starts, zone)
    store.asides.put(question, way, until or None, now)


def back_on(store: "Store", aside: "Aside", zone: tzinfo | None = None) -> date | None:
    """Return the local day on which a question comes back, None for never by itself. Raises StoreError."""
    return local_day(aside.until, _starts(store), zone) if aside.until else None


def _starts(store: "Store") -> int:
    return int(store.settings.get("day_starts", STARTS))
