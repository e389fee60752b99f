"""How an attempt went -> what FSRS is told of it: again, hard, good or easy. The first row that fits counts.

| the response                                                      | rating |
|-------------------------------------------------------------------|--------|
| the learner's own word, given after the verdict                   | that   |
| none, but every point in a grade of its lab                       | hard   |
| less than half of the points                                      | again  |
| not all points, or a hint used, or all points as a guess          | hard   |
| all points, said to be sure, within QUICK_SECONDS                 | easy   |
| all points                                                        | good   |
"""

from typing import Literal

Rating = Literal["again", "hard", "good", "easy"]
RATINGS: tuple[Rating, ...] = ("again", "hard", "good", "easy")
SURE, GUESS = "sure", "guess"
QUICK_SECONDS = 20.0
IN_LAB = "lab"
"""The purpose of an attempt that a grade of the question's lab made: one learnt there with the matter in sight."""


def rate(
    mark: float,
    *,
    hints: int = 0,
    seconds: float | None = None,
    confidence: str | None = None,
    own: str | None = None,
    purpose: str = "study",
) -> Rating:
    """Rate an attempt by the table above; `mark` in [0, 1], `seconds` from the question's coming to the response.

    >>> rate(1), rate(1, hints=1), rate(0.5), rate(0.4), rate(1, confidence="sure", seconds=8), rate(0, own="hard")
    ('good', 'hard', 'hard', 'again', 'easy', 'hard')
    >>> rate(1, purpose=IN_LAB)
    'hard'
    """
    if own in RATINGS:
        return own
    if purpose == IN_LAB:
        return "hard"
    if mark < 0.5:
        return "again"
    if mark < 1 or hints or confidence == GUESS:
        return "hard"
    is_quick = seconds is not None and seconds <= QUICK_SECONDS
    return "easy" if confidence == SURE and is_quick else "good"
