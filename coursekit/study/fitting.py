"""FSRS's parameters fitted to one's own log, and how well predictions by any parameters come true.

Log loss is the mean of -ln p over reviews that went well and of -ln(1 - p) over the others, where p is the recall that
was predicted just before. Guessing 0.5 always gives 0.693; less is better. As FSRS's benchmark does, it counts reviews
on a later day than the one before only: https://github.com/open-spaced-repetition/srs-benchmark

The optimizer sees the older four fifths of the log; the newest fifth, which it has not seen, judges.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import NamedTuple, final

from coursekit.errors import UsageError
from coursekit.model import Attempt
from coursekit.scheduling import Review

NEEDED = 640
"""Reviews on a later day than the one before, of which FSRS's optimizer wants 512 to fit to."""
_FITTED_SHARE = 0.8
_LEAST = 1e-9  # a prediction is never more certain than this

Histories = Mapping[str, Sequence[Review]]
"""The reviews of each question, oldest first."""


class Prediction(NamedTuple):
    """The recall in [0, 1] that was predicted just before a review, and what came of it."""

    at: datetime
    recall: float
    was_recalled: bool


@final
@dataclass(frozen=True, slots=True)
class Fitted:
    """Parameters, on how many reviews they were fitted and judged, and the log loss by the old ones and by these."""

    parameters: tuple[float, ...]
    fitted_to: int
    judged_on: int
    before: float
    after: float

    @property
    def is_better(self) -> bool:
        """Whether they predict better what they have not seen."""
        return self.after < self.before


def histories(attempts: Iterable[Attempt]) -> dict[str, list[Review]]:
    """Return the reviews of each question as its card counts them."""
    found: dict[str, list[Review]] = {}
    for attempt in attempts:
        if counts(attempt):
            for name in {attempt.question, attempt.serves} - {None}:
                found.setdefault(str(name), []).append(_review(attempt))
    return found


def counts(attempt: Attempt) -> bool:
    """Say whether an attempt counts for the schedule: cramming does not, nor a suggestion until it is confirmed."""
    return attempt.purpose != "cram" and not attempt.is_suggestion


def predictions(histories: Histories, parameters: Sequence[float] = ()) -> Iterator[Prediction]:
    """Yield what was predicted before each review on a later day than the one before it; no parameters: FSRS's own."""
    import fsrs  # 25 ms, so only when something was reviewed

    scheduler = fsrs.Scheduler(parameters, enable_fuzzing=False) if parameters else fsrs.Scheduler(enable_fuzzing=False)
    for reviews in histories.values():
        card = fsrs.Card(card_id=1)
        for review in reviews:
            if card.last_review and (review.at - card.last_review).days > 0:
                recall = float(scheduler.get_card_retrievability(card, review.at))
                yield Prediction(review.at, recall, review.rating != "again")
            card, _ = scheduler.review_card(card, fsrs.Rating[review.rating.capitalize()], review.at)


def log_loss(found: Iterable[Prediction]) -> float:
    """Return the log loss of some predictions, 0 of none.

    >>> at = datetime(2026, 1, 1)
    >>> round(log_loss([Prediction(at, 0.9, True), Prediction(at, 0.9, False)]), 4)  # (-ln 0.9 - ln 0.1) / 2
    1.204
    """
    losses = [-log(min(1 - _LEAST, max(_LEAST, p if good else 1 - p))) for _, p, good in found]
    return sum(losses) / len(losses) if losses else 0.0


def what_is_missing(histories: Histories) -> str:
    """Say why there is nothing to fit to yet, '' when there is enough."""
    many = sum(1 for _ in predictions(histories))
    if many >= NEEDED:
        return ""
    return (
        f"There is not enough to fit to yet: it needs {NEEDED} reviews, each on a later day than the one before of its "
        f"question, and you have {many}. Until then FSRS's own parameters do well."
    )


def fit(histories: Histories, parameters: Sequence[float] = ()) -> Fitted:
    """Fit to the older reviews, and judge by the newest against these parameters; takes a minute or more.

    Raises UsageError where the optional extra is not installed.
    """
    cut = _cut(list(predictions(histories)))
    older = {name: [review for review in reviews if review.at < cut] for name, reviews in histories.items()}
    found = _optimized(older)
    before, after = ([p for p in predictions(histories, each) if p.at >= cut] for each in (parameters, found))
    fitted_to = sum(1 for _ in predictions(older))
    return Fitted(found, fitted_to, len(after), log_loss(before), log_loss(after))


def _cut(found: Sequence[Prediction]) -> datetime:
    """Return the instant that parts the older predictions from the newest."""
    return sorted(prediction.at for prediction in found)[int(len(found) * _FITTED_SHARE)]


def _optimized(histories: Histories) -> tuple[float, ...]:
    import fsrs
    from fsrs.optimizer import Optimizer  # a second, and PyTorch

    logs = [
        fsrs.ReviewLog(number, fsrs.Rating[review.rating.capitalize()], review.at, None)
        for number, reviews in enumerate(histories.values())
        for review in reviews
    ]
    try:
        optimizer = Optimizer(logs)
    except ImportError:
        message = "Fitting needs PyTorch and pandas, and not both are installed. Install them with: pip install"
        raise UsageError(f"{message} 'coursekit[fit]'") from None
    return tuple(map(float, optimizer.compute_optimal_parameters()))


def _review(attempt: Attempt) -> Review:
    """Say of an attempt what a rating hangs on."""
    return Review(
        attempt.finished,
        attempt.mark,
        attempt.hints,
        attempt.seconds,
        attempt.confidence,
        attempt.own_rating,
        attempt.purpose,
    )
