from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.rating import RATINGS
from coursekit.scheduling import DECAY, MASTERED_DAYS, RETENTION, Card, Review, in_days, recall, schedule

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
    assert not CARD._replace(stability=MASTERED_DAYS - 0.1).is_mastered()
    assert not CARD._replace(last_mark=0.9).is_mastered()


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


AGAIN, HARD, GOOD, EASY = RATINGS


def rated_by_hand(*looks: tuple[str, datetime]) -> Card:
    return schedule("q", [Review(at, 1.0, 0, own=rating) for rating, at in looks])


# The numbers below stand in the test suites of py-fsrs 6 (tests/test_basic.py) and fsrs-rs (src/inference.rs) under the
# names given, https://github.com/open-spaced-repetition. Both use FSRS-6's own parameters.


def test_intervals_are_those_of_py_fsrs_test_review_card():
    at, looks, days = datetime(2022, 11, 29, 12, 30, tzinfo=UTC), list[tuple[str, datetime]](), list[int]()

    for rating in (*(GOOD,) * 6, AGAIN, AGAIN, *(GOOD,) * 5):
        looks.append((rating, at))
        at = rated_by_hand(*looks).due
        days.append((at - looks[-1][1]).days)

    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_stability_and_difficulty_are_those_of_test_memo_state_and_of_fsrs_rs_test_memory_state():
    at, looks = datetime(2022, 11, 29, 12, 30, tzinfo=UTC), list[tuple[str, datetime]]()
    for rating, days in zip((AGAIN, *(GOOD,) * 5), (0, 0, 1, 3, 8, 21), strict=True):
        at += timedelta(days=days)
        looks.append((rating, at))

    card = rated_by_hand(*looks)

    assert card.stability == pytest.approx(53.62691, abs=1e-4)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_without_the_step_within_a_day_stability_is_that_of_fsrs_rs_test_memory_state():
    frozen = [*fsrs.scheduler.DEFAULT_PARAMETERS[:17], 0.0, 0.0, 0.0, *fsrs.scheduler.DEFAULT_PARAMETERS[20:]]
    at, reviews = NOW, list[Review]()
    for rating, days in zip((AGAIN, *(GOOD,) * 5), (0, 0, 1, 3, 8, 21), strict=True):
        at += timedelta(days=days)
        reviews.append(Review(at, 1.0, 0, own=rating))

    card = schedule("q", reviews, frozen)

    assert card.stability == pytest.approx(53.335106, abs=1e-4)


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty"),
    [(AGAIN, 0.212, 6.4133), (HARD, 1.2931, 5.1121707), (GOOD, 2.3065, 2.118104), (EASY, 8.2956, 1.0)],
)
def test_a_first_look_gives_the_state_of_fsrs_rs_next_states(rating: str, stability: float, difficulty: float):
    card = rated_by_hand((rating, NOW))

    assert (card.stability, card.difficulty) == (pytest.approx(stability), pytest.approx(difficulty, abs=1e-5))


@pytest.mark.parametrize(("days", "share"), [(0, 1.0), (1, 0.9), (2, 0.84028935), (3, 0.7985001)])
def test_recall_is_that_of_fsrs_rs_test_current_retrievability(days: int, share: float):
    card = CARD._replace(stability=1.0, last_at=NOW)

    assert recall(card, NOW + timedelta(days=days), decay=0.2) == pytest.approx(share, abs=1e-6)


LOGS = st.lists(st.tuples(st.sampled_from(RATINGS), st.integers(0, 90 * 24 * 60)), min_size=1, max_size=12)


@given(log=LOGS, retention=st.sampled_from([0.7, 0.9, 0.97]))
def test_the_state_after_any_log_is_the_packages_own_replay(log: list[tuple[str, int]], retention: float):
    at, looks = NOW, list[tuple[str, datetime]]()
    for rating, minutes in log:
        at += timedelta(minutes=minutes)
        looks.append((rating, at))
    logs = [fsrs.ReviewLog(7, fsrs.Rating[rating.capitalize()], when, None) for rating, when in looks]

    ours = schedule("q", [Review(when, 1.0, 0, own=rating) for rating, when in looks], (), retention)

    theirs = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False).reschedule_card(fsrs.Card(7), logs)
    assert (ours.due, ours.stability, ours.difficulty) == (theirs.due, theirs.stability, theirs.difficulty)
    assert (ours.last_at, ours.reviews) == (theirs.last_review, len(log))
    later = at + timedelta(days=30)
    assert recall(ours, later) == pytest.approx(fsrs.Scheduler().get_card_retrievability(theirs, later), abs=1e-12)


def test_only_a_miss_of_what_was_learnt_is_a_lapse():
    learning = [Review(NOW, 0.0, 0), Review(NOW + timedelta(minutes=1), 0.0, 0)]
    learnt = [Review(NOW, 1.0, 0, own=EASY), Review(NOW + timedelta(days=9), 0.0, 0)]

    assert (schedule("q", learning).lapses, schedule("q", learnt).lapses) == (0, 1)
    assert schedule("q", [*learnt, Review(NOW + timedelta(days=10), 0.0, 0)]).lapses == 1  # it is being learnt anew


@pytest.mark.parametrize(
    ("mark", "confidence", "was_sure"), [(0.0, "sure", True), (0.5, "sure", False), (0.0, "guess", False)]
)
def test_a_confident_miss_is_remembered_until_the_next_look(mark: float, confidence: str, was_sure: bool):
    missed = Review(NOW, mark, 0, confidence=confidence)

    assert schedule("q", [missed]).was_sure is was_sure
    assert not schedule("q", [missed, Review(NOW + timedelta(days=1), 1.0, 0)]).was_sure


def test_the_constants_are_those_of_the_package():
    scheduler = fsrs.Scheduler()

    assert (scheduler.parameters[-1], scheduler.desired_retention) == (DECAY, RETENTION)
