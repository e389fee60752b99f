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
from coursekit.tui.text import HERE, QUIET, WRONG

_TYPED = set("0123456789.,-/%eE")


class KnobList(Widget, can_focus=True):
    """One line per knob: name, value, where it stands in its range."""

    DEFAULT_CSS = """
    KnobList { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "previous knob"),
        Binding("down", "move(1)", "next knob"),
        Binding("left", "turn(-1)", "turn down"),
        Binding("right", "turn(1)", "turn up"),
        Binding("backspace", "erase", "erase what is typed", show=False),
    ]
    cursor = reactive(0)
    typed = reactive("")
    problem = reactive("", layout=True)
    can_turn = reactive(True)

    class Turned(Message):
        """A knob stands somewhere else."""

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
            self.problem = str(error)
            return False
        return True

    def render(self) -> Content:
        """Draw the knobs."""
        width = self.size.width
        lines = [self._line(place, knob, width) for place, knob in enumerate(self._knobs)]
        return Content("\n").join([*lines, Content.styled(self.problem, WRONG)] if self.problem else lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line each, and one for what is wrong."""
        del container, viewport, width
        return len(self._knobs) + bool(self.problem)

    def on_key(self, event: Key) -> None:
        """Type a value for the knob at the cursor; esc drops it."""
        if event.key == "escape" and self.typed:
            event.stop()
            self.typed = ""
        elif self.can_turn and event.character and event.character in _TYPED and self._takes(event.character):
            event.stop()
            self.problem = ""
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
        """A letter only goes on with a number: `1e-3`."""
        return character not in "eE" or bool(self.typed)

    def _set(self, knob: Knob, value: KnobValue) -> None:
        self.problem = ""
        self._values[knob.name] = value
        self.refresh()
        self.post_message(self.Turned())

    def _line(self, place: int, knob: Knob, width: int) -> Content:
        is_here = place == self.cursor
        value = f"{self.typed}▏" if is_here and self.typed else show(self._values[knob.name])
        name = knob.name.replace("_", " ")
        head = [
            ("▸ " if is_here else "  ", HERE),
            (f"{name:14} ", "bold" if is_here else ""),
            (f"{value:>8}  ", "bold"),
        ]
        return Content.assemble(*head, self._scale(knob, max(6, width - 28))).truncate(width)

    def _scale(self, knob: Knob, width: int) -> Content:
        value = self._values[knob.name]
        if knob.choices:
            shown = [f"[{show(c)}]" if c == value else f" {show(c)} " for c in knob.choices]
            return Content.styled("".join(shown), QUIET)
        room = max(4, min(16, width - 18))
        place = min(room - 1, round(knob.share(value) * (room - 1)))
        track = f"◂{'─' * place}●{'─' * (room - 1 - place)}▸"
        return Content.styled(f"{track} {show(knob.least)} … {show(knob.most)}", QUIET)
