"""The end of a session: how it went, what comes back when, and what to do next."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from typing import ClassVar, final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.prose import inline
from coursekit.study.agenda import Agenda, more_words, share_words
from coursekit.study.summary import Summary, how_it_went, points, what_comes_back
from coursekit.tui.keybar import Key, KeyBar
from coursekit.tui.page import Page
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.starting import cram, study_today, today_now
from coursekit.tui.text import HERE, QUIET, line_content, spread

_WIDEST = 92
_MOST_LABS = 3
_INDENT = 7
_AT_THE_END = "That was the last one."
_LEFT = "Until next time."


@final
class SummaryScreen(CourseScreen):
    """What a session came to; enter goes back to where it began. `is_left`: before its last question."""

    DEFAULT_CSS = """
    SummaryScreen #where { width: 100%; max-width: 96; height: auto; padding: 1 2 0 2; }
    SummaryScreen Page { width: 100%; max-width: 96; height: 1fr; padding: 1 2 0 2; }
    SummaryScreen Page Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss", "back to where the session began"),
        Binding("escape", "dismiss", "go back"),
        Binding("n,N", "again", "go on with another session"),
        *(
            Binding(str(number), f"lab({number})", f"lab {number} of what was missed")
            for number in range(1, _MOST_LABS + 1)
        ),
        Binding("l,L", "lab(1)", "the lab of what was missed first"),
    ]

    def __init__(self, place: str, found: Summary, *, is_left: bool) -> None:
        super().__init__()
        self._place, self._found, self._is_left = place, found, is_left

    def compose(self) -> ComposeResult:
        """Lay out the session's name, what it came to, and the keys."""
        yield Static("", id="where", markup=False)
        with Page():
            yield Static("", id="text", markup=False)
        yield KeyBar(*self._keys())

    def on_mount(self) -> None:
        """Let arrows scroll where the terminal is low."""
        page = self.query_one(Page)
        page.can_focus = True
        page.focus()

    def on_resize(self) -> None:
        """Set the lines for the new width."""
        width = min(_WIDEST, self.app.size.width - 4)
        title = Content.styled(self.app.course.title, "bold")
        self.query_one("#where", Static).update(spread(title, Content.styled(self._place, QUIET), width))
        self.query_one("#text", Static).update(self._text(width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """List no lab that there is not, nor another session where there is nothing left to ask."""
        if action == "lab":
            return parameters[0] in range(1, len(self._labs) + 1)
        return bool(self._more) if action == "again" else super().check_action(action, parameters)

    def action_lab(self, number: int) -> None:
        """Open the lab of a question that was missed."""
        if number <= len(self._labs):
            self.app.open_lab(self._labs[number - 1][0], "What was missed")

    def action_again(self) -> None:
        """Begin another session in the place of this screen."""
        app, day, is_cram = self.app, self._day, self._found.is_cram
        if not is_cram and not (day and self._more):
            return
        self.dismiss()
        if is_cram:
            cram(app)
        elif day:
            study_today(app, day)

    @cached_property
    def _day(self) -> Agenda | None:
        return today_now(self.app)

    @property
    def _more(self) -> str:
        """What another session would have, '' for nothing."""
        if self._found.is_cram:
            return "cram once more"
        if not self._day:
            return ""
        share, more = share_words(self._day), more_words(self._day)
        return f"study {share}" if share else more and f"go on with {more}"

    @cached_property
    def _labs(self) -> tuple[tuple[str, str], ...]:
        """The labs of what was missed, each once, with the title of the first question that leads there."""
        found: dict[str, str] = {}
        for name in self._found.missed:
            with suppress(CoursekitError):  # it was read to be asked
                question = self.app.course.question(name)
                if question.lab:
                    found.setdefault(question.lab, question.title)
        return tuple(found.items())[:_MOST_LABS]

    def _text(self, width: int) -> Content:
        found = self._found
        ended = _LEFT if self._is_left else _AT_THE_END
        if not found.questions:
            head = [Content(f"{ended} Nothing was submitted this time.")]
        else:
            head = [
                Content(f"{ended} What you submitted is saved."),
                Content(""),
                Content.styled(how_it_went(found), "bold"),
            ]
            head += [Content(points(found))] if found.out_of else []
            head += [
                Content(""),
                Content.styled("What comes back", "bold"),
                Content(what_comes_back(found, self.app.now())),
            ]
        return Content("\n").join([*head, Content(""), Content.styled("What to do next", "bold"), *self._ways(width)])

    def _ways(self, width: int) -> Iterator[Content]:
        for number, (lab, title) in enumerate(self._labs, 1):
            missed = line_content(inline(title)).stylize(QUIET)
            first, *rest = (Content(f"lab {lab}, you missed: ") + missed).wrap(width - _INDENT - 1)  # a scrollbar
            yield Content.styled(str(number).ljust(_INDENT), HERE) + first
            yield from (Content(" " * _INDENT) + line for line in rest)
        if more := self._more:
            yield Content.assemble(("n", HERE), f"      {more}")
        yield Content.assemble(("enter", HERE), "  go back")

    def _keys(self) -> Iterator[Key]:
        yield "enter", "enter", "go back"
        if self._more:
            yield "n", "n", "go on"
        if self._labs:
            yield "l", "l", "lab"
        yield "question_mark", "?", "keys"
        yield "escape", "esc", "back"
