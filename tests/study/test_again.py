from datetime import UTC, datetime, timedelta

from coursekit.scheduling import Card
from coursekit.study.again import missed_again

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOW = BEGAN + timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def card(name: str, mark: float, due: datetime = NOW, last: datetime = BEGAN + MINUTE, was_sure: bool = False) -> Card:
    return Card(name, due, 1.0, 1, mark, last_at=last, was_sure=was_sure)


def test_what_was_missed_and_is_due_comes_again_once_in_the_order_in_which_it_was_asked():
    cards = {name: card(name, mark) for name, mark in (("a", 0.0), ("b", 1.0), ("c", 0.5), ("other", 0.0))}

    assert missed_again(("c", "b", "a", "c", "gone"), cards, BEGAN, NOW) == ("c", "a")


def test_what_is_not_due_yet_and_what_was_missed_before_and_skipped_now_do_not():
    cards = {"soon": card("soon", 0.0, NOW + MINUTE), "skipped": card("skipped", 0.0, last=BEGAN - MINUTE)}

    assert missed_again(cards, cards, BEGAN, NOW) == ()


def test_misses_by_somebody_who_was_sure_lead():
    cards = {name: card(name, 0.0, was_sure=name in "bd") for name in "abcd"}

    assert missed_again("abcd", cards, BEGAN, NOW) == ("b", "d", "a", "c")
