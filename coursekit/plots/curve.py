"""A loss curve as rows of text: thin Braille for the training, heavy marks for the validation.

>>> from coursekit.plots.plot import as_text
>>> points = tuple((step, 2.0 / step) for step in range(1, 21))
>>> print(as_text(curve((Series("training", points),), 40, 7, log=True, target=0.2)))
    │ ⠑⢄
  1 ┤  ⠈⠢⣀
    │     ⠑⠒⠤⣀⡀
0.2 ┼╌╌╌╌╌╌╌╌╌⠈⠉⠒⠢⠤⣀⣀⡀╌╌╌╌╌╌╌╌╌╌╌ target
0.1 ┤                ⠈⠉⠉⠑⠒⠒⠤⠤⠤⠤⢄⣀
    └┬─────────────┬────────────┬
     0            10           20
"""

from collections.abc import Iterable, Sequence
from math import isfinite

from coursekit.plots.axis import TINY, scale_of
from coursekit.plots.columns import length
from coursekit.plots.frame import below, inside, present_ink, side
from coursekit.plots.layout import TARGET, Layout, layout, step_ticks, usable
from coursekit.plots.lines import ink_of, shade
from coursekit.plots.plot import Ink, Name, Plot, Series, Span, fitted
from coursekit.plots.smooth import smoothed

# what is drawn later lies on top
_ORDER: tuple[Name, ...] = ("run4", "run3", "run2", "run1", "ghost", "training", "validation")


def curve(
    series: Sequence[Series],
    width: int,
    height: int,
    *,
    log: bool = False,
    target: float | None = None,
    x_max: float | None = None,
    smooth: bool = False,
    present: float | None = None,
) -> Plot:
    """Draw series into exactly `width` x `height` cells.

    The steps run from 0 to `x_max`, or to the last step. A value that is nan or infinite breaks its line and
    is marked by ↑ at the top; on a log scale, a value that is not positive lies on the bottom edge. With `smooth` the
    training line is its mean, in front of a shade as high as its noise. An upright line marks the step `present`.
    """
    target = usable(target, is_log=log)
    scale = scale_of([*_finite(series), *([] if target is None else [target])], is_log=log)
    parts = layout(width, height, scale, target)
    steps = length((one.points for one in series), x_max)
    ink: Ink = {}
    if parts.across and parts.down:
        noisy = (shade(one, parts, scale, steps) for one in series if smooth and one.name == "training")
        lines = (_calm(one) if smooth else one for one in sorted(series, key=lambda one: _ORDER.index(one.name)))
        inks = [
            *noisy,
            _target_ink(parts),
            present_ink(present, steps, parts.across, parts.down),
            *(ink_of(one, parts, scale, steps) for one in lines),
        ]
        for more in inks:
            ink |= more
    rows = [*(_row(parts, row, ink) for row in range(parts.down)), *below(parts, step_ticks(steps, parts.across))]
    return Plot(tuple(fitted(row, width) for row in rows))


def _calm(one: Series) -> Series:
    return Series(one.name, smoothed(one.points)) if one.name == "training" else one


def _finite(series: Iterable[Series]) -> list[float]:
    return [y for one in series for y in _reach([y for _, y in one.points])]


def _reach(values: list[float]) -> list[float]:
    """Reduce values to the lowest and the highest; a log axis asks for the lowest above 0, so others stay."""
    if not isfinite(sum(values)) or min(values, default=0.0) <= TINY:
        return [value for value in values if value - value == 0.0]
    return [min(values), max(values)]


def _target_ink(parts: Layout) -> Ink:
    row = parts.target_row
    return {} if row is None else {(row, cell): ("╌", "target") for cell in range(parts.across)}


def _row(parts: Layout, row: int, ink: Ink) -> Iterable[Span]:
    """Draw one row: its label, the axis, and what was drawn there."""
    yield from side(parts, row)
    yield from inside(ink, row, parts.across)
    if row == parts.target_row and parts.right:
        yield Span(TARGET, "target")
