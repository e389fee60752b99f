"""The way of a run that has ended: step back and forth along it, and see what it saw at each place."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from coursekit.lab.telling import tell_place, tell_whole
from coursekit.lab.travel import Journey
from coursekit.train.config import TrainingConfig
from coursekit.tui.lab.landscape_view import LandscapeView
from coursekit.tui.lab.strips_view import StripsView
from coursekit.tui.lab.travelling import Travelling
from coursekit.tui.text import QUIET

_GRID = (48, 24)  # losses across and down: more would take seconds, and a cell shows two heights
_TICK_SECONDS = 1 / 10
_ARROWS = "b: downhill for this batch, f: for the full data."


class WayPage(Vertical, can_focus=True):
    """A landscape with the way through it, strips below, and a sentence on the place."""

    DEFAULT_CSS = """
    WayPage { width: 100%; height: 1fr; }
    WayPage Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "a place back along the run"),
        Binding("right", "step(1)", "a place on along the run"),
        Binding("pageup", "step(-10)", "ten places back", show=False),
        Binding("pagedown", "step(10)", "ten places on", show=False),
        Binding("home", "end(0)", "to the start of the run"),
        Binding("end", "end(-1)", "to its end"),
    ]

    def __init__(self, log: Path | None) -> None:
        super().__init__(id="way")
        self._log = log
        self._travelling: Travelling | None = None
        self._journey: Journey | None = None
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out the landscape, the strips and the words."""
        yield LandscapeView()
        yield StripsView()
        yield Static("", id="place", markup=False)
        yield Static("", id="whole", markup=False)

    def on_mount(self) -> None:
        """Look for news."""
        self.set_interval(_TICK_SECONDS, self._look)

    def on_unmount(self) -> None:
        """End the child with the page."""
        self.leave()

    def on_hide(self) -> None:
        """End it as well when another page is shown."""
        self.leave()

    def leave(self) -> None:
        """End a journey that is not there yet."""
        if self._travelling and not self._travelling.has_ended:
            self._travelling.stop()
            self._travelling = None

    def open(self, config: TrainingConfig) -> None:
        """Show the way of a run, which is taken again unless it is the one that is shown."""
        shown = self._travelling
        if shown is None or shown.error or shown.config != config:
            self.leave()
            self._empty()
            self._travelling = Travelling(config, self._log, *_GRID)
        self._look()

    def action_step(self, by: int) -> None:
        """Go along the run."""
        if self._journey:
            self._at = max(0, min(len(self._journey.places) - 1, self._at + by))
            self._show()

    def action_end(self, at: int) -> None:
        """Go to the start or the end of the run."""
        if self._journey:
            self._at = at % len(self._journey.places)
            self._show()

    def _look(self) -> None:
        travelling = self._travelling
        if not travelling or self._journey:
            return
        if travelling.journey:
            self._journey, self._at = travelling.journey, 0
            self._show()
        elif travelling.error:
            self._say(str(travelling.error), "")
        else:
            self._say(f"Taking the run again, and measuring the loss around it … {travelling.share:.0%}", "")

    def _empty(self) -> None:
        self._journey = None
        self.query_one(LandscapeView).show(None)
        self.query_one(StripsView).show((), ())

    def _show(self) -> None:
        journey = self._journey
        if not journey:
            return
        place = journey.places[self._at]
        self.query_one(LandscapeView).show(journey, self._at)
        norms = [(each.step, each.batch.length) for each in journey.places if each.batch]
        rates = [(each.step, each.rate) for each in journey.places if each.rate is not None]
        last = journey.places[-1].step
        self.query_one(StripsView).show(norms, rates, steps=last, present=place.step)
        self._say(tell_place(place, last), f"{tell_whole(journey)} {_ARROWS}")

    def _say(self, place: str, whole: str) -> None:
        self.query_one("#place", Static).update(Content(place))
        self.query_one("#whole", Static).update(Content.styled(whole, QUIET))
