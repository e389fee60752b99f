from hypothesis import given
from hypothesis import strategies as st

from coursekit.study.streak import sentence, streak


def test_today_is_counted_when_it_was_studied_and_ends_nothing_when_not():
    done, not_yet = streak([True, True, True]), streak([True, True, False])

    assert (done.run, done.has_today) == (3, True)
    assert (not_yet.run, not_yet.has_today) == (2, False)
    assert (
        sentence(not_yet) == "Studied on 2 of the last 7 days and on 2 of the last 30; 2 days in a row up to yesterday."
    )


def test_a_missed_day_is_not_mentioned():
    said = sentence(streak([True] * 20 + [False, True]))

    assert said == "Studied on 6 of the last 7 days and on 21 of the last 30."


def test_after_a_long_pause_it_is_kind():
    said = sentence(streak([True] + [False] * 40))

    assert "quickest to learn again" in said


@given(st.lists(st.booleans(), max_size=60))
def test_counts_are_those_of_the_days(studied: list[bool]):
    found = streak(studied)

    assert found.of_7 == studied[-7:].count(True)
    assert found.of_30 == studied[-30:].count(True)
    ended = studied if found.has_today else studied[:-1]
    assert all(ended[len(ended) - found.run :])
    assert found.run == len(ended) or not ended[-found.run - 1]
