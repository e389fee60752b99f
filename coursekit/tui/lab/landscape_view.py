"""The way of a run through its landscape, and both gradients at one place of it."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from coursekit.lab.travel import Gradient, Journey, Place
from coursekit.plots.ground import Ground, Piece, Surface, ground_of
from coursekit.plots.heights import heights
from coursekit.plots.landscape import Arrow, Side, landscape
from coursekit.plots.profile import profile
from coursekit.tui.lab.picture import Picture, Rows, styled

# Eight heights, low to high, dark enough (or light enough) for a way that is drawn in front of each:
_DARK = ("#0b1d33", "#12304d", "#1b4464", "#28597a", "#3a6d8a", "#528196", "#6e94a1", "#8ea9ae")
_LIGHT = ("#ffffff", "#eef3f7", "#dce7ef", "#c9dae6", "#b5ccdc", "#a0bdd2", "#8aaec7", "#749fbb")
_INKS_DARK = {
    "": "#a9b1b8",
    "path": "bold #ffffff",
    "ahead": "#d6e2ea",
    "start": "bold #ffffff",
    "end": "bold #ffffff",
    "present": "bold #ffd75f",
    "batch": "bold #ffb454",
    "full": "bold #9ff08c",
}
_INKS_LIGHT = {
    "": "#4a5058",
    "path": "bold #101820",
    "ahead": "#33414d",
    "start": "bold #101820",
    "end": "bold #101820",
    "present": "bold #a01e1e",
    "batch": "bold #8a3b00",
    "full": "bold #0b5a1f",
}
_SIDES: tuple[Side, Side] = ("full", "batch")  # the batch's arrow in front


class LandscapeView(Picture):
    """A plane of parameters with the loss as height, or a valley where there is a single parameter."""

    def __init__(self) -> None:
        super().__init__()
        self._journey: Journey | None = None
        self._at = 0
        self._ground: Ground | None = None

    def show(self, journey: Journey | None, at: int = 0) -> None:
        """Draw a journey, the run standing at one of its places; None empties the picture."""
        if journey is not self._journey:
            self._ground = None
        self._journey, self._at = journey, at
        self.redraw()

    def on_resize(self) -> None:
        """Draw the ground anew, which hangs on the size."""
        self._ground = None
        super().on_resize()

    def notify_style_update(self) -> None:
        """Take the colours of the other theme."""
        super().notify_style_update()
        self.redraw()

    def rows_for(self, width: int, height: int) -> Rows:
        """Draw the journey's place."""
        journey = self._journey
        if journey is None or width < 12 or height < 4:
            return ()
        if journey.is_line:
            return styled(self._valley(journey, width, height))
        if self._ground is None:
            self._ground = self._made(journey, width, height - 1)
        arrows = [Arrow(name, move) for name, move in self._moves(journey.places[self._at])]
        rows = landscape(self._ground, journey.path, self._at, arrows=arrows)
        return tuple(self._coloured(row) for row in (*rows, heights(self._ground, width)))

    def render_line(self, y: int) -> Strip:
        """Draw one row of the landscape: a row has some sixty colours, which are looked up, not parsed."""
        if self._journey is None or self._journey.is_line or y >= len(self._rows):
            return super().render_line(y)
        if y not in self._strips:
            own = self.rich_style
            segments = [Segment(text, own + Style.parse(style)) for text, style in self._rows[y]]
            self._strips[y] = Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
        return self._strips[y]

    def _made(self, journey: Journey, width: int, height: int) -> Ground:
        surface = Surface(journey.first, journey.second, journey.losses)
        return ground_of(surface, width, height, is_plain=_has_no_color(self), names=self._names(journey))

    @staticmethod
    def _names(journey: Journey) -> tuple[str, str]:
        return ("", "") if journey.explained >= 1 else ("direction 1", "direction 2")

    def _valley(self, journey: Journey, width: int, height: int) -> Sequence[Sequence[tuple[str, str]]]:
        heights_there = [float("nan") if loss is None else loss for loss in journey.losses[0]]
        valley = list(zip(journey.first, heights_there, strict=True))
        path = [(place.at[0], float("nan") if place.loss is None else place.loss) for place in journey.places]
        moves: list[tuple[Side, float]] = [(name, x) for name, (x, _) in self._moves(journey.places[self._at])]
        return profile(valley, width, height, path=path, present=self._at, arrows=moves).rows

    @staticmethod
    def _moves(place: Place) -> list[tuple[Side, tuple[float, float]]]:
        """Return where each gradient leads: downhill, so the other way."""
        both: dict[Side, Gradient | None] = {"full": place.full, "batch": place.batch}
        return [(name, (-each.arrow[0], -each.arrow[1])) for name in _SIDES if (each := both[name])]

    def _coloured(self, row: Sequence[Piece]) -> Sequence[tuple[str, str]]:
        return tuple((piece.text, self._style(piece)) for piece in row)

    def _style(self, piece: Piece) -> str:
        levels, inks = (_DARK, _INKS_DARK) if _is_dark(self) else (_LIGHT, _INKS_LIGHT)
        ink = levels[piece.ink] if isinstance(piece.ink, int) else inks.get(piece.ink, inks[""])
        back = "" if piece.back is None or _has_no_color(self) else f" on {levels[piece.back]}"
        return f"{ink}{back}"


def _has_no_color(widget: Widget) -> bool:
    return widget.app.no_color  # pyright: ignore[reportUnknownMemberType]


def _is_dark(widget: Widget) -> bool:
    return widget.app.current_theme.dark  # pyright: ignore[reportUnknownMemberType]
