"""The knobs of a lab: arrows choose and turn, digits type a value, a click on a row chooses it."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from coursekit.errors import UsageError
from coursekit.lab.knobs import Knob, KnobValue, show
from coursekit.tui.text import HERE, QUIET

_TYPED = set("0123456789.,-/%eE")


class KnobList(Widget, can_focus=True):
    """One line per knob: name, value, where it stands in its range."""

    DEFAULT_CSS = """
    KnobList { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "previous knob"),
        Binding("down,j", "move(1)", "next knob"),
        Binding("left", "turn(-1)", "turn down"),
        Binding("right", "turn(1)", "turn up"),
        Binding("0", "erase", "type a value", key_display="0 … 9"),
        Binding("backspace", "erase", "erase what is typed", show=False),
    ]
    cursor = reactive(0)
    typed = reactive("")
    can_turn = reactive(True)

    class Turned(Message):
        """A knob stands somewhere else, or cannot be put where it was to go: then `problem` says why."""

        def __init__(self, problem: str = "") -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, knobs: tuple[Knob, ...]) -> None:
        super().__init__()
        self._knobs = knobs
        self._values: dict[str, KnobValue] = {knob.name: knob.value for knob in knobs}

    @property
    def values(self) -> Mapping[str, KnobValue]:
        """Where each knob stands."""
        return dict(self._values)

    def put(self, values: Mapping[str, KnobValue]) -> None:
        """Set the knobs as they stood in a run."""
        self._values |= {name: value for name, value in values.items() if name in self._values}
        self.refresh()

    def take_typed(self) -> bool:
        """Set the knob to what was typed; False, with the reason shown, when it cannot be."""
        text, self.typed = self.typed, ""
        if not text:
            return True
        knob = self._knobs[self.cursor]
        try:
            self._set(knob, knob.read(text))
        except UsageError as error:
            self.post_message(self.Turned(str(error)))
            return False
        return True

    def render(self) -> Content:
        """Draw the knobs."""
        width = self.size.width
        lines = [self._line(place, knob, width) for place, knob in enumerate(self._knobs)]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take one line for each knob."""
        del container, viewport, width
        return len(self._knobs)

    def on_key(self, event: Key) -> None:
        """Type a value for the knob at the cursor; esc drops it.

        What moves or ends the typing is done at once: a binding would come after the digits behind it.
        """
        if (event.key == "escape" and self.typed) or (event.key == "enter" and not self.take_typed()):
            event.stop()
            self.typed = ""
        elif by := {"up": -1, "down": 1}.get(event.key):
            event.stop()
            self.action_move(by)
        elif event.key == "backspace":
            event.stop()
            self.action_erase()
        elif self.can_turn and event.character and event.character in _TYPED and self._takes(event.character):
            event.stop()
            self.typed += event.character

    def on_click(self, event: Click) -> None:
        """Choose the knob under the pointer."""
        if event.y < len(self._knobs):
            self.focus()
            self.cursor = event.y

    def on_mouse_scroll_up(self) -> None:
        """Turn up."""
        self.action_turn(1)

    def on_mouse_scroll_down(self) -> None:
        """Turn down."""
        self.action_turn(-1)

    def action_move(self, by: int) -> None:
        """Choose another knob, taking what was typed."""
        if self.take_typed():
            self.cursor = (self.cursor + by) % len(self._knobs)

    def action_turn(self, direction: int) -> None:
        """Turn the knob one notch."""
        if self.can_turn and self.take_typed():
            knob = self._knobs[self.cursor]
            self._set(knob, knob.nudge(self._values[knob.name], direction))

    def action_erase(self) -> None:
        """Take back one typed character."""
        self.typed = self.typed[:-1]

    def _takes(self, character: str) -> bool:
        """Take a letter only where it goes on with a number: `1e-3`."""
        return character not in "eE" or bool(self.typed)

    def _set(self, knob: Knob, value: KnobValue) -> None:
        self._values[knob.name] = value
        self.refresh()
        self.post_message(self.Turned())

    def _line(self, place: int, knob: Knob, width: int) -> Content:
        is_here = place == self.cursor
        name = knob.name.replace("_", " ")
        head = Content.assemble(("▸ " if is_here else "  ", HERE), (f"{name:14} ", "bold" if is_here else ""))
        room = max(8, width - head.cell_length)
        if is_here and self.typed:
            return head + Content.styled(f"{self.typed}▏  enter sets it and runs", HERE)
        return head + (self._choices(knob, room) if knob.choices else self._track(knob, room))

    def _choices(self, knob: Knob, room: int) -> Content:
        """Show the choices around the one that is set, as many as fit."""
        words = [show(choice) for choice in knob.choices]
        at = knob.choices.index(self._values[knob.name])
        first, last = _window([len(word) + 1 for word in words], at, room - 6)
        before = ("‹ " if first else "") + "".join(f"{word} " for word in words[first:at])
        after = "".join(f" {word}" for word in words[at + 1 : last]) + (" ›" if last < len(words) else "")
        return Content.assemble((before, QUIET), (_marked(words[at]), "bold"), (after, QUIET))

    def _track(self, knob: Knob, room: int) -> Content:
        """Show the value, where it stands, and the ends of its range where they fit."""
        value = self._values[knob.name]
        ends = f" {show(knob.least)} … {show(knob.most)}"
        ends = ends if room >= 18 + len(ends) else ""
        length = min(16, room - 12 - len(ends))
        if length < 3:
            return Content.styled(show(value), "bold")
        place = round(knob.share(value) * (length - 1))
        track = f"◂{'─' * place}●{'─' * (length - 1 - place)}▸"
        return Content.assemble((f"{show(value):<8} ", "bold"), (track + ends, QUIET))


def _marked(word: str) -> str:
    """Mark the choice that is set, not only by colour.

    >>> _marked("sgd"), _marked("[None, 4]")
    ('[sgd]', '▸[None, 4]')
    """
    return f"▸{word}" if word.startswith("[") else f"[{word}]"


def _window(widths: list[int], at: int, room: int) -> tuple[int, int]:
    """Return the longest slice around `at` whose widths fit, grown at both ends in turn."""
    first, last = at, at + 1
    while True:
        wider = [(a, b) for a, b in ((first, last + 1), (first - 1, last)) if a >= 0 and b <= len(widths)]
        fitting = [(a, b) for a, b in wider if sum(widths[a:b]) <= room]
        if not fitting:
            return first, last
        first, last = min(fitting, key=lambda ends: abs((at - ends[0]) - (ends[1] - 1 - at)))
