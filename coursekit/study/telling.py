"""Everything that the statistics draw, said in sentences: for a pipe, a screen reader, and the head of a report."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from coursekit.course import Course
from coursekit.study import calibration, diary, forecast, mastery, retention, streak
from coursekit.study.seeing import Standing, Truth, days, decay_of, fitted, labs, labs_sentence, standing, truth

if TYPE_CHECKING:  # opens SQLite
    from coursekit.store.store import Store

EMPTY = "Nothing was studied yet. Begin with 'coursekit', or 'coursekit ask --plain'."


def told(course: Course, store: "Store", now: datetime, zone: tzinfo | None = None) -> Iterator[str]:
    """Yield a sentence for each picture, the whole first. Raises StoreError."""
    cards = store.cards()
    if cards:
        yield from standing_told(course, standing(course, cards, now, decay_of(fitted(store))))
        done = days(course, store, cards, now, zone)
        yield streak.sentence(done.streak)
        yield diary.sentence(done.diary)
        yield diary.time_sentence(done.diary)
        yield forecast.sentence(done.forecast)
        yield from truth_told(truth(store))
    else:
        yield EMPTY
    yield labs_sentence(labs(course, store))


def standing_told(course: Course, found: Standing) -> Iterator[str]:
    """Say how well the course is mastered, which objective least, and each topic that was begun."""
    yield mastery.sentence(found.whole, "the course")
    if least := found.weakest:
        yield f"The least of what was begun: {least.words} ({mastery.percent(least.mastery.share)})."
    for topic, each in zip(course.topics, found.topics, strict=True):
        if each.seen:
            yield mastery.sentence(each, topic.title)


def truth_told(found: Truth) -> Iterator[str]:
    """Say what came of what was said and predicted."""
    yield calibration.sentence(found.calibration)
    for each in found.calibration:
        if each.verdict not in ("fits", "too few to tell"):
            yield f"{each.word}: {each.verdict}."
    if found.by_certainty:
        yield calibration.certainty_sentence(found.said)
    yield retention.sentence(found.groups)
