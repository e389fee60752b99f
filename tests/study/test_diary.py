from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from coursekit.study.days import local_day
from coursekit.study.diary import begins, days_back, diary, duration, needs_minutes, sentence, time_sentence

BERLIN, KATHMANDU = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu")
NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def test_a_diary_goes_from_a_monday_to_today():
    days = days_back(NOW, zone=BERLIN)

    assert (days[0].weekday(), days[-1]) == (0, date(2026, 4, 1))
    assert len(days) == 52 * 7 + 3


@given(hours=st.lists(st.integers(-400 * 24, 0), max_size=40))
def test_each_hour_counts_for_its_local_day_over_changes_of_the_clock(hours: list[int]):
    instants = [NOW + timedelta(hours=number) for number in hours]

    found = diary(((at, 1, 10.0) for at in instants), NOW, zone=BERLIN)

    days = [local_day(at, zone=BERLIN) for at in instants]
    assert {day: done.attempts for day, done in found.items()} == {day: days.count(day) for day in found}


def test_a_night_that_went_on_past_midnight_is_one_day():
    late = [(datetime(2026, 3, 30, hour, tzinfo=UTC), 1, 60.0) for hour in (21, 23)]
    later = [(datetime(2026, 3, 31, hour, tzinfo=UTC), 1, 60.0) for hour in (0, 1)]

    found = diary(late + later, NOW, zone=BERLIN)

    assert found[date(2026, 3, 30)].attempts == 4


def test_where_days_begin_within_an_hour_minutes_are_needed():
    assert needs_minutes(begins(days_back(NOW, zone=KATHMANDU), zone=KATHMANDU))
    assert not needs_minutes(begins(days_back(NOW, zone=BERLIN), zone=BERLIN))


def test_what_lies_in_the_future_counts_for_today():
    found = diary([(NOW + timedelta(days=3), 2, 5.0)], NOW, zone=UTC)

    assert found[date(2026, 4, 1)].attempts == 2


def test_sentences_say_when_and_how_long():
    work = [(NOW - timedelta(days=days), days, 600.0) for days in (1, 2, 100)]
    found = diary(work, NOW, zone=UTC)

    assert sentence(found) == "103 attempts on 3 days in the last year, most on 2025-12-22: 100."
    expected = "Studied 20 min in the last four weeks (on 2 days, 10 min a day); 30 min in the last year."
    assert time_sentence(found) == expected
    assert sentence(diary([], NOW)) == "Nothing was studied in the last year."
    assert duration(3600) == "1 h 0 min"
