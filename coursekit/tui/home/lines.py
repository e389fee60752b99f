"""The lines of Home, each drawn when it is seen."""

from typing import TYPE_CHECKING, NamedTuple, final

from textual.content import Content

from coursekit.course import Topic
from coursekit.plots.bar import State, dots
from coursekit.study.agenda import Agenda, more_words, share_words
from coursekit.tui.home.overview import Overview
from coursekit.tui.text import HERE, PARTLY, QUIET, RIGHT, spread

if TYPE_CHECKING:  # the record is read where there is one
    from coursekit.store.glance import Score


@final
class Lines(NamedTuple):  # made in a fifth of the time of a dataclass, which the first frame waits for
    """Draws what is known of a day, for a width."""

    found: Overview
    day: Agenda
    width: int

    def start(self) -> Content:
        """Say the obvious next thing to do."""
        if what := share_words(self.day):
            right = f"{self.day.minutes} min   enter  start" if self.day.minutes else "enter  start"
            return self._spread(Content.styled(f"▸ Study now: {what}", HERE), right)
        if more := more_words(self.day):
            return self._spread(Content.styled(f"▸ Today is done. Go on with {more}", HERE), "enter  start")
        return Content.styled("▸ Nothing is due today. Go over a topic, or try a lab.", HERE)

    def rule(self) -> Content:
        """Draw a line across."""
        return Content.styled("─" * self.width, QUIET)

    def lab_to_try(self) -> Content:
        """Name the lab to try today."""
        return self._spread(Content(f"  Lab to try: {self.day.lab}"), "enter  open")

    def lesson(self, lesson: str, topics: tuple[Topic, ...], is_folded: bool) -> Content:
        """Show a lesson, folded or not, with how much of it would be recalled."""
        names = tuple(name for topic in topics for name in topic.names)
        title = Content.styled(f"{'▸' if is_folded else '▾'} {lesson}", "bold")
        return spread(title, Content(self.found.recalled(names).rjust(6)), self.width)

    def topic(self, topic: Topic) -> Content:
        """Show a topic: what is due, a dot per question, how much would be recalled."""
        many = len(self.day.due_names.intersection(topic.names))
        due = f"◷ {many}" if many else ""
        states = dots([self._state(name) for name in topic.names]).ljust(12)[:16]
        right = Content.assemble((due.ljust(5), PARTLY), states, self.found.recalled(topic.names).rjust(6))
        return spread(Content(f"    {topic.title}"), right, self.width)

    def lab(self, name: str) -> Content:
        """Show the best grade of a lab, or before there is one the best run."""
        grades = [grade for grade in self.found.grades if grade.lab == name]
        runs = [run for run in self.found.runs if run.lab == name]
        return spread(Content(f"    {name}"), _best(runs, grades), self.width)

    def _state(self, name: str) -> State:
        counted = self.found.counted
        if name not in counted.seen:
            return "new"
        return "mastered" if name in counted.mastered else "learning"

    def _spread(self, left: Content, right: str) -> Content:
        return spread(left, Content.styled(right, QUIET), self.width)


def _best(runs: "list[Score]", grades: "list[Score]") -> Content:
    found = grades or runs
    if not found:
        return Content.styled("not run yet", QUIET)
    best = max(found, key=lambda each: each.points)
    passed = best.points >= best.out_of
    glyph, style = ("✓", RIGHT) if passed else ("≈" if best.points else "✗", PARTLY)
    return Content.assemble((glyph, style), f" {'graded ' if grades else ''}{best.points:g} of {best.out_of:g} points")
