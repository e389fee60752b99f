"""A study session without a screen: what to ask next, and how a response becomes a saved attempt.

The app and the plain mode both run on this, so a learner gets the same course from either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, final

from coursekit.course import Course
from coursekit.scheduling import Card, in_days
from coursekit.words import count, short

if TYPE_CHECKING:  # 20 ms, and Home asks nothing and reads no record on a first visit
    from coursekit.model import Attempt, Mark, Response
    from coursekit.questions._policy import Policy
    from coursekit.questions._question import Question
    from coursekit.store.store import LabGrade, Store


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
    by_certainty: bool = False
    """Whether the learner has chosen certainty-based marks."""

    @property
    def is_revealed(self) -> bool:
        """Whether the key and the explanation may be shown now."""
        return self.policy.is_revealed(self.attempt.mark, self.tries)

    @property
    def tries_left(self) -> int:
        """How often the same variant may be tried again now."""
        return 0 if self.attempt.mark >= 1 else max(0, self.policy.attempts - self.tries)


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


def next_seed(store: "Store", question: str) -> int:
    """Choose the variant of the next attempt: another one each time. Raises StoreError."""
    return store.tries(question)


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
    purpose: str = "study",
    serves: str | None = None,
) -> Submitted:
    """Grade a response, the last of so many `tries` in a row, and save it: on return it is on disk, its draft is not.

    Cramming leaves the schedule alone; `serves` is the due question in whose place this one was asked.
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
        purpose=purpose,
        serves=serves,
    )
    number = store.add_attempt(attempt, draft=response if mark.evidence else ())  # a text stays until it is confirmed
    submitted = Submitted(
        replace(attempt, id=number),
        mark,
        store.card(question.id),
        question.policy,
        tries,
        by_certainty=store.settings.get("marks") == "certainty",
    )
    return submitted if submitted.is_revealed else replace(submitted, mark=concealed(mark, question, response))


def submit_written(store: "Store", course: Course, grade: "LabGrade", hints: int = 0) -> tuple[Submitted, ...]:
    """Save an attempt at each question whose function a grade of its lab has judged. Raises StoreError.

    `hints` is how many of the lab's were shown before.
    A grade that says of a function what the last one said counts again only once its question is due.
    """
    from coursekit.lab.code.attempts import earned_by, written_for

    done: list[Submitted] = []
    for question, body in written_for(course, grade.lab):
        earned, card = earned_by(body.entry, grade.results), store.card(question.id)
        is_news = card is None or card.is_due(grade.at) or card.last_mark != earned.fraction
        if earned.has_result and is_news:
            graded = replace(question, body=body.graded(earned.fraction))
            done.append(submit(store, graded, (grade.config["code"],), started=grade.at, now=grade.at, hints=hints))
    return tuple(done)


def written_attempt(store: "Store", question: "Question", after: int) -> Submitted | None:
    """Return the newest attempt at a question of code as it was submitted, None where it has the id `after` or less.

    Raises StoreError.
    """
    from coursekit.model import Mark

    attempts = store.attempts(question.id)
    if not attempts or attempts[-1].id <= after:
        return None
    return Submitted(attempts[-1], Mark(attempts[-1].mark), store.card(question.id), question.policy, 1)


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


def as_rated(store: "Store", submitted: Submitted) -> Submitted:
    """Return what was submitted with the learner's own rating of it, and where its question stands by that.

    Raises StoreError.
    """
    name, number = submitted.attempt.question, submitted.attempt.id
    own = next((each.own_rating for each in store.attempts(name) if each.id == number), None)
    return replace(submitted, attempt=replace(submitted.attempt, own_rating=own), card=store.card(name))


def code_line(store: "Store", lab: str, entry: str) -> str:
    """Say what the last grade in a lab of code gave a function, and the lab. Raises StoreError."""
    from coursekit.lab.code.attempts import earned_by

    grades = store.grades(lab)
    if not grades:
        return "not graded yet; it gives you a file to begin in, and checks it at every save"
    last = grades[-1]
    earned, whole = earned_by(entry, last.results), f"{short(last.points)} of {short(last.out_of)} points in all"
    if not earned.has_result:
        return f"at the last grade `{entry}` gave no result; {whole}"
    return f"at the last grade `{entry}` earned {short(earned.points)} of {short(earned.out_of)} points; {whole}"


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
        f"graded {short(best.points)} of {short(best.out_of)} points there; "
        f"with this response {short(earned)} of {short(out_of)}"
    )


def score_line(submitted: Submitted, now: datetime) -> str:
    """Say the score and when the question returns: '0 of 1 point · due again in 1 minute'."""
    attempt = submitted.attempt
    out_of = f"{attempt.points:g} point{'' if attempt.points == 1 else 's'}"
    if submitted.mark.is_ungraded:
        parts = [f"not graded here, {out_of}"]
    else:
        parts = [f"{short(attempt.mark * attempt.points)} of {out_of}"]
    if submitted.mark.is_suggestion and not submitted.mark.is_ungraded:
        parts.append("suggested" if attempt.is_suggestion else "self-graded")
    if submitted.tries_left:
        parts.append(f"{submitted.tries_left} {'try' if submitted.tries_left == 1 else 'tries'} left")
    if attempt.hints:
        parts.append(f"{count(attempt.hints, 'hint')} used")
    if attempt.confidence:
        parts.append(f"you said {attempt.confidence}")
    if submitted.by_certainty and not submitted.mark.is_suggestion:
        from coursekit.study.calibration import certainty_points

        parts.append(f"{certainty_points(attempt.confidence, attempt.mark):+g} by certainty")
    if attempt.own_rating:
        parts.append(f"rated {attempt.own_rating} by you")
    if submitted.card:
        parts.append(in_days(submitted.card.due, now))
    return " · ".join(parts)
