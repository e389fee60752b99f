"""What somebody said before the verdict, against what came of it; and marks that reward saying it truly.

| said     | right | wrong | pays best when right in |
|----------|-------|-------|-------------------------|
| guess    | +1    | 0     | less than 2 of 3        |
| think so | +2    | -2    | 2 of 3 to 4 of 5        |
| sure     | +3    | -6    | more than 4 of 5        |

Gardner-Medwin, Confidence assessment in the teaching of basic science, Association for Learning Technology Journal 3
(1995), pages 80 to 85; https://tmedwin.net/cbm/. The last column follows: 2 p - 2 (1 - p) > p from p = 2/3 on, and
3 p - 6 (1 - p) > 2 p - 2 (1 - p) from p = 4/5 on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import final

from coursekit.study.interval import wilson
from coursekit.study.recalled import percent
from coursekit.words import count

CERTAINTY: Mapping[str, tuple[int, int]] = {"sure": (3, -6), "think so": (2, -2), "guess": (1, 0)}
"""Points of a right and of a wrong response, by what was said."""
MOST = 3
"""What one response can earn."""
BEST: Mapping[str, tuple[float, float]] = {"sure": (0.8, 1.0), "think so": (2 / 3, 0.8), "guess": (0.0, 2 / 3)}
"""Between which shares of right responses saying so pays best."""
_FEWEST = 10  # attempts; of fewer a share says little


@final
@dataclass(frozen=True, slots=True)
class Said:
    """One word of confidence: how often it was said, how often all points came of it, and between which shares it lies.

    `marks` is the sum of the marks, in which partly right counts partly.
    """

    word: str
    attempts: int
    right: int
    marks: float

    @property
    def share(self) -> float:
        """The share that was right: with all points, for the words are about being right."""
        return self.right / self.attempts if self.attempts else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares it lies (95 %, Wilson)."""
        return wilson(self.share, self.attempts)

    @property
    def verdict(self) -> str:
        """Say whether the word fits: too high, too low, or fits, which it does while it cannot be told."""
        low, high = self.interval
        least, most = BEST[self.word]
        if self.attempts < _FEWEST:
            return "too few to tell"
        return "said too readily" if high < least else "more is known than was said" if low > most else "fits"


def calibration(said: Iterable[tuple[str, int, int, float]]) -> tuple[Said, ...]:
    """Put counts (word, attempts, right, sum of marks) into the order sure, think so, guess; other words are left out.

    >>> [each.word for each in calibration([("guess", 1, 1, 1.0), ("", 5, 5, 5.0), ("sure", 2, 1, 1.0)])]
    ['sure', 'guess']
    """
    found = {each[0]: Said(*each) for each in said}
    return tuple(found[word] for word in CERTAINTY if word in found)


def sentence(found: Sequence[Said]) -> str:
    """Say how often each word came true.

    >>> sentence(calibration([("sure", 27, 22, 23.5), ("guess", 4, 1, 1.0)]))
    'You said sure: right 81 % of the time (of 27); guess: 25 % (of 4).'
    """
    if not found:
        return "Say how sure you are before the verdict, and here stands how often you were right."
    first, *others = found
    said = [f"You said {first.word}: right {percent(first.share)} of the time (of {first.attempts})"]
    said += [f"{each.word}: {percent(each.share)} (of {each.attempts})" for each in others]
    return "; ".join(said) + "."


def certainty_points(word: str | None, mark: float) -> float:
    """Return the certainty-based points, from -6 to 3, of a mark in [0, 1]; a mark between is worth what lies between.

    Who says nothing has staked nothing, and is marked as for a guess. The scheme is one for right and wrong; that it
    runs straight between them is ours.

    >>> [certainty_points("sure", mark) for mark in (1, 0, 0.5)], certainty_points(None, 1)
    ([3, -6, -1.5], 1)
    """
    right, wrong = CERTAINTY.get(word or "guess", CERTAINTY["guess"])
    return wrong + mark * (right - wrong)


def certainty_marks(said: Iterable[tuple[str, int, int, float]]) -> tuple[float, int]:
    """Return the certainty-based marks of counted attempts, and out of how many: three points each.

    >>> certainty_marks([("sure", 2, 1, 1.0), ("", 1, 1, 1.0)])
    (-2.0, 9)
    """
    rows = list(said)
    earned = sum(
        attempts * certainty_points(word, 0) + marks * (certainty_points(word, 1) - certainty_points(word, 0))
        for word, attempts, _, marks in rows
    )
    return earned, MOST * sum(attempts for _, attempts, _, _ in rows)


def certainty_sentence(said: Iterable[tuple[str, int, int, float]], what: str = "attempt") -> str:
    """Say the certainty-based marks of all attempts, or of `what` they are."""
    earned, out_of = certainty_marks(said)
    if not out_of:
        return "No certainty-based marks yet: nothing was tried."
    many = out_of // MOST
    return f"Certainty-based marks: {_short(earned)} of {out_of} in {count(many, what)}, {earned / many:+.2f} each."


def _short(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")
