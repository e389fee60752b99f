"""What the record says while a session goes on; where it cannot be read, nothing: that is told where it is written."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, final

from coursekit.course import Topic
from coursekit.errors import CoursekitError
from coursekit.model import Response
from coursekit.questions._question import Question
from coursekit.scheduling import Card

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp
    from coursekit.tui.question_page import QuestionPage


def advice_on(app: "CoursekitApp", question: Question) -> str:
    """Say what may help with a question that was learnt and missed again and again, '' of any other."""
    from coursekit.study.leeches import advice, is_leech

    card = _card(app, question.id)
    return advice(question, card) if card and is_leech(card) else ""


def missed_again(app: "CoursekitApp", order: tuple[str, ...], since: datetime, now: datetime) -> tuple[str, ...]:
    """Return what of these was missed since a time and is due again by now."""
    from coursekit.study.again import missed_again as of_cards  # at the end of a session

    return of_cards(order, _cards(app), since, now)


@final
class Introductions:
    """The lines that place a topic: in a session once, above the first of its questions."""

    def __init__(self, app: "CoursekitApp") -> None:
        self._app = app
        self._seen: set[str] = set()

    def of(self, question: Question) -> str:
        """Return them, '' where they were shown before, or one of the topic's questions was tried."""
        if question.topic in self._seen:
            return ""
        self._seen.add(question.topic)
        topic = self._app.course.topic_of[question.id]
        return "" if _is_known(self._app, topic) else topic.document.text.source


@final
class Drafts:
    """What is entered on a page and not submitted."""

    def __init__(self, page: "QuestionPage") -> None:
        self._page = page
        self._kept: Response = ()

    def read(self, question: str) -> Response:
        """Return what was entered at a question before. Raises CoursekitError."""
        self._kept = self._page.app.store.draft(question)
        return self._kept

    def keep(self) -> None:
        """Keep what is entered now, if it has changed."""
        entered, question = self._page.entered(), self._page.question
        if not question or entered is None or entered == self._kept:
            return
        with suppress(CoursekitError):
            self._page.app.store.keep_draft(question.id, entered)
            self._kept = entered


def _card(app: "CoursekitApp", question: str) -> Card | None:
    try:
        return app.store.card(question)
    except CoursekitError:
        return None


def _cards(app: "CoursekitApp") -> Mapping[str, Card]:
    try:
        return app.store.cards()
    except CoursekitError:
        return {}


def _is_known(app: "CoursekitApp", topic: Topic) -> bool:
    try:
        return bool(app.store.cards_of(topic.names))
    except CoursekitError:
        return False
