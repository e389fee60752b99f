"""Where the learner stands, as Home shows it: read when it is opened, and again when something may have changed."""

from contextlib import suppress
from typing import TYPE_CHECKING, final

from coursekit.store.counted import Counted
from coursekit.store.place import exists
from coursekit.study.agenda import Agenda, agenda, lab_to_try, read_agenda

if TYPE_CHECKING:  # the app imports the screens
    from collections.abc import Mapping, Sequence

    from coursekit.scheduling import Card
    from coursekit.store.glance import Score
    from coursekit.tui.app import CoursekitApp


@final
class Overview:
    """What the record has and what labs came to; a learner without a record has neither."""

    def __init__(self, app: "CoursekitApp") -> None:
        self.counted = Counted()
        self.runs: tuple[Score, ...] = ()
        self.grades: tuple[Score, ...] = ()
        self._app = app
        self._agenda: Agenda | None = None
        self._cards: dict[str, Card] = {}  # those that were drawn

    @property
    def day(self) -> Agenda:
        """What there is to do today."""
        course = self._app.course
        lab = lab_to_try(course, (), ())
        return self._agenda or agenda(course, frozenset(), frozenset(), self._app.now(), lab=lab)

    def read(self) -> None:
        """Read all that is shown at once; an error is told."""
        if not exists(self._app.home):
            return
        from coursekit.errors import StoreError

        try:
            self._read()
        except StoreError as error:
            self._tell(error)

    def recalled(self, names: "Sequence[str]") -> str:
        """Say how much would be recalled now, '–' before any was seen; a question that was not seen counts 0."""
        cards = self._cards_of(names)
        if not cards:
            return "–"
        from coursekit.study.recalled import memories, percent, share

        return percent(share(memories(cards, self._app.now()).values(), len(names)))

    def hand_in_overdue(self) -> None:
        """Hand in an exam whose time ran out while nobody looked."""
        if exists(self._app.home):
            from coursekit.errors import StoreError
            from coursekit.exam.late import hand_in_overdue

            with suppress(StoreError):  # told where the record is read
                hand_in_overdue(self._app.course, self._app.store, self._app.now())

    def _read(self) -> None:
        app, now = self._app, self._app.now()
        glance, self._cards = app.store.glance(), {}
        self.counted = glance.counted(now).among(app.course.topic_of)
        self.runs, self.grades = glance.runs(), glance.grades()
        passed = {each.lab for each in (*self.runs, *self.grades) if each.points >= each.out_of}
        self._agenda = read_agenda(app.course, app.store, now, self.counted, passed)

    def _cards_of(self, names: "Sequence[str]") -> "Mapping[str, Card]":
        """Return the cards of some questions, read when they are first drawn."""
        from coursekit.errors import StoreError

        seen = [name for name in names if name in self.counted.seen]
        try:
            if missing := [name for name in seen if name not in self._cards]:
                self._cards |= self._app.store.cards_of(missing)
        except StoreError as error:
            self._tell(error)
        return {name: self._cards[name] for name in seen if name in self._cards}

    def _tell(self, error: Exception) -> None:
        from coursekit.tui.telling import tell  # seldom

        tell(self._app, error)
