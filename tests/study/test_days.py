from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.study.days import day_begins, local_day

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/St_Johns",
    "UTC",
)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


@given(
    at=st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    starts=st.integers(0, 12),
)
def test_an_instant_lies_between_the_beginnings_of_its_day_and_the_next(at: datetime, zone: ZoneInfo, starts: int):
    day = local_day(at, starts, zone)

    assert day_begins(day, starts, zone) <= at < day_begins(day + timedelta(days=1), starts, zone)


@given(
    day=st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    starts=st.integers(0, 12),
)
def test_days_follow_each_other_and_are_about_as_long_as_a_day(day: date, zone: ZoneInfo, starts: int):
    begins, ends = (day_begins(day + timedelta(days=ahead), starts, zone) for ahead in (0, 1))

    if zone.key != "Pacific/Apia":  # where 2011 has no 30 December
        assert timedelta(hours=22.5) <= ends - begins <= timedelta(hours=25.5)
    assert begins <= ends


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 6, 1), 24)])
def test_the_night_of_a_change_of_clocks_belongs_to_the_day_before(day: date, hours: int):
    begins, ends = day_begins(day, zone=BERLIN), day_begins(day + timedelta(days=1), zone=BERLIN)

    assert ends - begins == hours * HOUR
    assert {local_day(begins + n * HOUR / 2, zone=BERLIN) for n in range(2 * hours)} == {day}


def test_an_hour_that_the_clock_leaves_out_begins_the_day_at_the_leap():
    leap = datetime(2026, 3, 29, 1, tzinfo=UTC)

    assert day_begins(date(2026, 3, 29), 2, BERLIN) == leap
    assert local_day(leap, 2, BERLIN) == date(2026, 3, 29)
    assert local_day(leap - timedelta(microseconds=1), 2, BERLIN) == date(2026, 3, 28)


def test_the_first_of_two_equal_hours_begins_the_day():
    assert day_begins(date(2026, 10, 25), 2, BERLIN) == datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert local_day(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 2, BERLIN) == date(2026, 10, 25)


def test_a_day_that_began_is_not_left_when_the_clock_goes_back_into_the_one_before():
    again = datetime(2010, 11, 7, 2, 40, tzinfo=UTC)  # ten past eleven on the 6th, after midnight had struck

    assert again.astimezone(ZoneInfo("America/St_Johns")).date() == date(2010, 11, 6)
    assert local_day(again, 0, ZoneInfo("America/St_Johns")) == date(2010, 11, 7)


def test_without_a_zone_it_is_the_systems():
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)

    assert local_day(at) == local_day(at, zone=at.astimezone().tzinfo)
    assert day_begins(date(2026, 6, 1)).utcoffset() == timedelta(0)
