"""Which earlier runs lie behind the picture of a lab, and what their lines are."""

from collections.abc import Collection, Iterable
from typing import final

from coursekit.plots.captions import of_runs
from coursekit.tui.lab.curve_view import EARLIER, Line

_AT_FIRST = 3  # runs, when the learner names none


@final
class Compared:
    """The lines of this visit by the run's number, and the numbers that are shown."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._lines: dict[int, Line] = {}

    def keep(self, number: int, line: Line) -> None:
        """Remember what a run drew."""
        self._lines[number] = line

    def knows(self, number: int) -> bool:
        """Say whether a run's line is there."""
        return number in self._lines

    def toggle(self, number: int) -> None:
        """Show a run, or no longer; the oldest choice gives way when there is no room."""
        if number in self.numbers:
            self.numbers.remove(number)
        else:
            self.numbers = [*self.numbers, number][-len(EARLIER) :]

    def toggle_last(self, others: Collection[int]) -> bool:
        """Show the last of these runs that were made in this visit, or none; False when there is none to show."""
        if self.numbers:
            self.numbers = []
            return True
        self.numbers = [number for number in self._lines if number in others][-_AT_FIRST:]
        return bool(self.numbers)

    def leave(self, number: int) -> None:
        """Forget a run that was removed."""
        self.numbers = [each for each in self.numbers if each != number]

    def behind(self, now: int | None) -> tuple[int, ...]:
        """Return the runs that lie behind run `now`, in the order of their marks."""
        return tuple(number for number in self.numbers if number != now)

    def shown(self, now: int | None) -> tuple[tuple[str, Line], ...]:
        """Return labels and lines of these; a line that is still to be made is empty, so that no mark changes."""
        return tuple((f"run {number}", self._lines.get(number, ())) for number in self.behind(now))

    def said(self, now: Line, shown: Iterable[tuple[str, Line]], metric: str) -> str:
        """Say which ended lowest."""
        ends = [(label, line[-1][1]) for label, line in shown if line]
        return of_runs([*ends, *([("now", now[-1][1])] if now else [])], metric) if ends else ""
