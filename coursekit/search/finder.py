"""An index that is filled between keys: what is there can be found while the rest is still being read."""

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import final

from coursekit.course import Course
from coursekit.search.course import add_notes, fill
from coursekit.search.index import Entry, Hit, Index


@final
class Finder:
    """A course's index, kept from search to search, and beside it what changes: notes, and what a screen can do."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._index = Index()
        self._pieces = fill(self._index, course)
        self._beside = Index()
        self.is_whole = False

    def grow(self, seconds: float, clock: Callable[[], float] = perf_counter) -> bool:
        """Read on for about so long; say whether there is more to read."""
        end = clock() + seconds
        while not self.is_whole and clock() < end:
            self.is_whole = next(self._pieces, self) is self
        return not self.is_whole

    def put_beside(self, notes: Mapping[str, str], entries: tuple[tuple[Entry, str], ...]) -> None:
        """Take in the notes as they are now, and entries with the words that they are found by."""
        self._beside = Index()
        for entry, also in entries:
            self._beside.add(entry, also)
        add_notes(self._beside, self._course, notes)

    def find(self, query: str, most: int = 50) -> tuple[Hit, ...]:
        """Return the best of both."""
        hits = (*self._beside.find(query, most), *self._index.find(query, most))
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:most])
