"""A sitting line by line: the same words as on the screen, and no word on what is right.

Question 3 of 15 · 41:20 left
Number: 2
Kept. f flags it, b goes back.
"""

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime

from coursekit.cli._plain_forms import HOW_SURE, SURENESS, WIDTH, Listener, Quit, Word, line, read, say, show
from coursekit.course import Course
from coursekit.errors import ContentError, UsageError
from coursekit.exam import desk
from coursekit.exam.shown import as_shown, is_given, to_author, to_shown
from coursekit.exam.sitting import Sitting
from coursekit.exam.telling import beside, map_text, open_places, spoken, time_left
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Choice, Interaction, Ordering, Response
from coursekit.prose import plain
from coursekit.store.store import Store

_WORDS = frozenset(("b", "d", "f", "h", "m", "n", *SURENESS))
_KEYS = f"n next, b back, f flag, m map, d hand in, q leave; the clock goes on meanwhile. {HOW_SURE}"


class TimeUp(Exception):  # noqa: N818  not an error: the sitting is over
    """The deadline was reached."""


def sit_plain(course: Course, store: Store, sitting: Sitting, now: Callable[[], datetime]) -> Sitting:
    """Ask the places of a sitting until it is handed in, its time is up, or the learner leaves."""
    say(f"{sitting.blueprint.title}. {_KEYS}")
    try:
        with _until_the_end(sitting, now):
            sitting = _Round(course, store, sitting, now).go()
    except TimeUp:
        say("\nThe time is up. What is there is handed in.")
    except Quit as leaving:
        say("What you entered is kept, and the clock goes on. Take it up again with the same command.")
        if leaving.is_interrupt:
            raise KeyboardInterrupt from None
        return desk.look_again(store, sitting)
    return desk.hand_in(course, store, sitting, now())


class _Round:
    """Goes from place to place."""

    def __init__(self, course: Course, store: Store, sitting: Sitting, now: Callable[[], datetime]) -> None:
        self._course, self._store, self._now = course, store, now
        self._sitting = sitting

    def go(self) -> Sitting:
        """Ask until the learner hands in. Raises Quit, TimeUp."""
        place = self._sitting.at if self._sitting.seen else 0
        while self._sitting.ended is None:
            if place >= len(self._sitting.places):
                place = self._review()
            elif place < 0:
                break
            else:
                place = self._ask(place)
        return self._sitting

    def _ask(self, place: int) -> int:
        """Ask one question; return the place to go on with, -1 to hand in."""
        self._sitting = desk.see(self._store, self._sitting, place, self._now())
        self._end_in_time()
        drawn = self._sitting.places[place]
        left = time_left(self._sitting, self._now())
        flagged = "⚑ flagged" if place in self._sitting.flags else ""
        where = f"Question {place + 1} of {len(self._sitting.places)}"
        say("\n" + " · ".join(part for part in (where, left, flagged) if part))
        try:
            question = desk.asked(self._course, drawn)
        except (ContentError, UsageError, ValueError) as error:
            say(f"This question cannot be read any more, and counts as a miss: {error}")
            return place + 1
        if said := beside(question, self._sitting.blueprint.during):
            say(said)
        interaction = as_shown(question.body.interaction(), drawn.order)
        say(plain(question.stem, WIDTH) + "\n")
        show(interaction)
        if given := self._sitting.responses[place]:
            say(f"Entered: {plain(spoken(question.body.interaction(), given), WIDTH)}")
        return self._read(place, interaction, drawn.order)

    def _read(self, place: int, interaction: Interaction, order: tuple[int, ...]) -> int:
        """Read a response or a word about where to go."""
        draft = to_shown(self._sitting.responses[place], order)
        try:
            response = read(interaction, draft, Listener(words=_WORDS, help=_KEYS))
        except Word as typed:
            return self._obey(typed.word, place)
        self._end_in_time()
        if problem := _problem(interaction, response):
            say(problem)
            return place
        kept = to_author(response, order)
        self._sitting = desk.respond(self._store, self._sitting, place, kept, self._now())
        say("Kept.")
        return place + 1

    def _obey(self, word: str, place: int) -> int:
        match word:
            case "n":
                return place + 1
            case "b":
                return max(0, place - 1)
            case "f":
                self._sitting = desk.flag(self._store, self._sitting, place, self._now())
                say("⚑ Flagged." if place in self._sitting.flags else "No longer flagged.")
                return place
            case _ if said := SURENESS.get(word):
                self._sitting = desk.say_how_sure(self._store, self._sitting, place, said, self._now())
                say(f"Kept: {said}.")
                return place
            case "h":
                say("An exam gives no hints.")
                return place
            case _:
                return len(self._sitting.places)

    def _review(self) -> int:
        """Show what has a response, and ask where to go or whether to hand in."""
        left = time_left(self._sitting, self._now())
        say(f"\n{map_text(self._sitting)}\n{open_places(self._sitting)}" + (f" {left}." if left else ""))
        many = len(self._sitting.places)
        while True:
            text = line(f"A number from 1 to {many} goes there, d hands in, q leaves: ")
            self._end_in_time()
            if text == "d":
                return -1
            if text.isdecimal() and 1 <= int(text) <= many:
                return int(text) - 1
            say(f"'{text}' is none of these.")

    def _end_in_time(self) -> None:
        if self._sitting.ended is None and self._sitting.is_time_up(self._now()):
            raise TimeUp


def _problem(interaction: Interaction, response: Response) -> str | None:
    """Say what cannot be meant: nothing, or a number that nothing has. What is incomplete is kept as it is."""
    if not is_given(interaction, response):
        return "Nothing is entered. n leaves it out."
    return what_is_missing(interaction, response) if isinstance(interaction, Choice | Ordering) else None


@contextmanager
def _until_the_end(sitting: Sitting, now: Callable[[], datetime]) -> Generator[None, None, None]:
    """Raise TimeUp at the deadline, also while a line is waited for, where the system can."""
    left = sitting.left(now())
    is_able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if left is None or not is_able:
        yield
        return

    def raise_it(*_: object) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, raise_it)
    signal.setitimer(signal.ITIMER_REAL, max(0.001, left.total_seconds() + 0.05))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
