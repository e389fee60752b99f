from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from math import log
from random import Random

import fsrs
import pytest

from coursekit.errors import UsageError
from coursekit.model import Attempt
from coursekit.scheduling import Review, recall, schedule
from coursekit.study.fitting import NEEDED, Fitted, Prediction, fit, histories, log_loss, predictions, what_is_missing

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HAS_EXTRA = all(map(find_spec, ("torch", "pandas", "tqdm")))
DAY = timedelta(days=1)
MADE = Attempt("q", "print", ("1",), 1.0, 1.0, False, 0, 0, NOW - timedelta(seconds=30), NOW)


def reviews(*said: tuple[float, float]) -> list[Review]:
    """Make reviews of marks, so many days after the first."""
    return [Review(NOW + DAY * days, mark, 0) for days, mark in said]


def test_log_loss_is_what_a_hand_computes():
    found = [Prediction(NOW, 0.9, True), Prediction(NOW, 0.8, False), Prediction(NOW, 0.5, True)]

    assert log_loss(found) == pytest.approx((-log(0.9) - log(0.2) - log(0.5)) / 3)
    assert log_loss(found[2:]) == pytest.approx(0.6931, abs=1e-4)
    assert log_loss([]) == 0.0


@pytest.mark.parametrize("certain", [Prediction(NOW, 1.0, False), Prediction(NOW, 0.0, True)])
def test_a_certain_prediction_that_fails_costs_much_but_not_everything(certain: Prediction):
    assert 20 < log_loss([certain]) < 21


def test_what_is_predicted_is_the_recall_of_the_card_just_before():
    seen = reviews((0, 1.0), (2, 1.0), (9, 0.0), (12, 1.0))

    found = list(predictions({"q": seen}))

    assert [each.at for each in found] == [review.at for review in seen[1:]]
    assert [each.was_recalled for each in found] == [True, False, True]
    for place, each in enumerate(found, 1):
        assert each.recall == pytest.approx(recall(schedule("q", seen[:place]), each.at), abs=1e-12)


def test_looks_within_a_day_and_first_looks_predict_nothing():
    assert not list(predictions({"q": reviews((0, 1.0), (0.01, 0.0), (0.9, 1.0)), "r": reviews((3, 1.0))}))


def test_other_parameters_predict_otherwise():
    seen = {"q": reviews((0, 1.0), (5, 1.0))}
    slower = [*fsrs.scheduler.DEFAULT_PARAMETERS[:20], 0.4]

    ours, others = (list(predictions(seen, each)) for each in ((), slower))

    assert ours[0].recall != others[0].recall
    assert ours == list(predictions(seen, fsrs.scheduler.DEFAULT_PARAMETERS))


def test_a_history_holds_what_its_card_counts():
    attempts = [
        MADE,
        replace(MADE, purpose="cram"),
        replace(MADE, is_suggestion=True),
        replace(MADE, purpose="exam", mark=0.5),
        replace(MADE, question="deputy", serves="q", own_rating="easy"),
    ]

    found = histories(attempts)

    assert [review.rating for review in found["q"]] == ["good", "hard", "easy"]
    assert [review.rating for review in found["deputy"]] == ["easy"]


def test_it_says_how_many_reviews_are_missing():
    log_ = {f"q{n}": reviews((0, 1.0), (3, 1.0)) for n in range(NEEDED - 1)}

    assert f"needs {NEEDED} reviews" in what_is_missing(log_)
    assert f"you have {NEEDED - 1}." in what_is_missing(log_)
    assert what_is_missing(log_ | {"one-more": reviews((0, 1.0), (3, 1.0))}) == ""


def test_what_predicts_worse_is_not_better():
    assert Fitted((), 512, 128, before=0.4, after=0.39).is_better
    assert not Fitted((), 512, 128, before=0.4, after=0.4).is_better


def forgetful(many: int) -> Mapping[str, Sequence[Review]]:
    """Play somebody who forgets a new question in about a day, three times of four, whatever FSRS thinks."""
    chance, log_ = Random(1), dict[str, list[Review]]()
    for number in range(many):
        at = NOW + DAY * (number / 4)
        log_[f"q{number}"] = seen = [Review(at, 1.0, 0)]
        for days in (3, 3, 3, 3):
            at += DAY * days
            seen.append(Review(at, float(chance.random() < 0.25), 0))
    return log_


@pytest.mark.skipif(HAS_EXTRA, reason="the optional extra is installed")
def test_without_the_extra_it_says_how_to_get_it():
    with pytest.raises(UsageError, match=r"Install them with: pip install 'coursekit\[fit\]'"):
        fit(forgetful(200))


@pytest.mark.slow
@pytest.mark.skipif(not HAS_EXTRA, reason="needs the optional extra")
@pytest.mark.filterwarnings("default")  # of torch's
def test_parameters_fitted_to_a_forgetful_learner_predict_what_they_have_not_seen():
    found = fit(forgetful(200))

    assert (found.fitted_to + found.judged_on, found.judged_on) == (800, 160)
    assert found.is_better
    assert found.after < found.before - 0.1
