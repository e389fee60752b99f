"""What a sitting came to: the score, by topic and objective, each miss with why, and the labs to see it in."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from coursekit.exam.report import Report, Tally
from coursekit.exam.telling import certainty, headline, how_it_ended, missed, title_line
from coursekit.plots.bar import bar
from coursekit.prose import inline
from coursekit.study.settings import is_by_certainty
from coursekit.tui.keybar import KeyBar
from coursekit.tui.page import Page
from coursekit.tui.prose_view import ProseView
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.text import QUIET, RIGHT, WRONG, line_content, spread

_WIDEST = 92
_BAR = 10


class ExamReportScreen(CourseScreen):
    """A page to be read; what the exam does not show afterwards is not on it."""

    DEFAULT_CSS = """
    ExamReportScreen Page { width: 100%; max-width: 96; height: 1fr; padding: 1 2 0 2; }
    ExamReportScreen Page > * { padding-right: 1; height: auto; margin: 0 0 1 0; }
    ExamReportScreen .miss { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,L", "lab", "open the lab of something you missed"),
        Binding("u,U", "links", "list the links on this page"),
        Binding("escape,enter", "dismiss", "go back"),
    ]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def compose(self) -> ComposeResult:
        """Lay out the page and the keys."""
        page = Page(*self._parts())
        page.can_focus = True
        yield page
        keys = [("l", "l", "lab")] if self._labs else []
        yield KeyBar(
            ("down", "↓", "read on"),
            *keys,
            ("question_mark", "?", "keys"),
            ("escape", "esc", "back"),
            ("q", "q", "leave"),
        )

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(Page).focus(scroll_visible=False)

    def action_lab(self) -> None:
        """Ask which lab to open, of those of what was missed."""
        from coursekit.tui.screens.pick import PickScreen

        labs = self._labs
        if len(labs) > 1:
            self.app.push_screen(PickScreen("Which lab?", labs), self._open)
        elif labs:
            self._open(1)

    def action_links(self) -> None:
        """Ask which link of the page to open."""
        from coursekit.tui.screens.links import show_links

        show_links(self)

    @property
    def _labs(self) -> tuple[str, ...]:
        if "misses" not in self._report.sitting.blueprint.after:
            return ()
        named = (one.question.lab for one in self._report.misses if one.question)
        return tuple(dict.fromkeys(name for name in named if name))

    def _open(self, number: int | None) -> None:
        if number:
            self.app.open_lab(self._labs[number - 1], self._report.sitting.blueprint.title)

    def _parts(self) -> Iterator[Widget]:
        report, after = self._report, self._report.sitting.blueprint.after
        style = RIGHT if report.has_passed else WRONG
        title = Content.styled(report.sitting.blueprint.title, "bold")
        said = Content.styled(headline(report), style)
        lines = [title, said, Content.styled(how_it_ended(report.sitting), QUIET), *self._certainty()]
        yield Static(Content("\n").join(lines), markup=False)
        if "topics" in after:
            yield from self._tallies("By topic", report.topics)
            yield from self._tallies("By objective", report.objectives)
        if "misses" in after:
            yield from self._misses()

    def _certainty(self) -> Iterator[Content]:
        """Say the certainty-based marks, where the learner has chosen them."""
        said = certainty(self._report) if is_by_certainty(self.app.store) else ""
        if said:
            yield Content(said)

    def _tallies(self, title: str, tallies: Sequence[Tally]) -> Iterator[Static]:
        width = min(_WIDEST, self.app.size.width - 5)
        if tallies:
            lines = [Content.styled(title, "bold"), *(_line(each, width) for each in tallies)]
            yield Static(Content("\n").join(lines), markup=False)

    def _misses(self) -> Iterator[Widget]:
        if not self._report.misses:
            yield Static("Nothing was missed.", markup=False)
        for one in self._report.misses:
            yield Static(line_content(inline(title_line(one))).stylize("bold"), classes="miss", markup=False)
            for label, text in missed(one):
                yield ProseView(text, label=label)
            if one.question and one.question.lab:
                yield ProseView(f"lab **{one.question.lab}**, key l", label="See it")


def _line(each: Tally, width: int) -> Content:
    name = f"{each.name} {each.words}".strip()
    right = Content(f"{bar(each.share, _BAR)} {each.earned:g} of {each.out_of:g}".ljust(_BAR + 10))
    return spread(Content(f"  {name}"), right, width)
