from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.scheduling import MASTERED_DAYS, Card, Review, in_days, schedule

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CARD = Card("q", NOW, MASTERED_DAYS, 4, 1.0)


def rated(*ratings: fsrs.Rating) -> tuple[datetime, float | None]:
    """Return due and stability after reviews a day apart, by the package itself."""
    card, scheduler = fsrs.Card(card_id=1), fsrs.Scheduler(enable_fuzzing=False)
    for day, rating in enumerate(ratings):
        card, _ = scheduler.review_card(card, rating, NOW + timedelta(days=day))
    return card.due, card.stability


@pytest.mark.parametrize(
    ("mark", "hints", "rating"),
    [
        (1.0, 0, fsrs.Rating.Good),
        (1.0, 1, fsrs.Rating.Hard),
        (1.0, 3, fsrs.Rating.Hard),
        (0.999, 0, fsrs.Rating.Hard),
        (0.5, 0, fsrs.Rating.Hard),
        (0.5, 2, fsrs.Rating.Hard),
        (0.499, 0, fsrs.Rating.Again),
        (0.0, 0, fsrs.Rating.Again),
        (0.0, 5, fsrs.Rating.Again),
    ],
)
def test_mark_and_hints_give_the_documented_rating(mark: float, hints: int, rating: fsrs.Rating):
    card = schedule("q", [Review(NOW, 1.0, 0), Review(NOW + timedelta(days=1), mark, hints)])

    assert (card.due, card.stability) == rated(fsrs.Rating.Good, rating)
    assert (card.question, card.reviews, card.last_mark) == ("q", 2, mark)


def test_without_reviews_there_is_nothing_to_schedule():
    with pytest.raises(ValueError, match="No reviews of 'q'"):
        schedule("q", [])


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5), st.integers(-400, 400)), min_size=1, max_size=8))
def test_any_history_gives_a_card_even_when_the_clock_went_back(history: list[tuple[float, int, int]]):
    reviews = [Review(NOW + timedelta(hours=hours), mark, hints) for mark, hints, hours in history]

    card = schedule("q", reviews)

    assert card == schedule("q", reviews)
    assert card.reviews == len(history)
    assert card.stability > 0
    assert card.due > reviews[-1].at


def test_a_card_is_due_from_its_instant_on():
    assert CARD.is_due(NOW)
    assert CARD.is_due(NOW + timedelta(days=9))
    assert not CARD.is_due(NOW - timedelta(seconds=1))


def test_mastered_is_stable_for_weeks_and_right_the_last_time():
    assert CARD.is_mastered()
    assert not replace(CARD, stability=MASTERED_DAYS - 0.1).is_mastered()
    assert not replace(CARD, last_mark=0.9).is_mastered()


def test_three_good_reviews_when_due_master_a_question():
    reviews = [Review(NOW, 1.0, 0)]
    while not (card := schedule("q", reviews)).is_mastered():
        reviews.append(Review(card.due, 1.0, 0))

    assert len(reviews) <= 5


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(days=-30), "due again in 1 minute"),
        (timedelta(seconds=61), "due again in 1 minute"),
        (timedelta(minutes=10), "due again in 10 minutes"),
        (timedelta(hours=1), "due again in 60 minutes"),
        (timedelta(hours=1, seconds=1), "due again later today"),
        (timedelta(hours=19, minutes=59), "due again later today"),
        (timedelta(hours=20), "due again tomorrow"),
        (timedelta(hours=35), "due again tomorrow"),
        (timedelta(hours=37), "due again in 2 days"),
        (timedelta(days=3), "due again in 3 days"),
        (timedelta(days=400), "due again in 400 days"),
    ],
)
def test_a_wait_is_said_in_words(wait: timedelta, words: str):
    assert in_days(NOW + wait, NOW) == words
