"""A clock that is only ever moved forwards, so that turning the system's back gives nobody time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import final


@final
class HonestClock:
    """The largest of three: the system's time, the last time seen, and that plus the seconds counted since.

    `steady` counts seconds and cannot be set, as `time.monotonic`; while the computer sleeps it may stand still, and
    then the system's time is the larger.
    """

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float], seen: datetime) -> None:
        self._now, self._steady = now, steady
        self._latest = max(seen, now())
        self._counted = steady()

    def __call__(self) -> datetime:
        """Return the time (UTC)."""
        counted = self._steady()
        passed = timedelta(seconds=max(0.0, counted - self._counted))
        self._latest, self._counted = max(self._latest + passed, self._now()), counted
        return self._latest
