"""A study session without a screen: what to ask next, and how a response becomes a saved attempt.

The app and the plain mode both run on this, so a learner gets the same course from either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, final

from coursekit.course import Course, Topic
from coursekit.scheduling import Card, in_days

if TYPE_CHECKING:  # 20 ms, and Home asks nothing and reads no record on a first visit
    from coursekit.model import Attempt, Mark, Response
    from coursekit.questions._policy import Policy
    from coursekit.questions._question import Question
    from coursekit.store.store import Store


@final
@dataclass(frozen=True, slots=True)
class Standing:
    """How far a set of questions has come. `mean_mark` is over the tried ones, None while there are none."""

    total: int
    new: int
    due: int
    mastered: int
    mean_mark: float | None

    @property
    def tried(self) -> int:
        """Questions tried at least once."""
        return self.total - self.new


@final
@dataclass(frozen=True, slots=True)
class Submitted:
    """A saved attempt, its mark, and where its question stands now: nowhere while the mark is a suggestion.

    Until the key is revealed, the mark does not tell what would give it away.
    """

    attempt: "Attempt"
    mark: "Mark"
    card: Card | None
    policy: "Policy"
    tries: int

    @property
    def is_revealed(self) -> bool:
        """Whether the key and the explanation may be shown now."""
        return self.policy.is_revealed(self.attempt.mark, self.tries)

    @property
    def tries_left(self) -> int:
        """How often the same variant may be tried again now."""
        return 0 if self.attempt.mark >= 1 else max(0, self.policy.attempts - self.tries)


def plan(course: Course, cards: Mapping[str, Card], now: datetime, topic: Topic | None = None) -> tuple[str, ...]:
    """Order the questions to ask: what is due, longest overdue first, then what is new, in course order."""
    names = topic.names if topic else tuple(course.topic_of)
    due = sorted((cards[n].due, n) for n in names if n in cards and cards[n].is_due(now))
    return (*(name for _, name in due), *(name for name in names if name not in cards))


def standing(names: Sequence[str], cards: Mapping[str, Card], now: datetime) -> Standing:
    """Count what is new, due and mastered among some questions."""
    found = [cards[name] for name in names if name in cards]
    return Standing(
        total=len(names),
        new=len(names) - len(found),
        due=sum(card.is_due(now) for card in found),
        mastered=sum(card.is_mastered() for card in found),
        mean_mark=sum(card.last_mark for card in found) / len(found) if found else None,
    )


def next_seed(attempts: "Sequence[Attempt]") -> int:
    """Choose the variant of the next attempt: another one each time."""
    return len(attempts)


def submit(
    store: "Store",
    question: "Question",
    response: "Response",
    *,
    started: datetime,
    now: datetime,
    hints: int,
    confidence: str | None = None,
    tries: int = 1,
) -> Submitted:
    """Grade a response, the last of so many `tries` in a row, and save it: on return it is on disk.

    Raises StoreError.
    """
    from coursekit.model import Attempt

    mark = question.body.grade(response)
    attempt = Attempt(
        question=question.id,
        fingerprint=question.fingerprint,
        response=response,
        mark=mark.fraction,
        points=question.points,
        is_suggestion=mark.is_suggestion,
        hints=hints,
        seed=question.seed,
        started=started,
        finished=now,
        confidence=confidence,
    )
    number = store.add_attempt(attempt)
    submitted = Submitted(replace(attempt, id=number), mark, store.card(question.id), question.policy, tries)
    return submitted if submitted.is_revealed else replace(submitted, mark=concealed(mark, question, response))


def concealed(mark: "Mark", question: "Question", response: "Response") -> "Mark":
    """Leave of the feedback what does not give the key away: on the whole, and on the one option that was chosen."""
    from coursekit.model import Choice

    match question.body.interaction():
        case Choice(many=False):
            said = {number: text for number, text in mark.options.items() if number in response}
        case _:
            said: dict[str, str] = {}
    return replace(mark, options=said)


def confirm(store: "Store", submitted: Submitted, ticks: tuple[bool, ...], now: datetime) -> Submitted:
    """Save which rubric points the learner says were made; that mark counts from now on. Raises StoreError."""
    from coursekit.model import Confirmation

    evidence = submitted.mark.evidence
    total = sum(item.points for item in evidence)
    fraction = sum(item.points for item, tick in zip(evidence, ticks, strict=True) if tick) / total
    store.confirm(Confirmation(submitted.attempt.id, ticks, fraction, now))
    attempt = replace(submitted.attempt, mark=fraction, is_suggestion=False)
    mark, card = replace(submitted.mark, fraction=fraction), store.card(attempt.question)
    return replace(submitted, attempt=attempt, mark=mark, card=card)


def lab_line(store: "Store", submitted: Submitted, lab: str) -> str:
    """Say what the best grade in a question's lab is, and what it makes with the response; '' before the first.

    Raises StoreError.
    """
    grades = store.grades(lab)
    if not grades:
        return ""
    best = max(grades, key=lambda grade: grade.points / grade.out_of)
    attempt = submitted.attempt
    earned, out_of = attempt.mark * attempt.points + best.points, attempt.points + best.out_of
    return (
        f"graded {_short(best.points)} of {_short(best.out_of)} points there; "
        f"with this response {_short(earned)} of {_short(out_of)}"
    )


def score_line(submitted: Submitted, now: datetime) -> str:
    """Say the score and when the question returns: '0 of 1 point · due again in 1 minute'."""
    attempt = submitted.attempt
    out_of = f"{attempt.points:g} point{'' if attempt.points == 1 else 's'}"
    if submitted.mark.is_ungraded:
        parts = [f"not graded here, {out_of}"]
    else:
        parts = [f"{_short(attempt.mark * attempt.points)} of {out_of}"]
    if submitted.mark.is_suggestion and not submitted.mark.is_ungraded:
        parts.append("suggested" if attempt.is_suggestion else "self-graded")
    if submitted.tries_left:
        parts.append(f"{submitted.tries_left} {'try' if submitted.tries_left == 1 else 'tries'} left")
    if attempt.hints:
        parts.append(f"{attempt.hints} hint{'' if attempt.hints == 1 else 's'} used")
    if attempt.confidence:
        parts.append(f"you said {attempt.confidence}")
    if submitted.card:
        parts.append(in_days(submitted.card.due, now))
    return " · ".join(parts)


def _short(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")
