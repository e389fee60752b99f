"""A learner's days: local, from an hour in the night on, so that work past midnight still belongs to the evening.

Saturday 2026-03-28 04:00 in Berlin is 03:00 UTC, Sunday 04:00 is 02:00 UTC: that Saturday has 23 hours.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

STARTS = 4
"""The hour of the local clock at which a day begins."""
_DAY = timedelta(days=1)


def local_day(at: datetime, starts: int = STARTS, zone: tzinfo | None = None) -> date:
    """Return the day that an instant belongs to; `zone` None is the system's.

    Of many instants, ask for the days' beginnings and search in those.

    >>> from zoneinfo import ZoneInfo
    >>> local_day(datetime(2026, 3, 29, 1, 59, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin")).isoformat()
    '2026-03-28'
    """
    day = at.astimezone(zone).date()
    if at < day_begins(day, starts, zone):
        return day - _DAY
    return day + _DAY if at >= day_begins(day + _DAY, starts, zone) else day


def day_begins(day: date, starts: int = STARTS, zone: tzinfo | None = None) -> datetime:
    """Return the instant (UTC) at which a day begins; where the clock leaves that hour out, the moment of its leap.

    >>> from zoneinfo import ZoneInfo
    >>> day_begins(date(2026, 3, 29), zone=ZoneInfo("Europe/Berlin")).isoformat()
    '2026-03-29T02:00:00+00:00'
    """
    return datetime.combine(day, time(starts), zone).astimezone(UTC)
