"""What the gradient's length and the learning rate did over a run, as two strips below its curve."""

from collections.abc import Sequence

from coursekit.plots.captions import of_quantity
from coursekit.plots.strip import strip
from coursekit.tui.lab.picture import Picture, Rows, styled

Line = Sequence[tuple[float, float]]  # (step, value)


class StripsView(Picture):
    """Two strips of one row each; their names are as long as each other, so that their steps stand below each other."""

    DEFAULT_CSS = """
    StripsView { height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._norms: Line = ()
        self._rates: Line = ()
        self._steps: float | None = None
        self._present: float | None = None
        self._said = ""

    def show(self, norms: Line, rates: Line, *, steps: float | None = None, present: float | None = None) -> None:
        """Draw these lines over so many steps, with a mark at one of them."""
        self._norms, self._rates, self._steps, self._present = norms, rates, steps, present
        self._said = ""
        self.redraw()

    @property
    def said(self) -> str:
        """The strips in a line of words, put once for what is shown: of 10,000 steps it takes 15 ms."""
        if not self._said:
            norms, rates = of_quantity(self._norms, "gradient's length"), of_quantity(self._rates, "learning rate")
            self._said = f"{norms} {rates}"
        return self._said

    def rows_for(self, width: int, height: int) -> Rows:
        """Draw both."""
        del height
        norms = strip(self._norms, width, name="gradient", x_max=self._steps, present=self._present)
        rates = strip(self._rates, width, name="rate    ", x_max=self._steps, present=self._present, log=False)
        return styled((*norms.rows, *rates.rows))
