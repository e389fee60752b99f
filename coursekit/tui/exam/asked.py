"""One question of an exam, to be responded to: its stem and its widget, and nothing that tells what is right."""

from asyncio import Lock
from collections.abc import Callable, Iterator

from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from coursekit.exam.shown import as_shown, is_given, to_author, to_shown
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Interaction, Response
from coursekit.questions._question import Question
from coursekit.tui.interactions import ResponseWidget, widget_for
from coursekit.tui.page import Page
from coursekit.tui.prose_view import ProseView

_HOLDING = ("picked", "order", "assigned")
"""What the widgets that draw their own rows keep a response in."""


class AskedPage(Page):
    """Shows a question; `keep` is called with the response, in the author's numbers, before a change of it is drawn."""

    DEFAULT_CSS = """
    AskedPage { width: 100%; max-width: 96; height: 1fr; padding: 1 2 0 2; }
    AskedPage > * { padding-right: 1; }
    AskedPage .beside { color: $text-muted; margin: 0 0 1 0; height: auto; }
    """

    def __init__(self, keep: Callable[[Response], None]) -> None:
        super().__init__()
        self._keep = keep
        self._interaction: Interaction | None = None
        self._order: tuple[int, ...] = ()
        self._turn = Lock()

    async def ask(self, question: Question, order: tuple[int, ...], response: Response, beside: str) -> None:
        """Show a question with its response so far; options stand in the drawn order."""
        async with self._turn:  # a key and a click may both want another one: what one lays out, the other would clear
            await self._lay_out(question, order, response, beside)

    async def say(self, text: str) -> None:
        """Show a text in place of a question."""
        async with self._turn:
            self._interaction = None
            await self.clear()
            await self.mount(Static(text, markup=False))

    def take_focus(self) -> None:
        """Go back to the response."""
        if self._interaction:
            self.query_one("#interaction", ResponseWidget).take_focus()

    def nothing_yet(self) -> str:
        """Say that nothing was entered at all; '' once anything was."""
        if not self._interaction:
            return ""
        try:
            response = self.query_one("#interaction", ResponseWidget).response()
        except NoMatches:  # it is being laid out
            return ""
        is_blank = not is_given(self._interaction, response)
        return (is_blank and what_is_missing(self._interaction, response)) or ""

    def stay(self) -> None:
        """Go on with this question after it was submitted: what it shows is kept again."""
        if self._interaction:
            self.query_one("#interaction", ResponseWidget).is_submitting = False
            self._changed()

    async def _lay_out(self, question: Question, order: tuple[int, ...], response: Response, beside: str) -> None:
        self._interaction = None  # what the widgets say while they are laid out is nobody's response
        await self.clear()
        if not self.is_attached:  # the exam was left meanwhile
            return
        interaction = as_shown(question.body.interaction(), order)
        widget = widget_for(interaction, to_shown(response, order))
        widget.id = "interaction"
        above = [Static(beside, classes="beside", markup=False)] if beside else []
        await self.mount(*above, *([ProseView(question.stem)] if question.stem else []), widget)
        self._interaction, self._order = interaction, order
        for node, name in _held(widget):
            self.watch(node, name, self._changed, init=False)
        widget.take_focus()
        self.call_after_refresh(self.scroll_home, animate=False)

    def _changed(self) -> None:
        """Keep what is entered; not what is typed after the key that submits, which is meant for the next question."""
        if not self._interaction:
            return
        try:
            widget = self.query_one("#interaction", ResponseWidget)
            response = widget.response()
        except NoMatches:  # it is being laid out
            return
        if not widget.is_submitting:
            self._keep(to_author(response, self._order) if is_given(self._interaction, response) else ())


def _held(widget: ResponseWidget) -> Iterator[tuple[Widget, str]]:
    """List the widgets and their values that a response is made of."""
    for name in _HOLDING:
        if hasattr(widget, name):
            yield widget, name
    for line in widget.query(Input):
        yield line, "value"
    for text in widget.query(TextArea):
        yield text, "text"
