"""Prompts to give a partner each: a letter assigns. The verdict appears beside each prompt."""

from itertools import zip_longest
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from coursekit.model import Mark, Matching, Response
from coursekit.prose import render
from coursekit.tui.interactions._base import RowsWidget
from coursekit.tui.text import HERE, QUIET, RIGHT, WRONG, line_content, spread

LETTERS = "abcdefgijklmoprstuvwxyz"
"""What partners are called: h, n and q mean something else on every page."""

_ABREAST = 70  # cells: what a terminal of 80 leaves a widget; with less the partners stand below
_GAP = 4
_VERDICT = 10  # cells for "✗ a  key b"

Row = tuple[str, int, Content]
"""What a line belongs to ("prompt", "partner" or ""), at which place, and the line."""


class MatchList(RowsWidget):
    """Prompts with what is assigned to them, and partners with their letters; a partner may serve twice."""

    DEFAULT_CSS = """
    MatchList { height: auto; width: 1fr; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", "previous prompt"),
        Binding("down", "go(1)", "next prompt"),
        Binding("a", "go(0)", "assign a partner by its letter", key_display="a … z"),
        Binding("backspace,delete", "clear", "take the partner away"),
        Binding("enter", "submit", "submit"),
    ]
    cursor = reactive(0)
    assigned: reactive[Response] = reactive(())

    def __init__(self, interaction: Matching, draft: Response = ()) -> None:
        super().__init__()
        self._prompts, self._partners = interaction.prompts, interaction.partners
        self._shown = tuple(map(str, interaction.shown))
        self._key: Response | None = None
        self._notes: dict[str, str] = {}
        self._set: dict[tuple[str, int], list[Content]] = {}
        fits = len(draft) == len(self._prompts) and set(draft) <= {"", *self._shown}  # else it is of an older text
        self.set_reactive(MatchList.assigned, draft if fits else ("",) * len(self._prompts))

    def response(self) -> Response:
        """Return the number of each prompt's partner, nothing when none has one."""
        return self.assigned if any(self.assigned) else ()

    def settle(self, mark: Mark, key: Response) -> None:
        """Show beside each prompt whether its partner is right, and which one is."""
        self._notes = dict(mark.options)
        self._key = key
        self.can_focus = False
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw prompts, partners, and what can be done."""
        return Content("\n").join(_joined(row, self.size.width) for row in self._rows(self.size.width))

    def on_key(self, event: Key) -> None:
        """Assign by letter; letters of no partner are left to the screen."""
        place = LETTERS.find(event.key) if len(event.key) == 1 else -1
        if 0 <= place < len(self._shown) and self.is_open:
            event.stop()
            self._assign(self._shown[place])
        else:
            self.does_at_once(event)

    def on_click(self, event: Click) -> None:
        """Go to the prompt under the pointer, or assign the partner under it."""
        rows = self._rows(self.size.width)
        if not self.can_focus or event.y >= len(rows):
            return
        row = rows[event.y]
        what, place, _ = row[0] if len(row) == 1 or event.x < _column(self.size.width) + _GAP else row[1]
        if what == "prompt":
            self.cursor = place
        elif what == "partner":
            self._assign(self._shown[place])

    def action_go(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(len(self._prompts) - 1, self.cursor + by))

    def action_clear(self) -> None:
        """Take away the partner of the prompt at the cursor."""
        if self._key is None:
            self._assign("")

    def action_submit(self) -> None:
        """Submit what is assigned."""
        if self._key is None:
            self.submit()

    def watch_cursor(self) -> None:
        """Scroll the prompt at the cursor into view."""
        if isinstance(self.parent, Widget) and self.has_focus:
            places = [row[0][:2] for row in self._rows(self.size.width)]
            here = ("prompt", self.cursor)
            region = Region(0, places.index(here), self.size.width, places.count(here))
            self.parent.scroll_to_region(region.translate(self.virtual_region.offset), animate=False)

    def _assign(self, number: str) -> None:
        assigned = list(self.assigned)
        assigned[self.cursor] = number
        self.assigned = tuple(assigned)

    def _letter(self, number: str) -> str:
        return LETTERS[self._shown.index(number)] if number in self._shown else "–"

    def _text(self, number: str) -> list[str]:
        """Return a partner's words; two that read the same are as right as each other."""
        return self._partners[int(number) - 1].split() if number else []

    def _rows(self, width: int) -> list[tuple[Row, ...]]:
        """List the lines: prompts and partners abreast, or the ones below the others."""
        if width >= _ABREAST:
            column = _column(width)
            prompts, partners = self._prompt_rows(column), self._partner_rows(width - column - _GAP)
            rows: list[tuple[Row, ...]] = list(zip_longest(prompts, partners, fillvalue=("", 0, Content(""))))
        else:
            rows = [(row,) for row in (*self._prompt_rows(width), ("", 0, Content("")), *self._partner_rows(width))]
        if self._key is None:
            does = Content.styled("  ↑ ↓ prompt · a letter assigns · enter submits", QUIET)
            rows += [(("", 0, Content("")),), (("", 0, does),)]
        return rows

    def _prompt_rows(self, width: int) -> list[Row]:
        rows: list[Row] = []
        for place, prompt in enumerate(self._prompts):
            is_here = self.has_focus and place == self.cursor and self._key is None
            first, *rest = self._lines(prompt, width - 5 - _VERDICT - 1)
            head = Content.assemble(("▸ " if is_here else "  ", HERE), (str(place + 1), "bold"), "  ")
            line = head + (first.stylize("bold") if is_here else first)
            rows.append(("prompt", place, spread(line, self._state(place), width)))
            note = self._notes.get(str(place + 1))
            rest += [line.stylize(QUIET) for line in self._lines(note, width - 5)] if note else []
            rows += [("prompt", place, Content(" " * 5) + line) for line in rest]
        return rows

    def _partner_rows(self, width: int) -> list[Row]:
        rows: list[Row] = []
        for place, number in enumerate(self._shown):
            first, *rest = self._lines(self._partners[int(number) - 1], width - 5)
            rows.append(("partner", place, Content.assemble("  ", (LETTERS[place], "bold"), "  ", first)))
            rows += [("partner", place, Content(" " * 5) + line) for line in rest]
        return rows

    def _lines(self, markdown: str, width: int) -> list[Content]:
        """Set a text, once for a width."""
        if (markdown, width) not in self._set:
            lines = [line_content(line) for line in render(markdown, max(8, width))]
            self._set[markdown, width] = lines or [Content("")]
        return self._set[markdown, width]

    def _state(self, place: int) -> Content:
        """Say what is assigned to a prompt, and after the verdict what is right."""
        letter = self._letter(self.assigned[place])
        if not self._key:  # not submitted, or not revealed
            return Content.styled(f"[{letter if self.assigned[place] else '_'}]".ljust(_VERDICT), "bold")
        right = self._letter(self._key[place])
        if self._text(self.assigned[place]) == self._text(self._key[place]):
            return Content.styled(f"✓ {letter}".ljust(_VERDICT), RIGHT)
        return Content.assemble((f"✗ {letter}", WRONG), "  ", (f"key {right}", RIGHT))


def _column(width: int) -> int:
    """Give the prompts half of a line, and their partners the rest."""
    return (width - _GAP) // 2


def _joined(row: tuple[Row, ...], width: int) -> Content:
    """Set a prompt's line and a partner's beside each other."""
    if len(row) == 1:
        return row[0][2]
    (_, _, left), (_, _, right) = row
    return left + " " * (_column(width) + _GAP - left.cell_length) + right
