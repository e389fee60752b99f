"""A run's curves as one SVG picture that stands alone, for a report or a web page.

    text = svg((Series("training", points),), title="Learning rate 0.3", description=describe(points, "training loss"))

The background is white in a dark page too. What is drawn is told apart by dashes and marks, not only by colour.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import isfinite
from typing import final

from coursekit.plots.axis import Scale, label, scale_of
from coursekit.plots.layout import usable, whole_steps
from coursekit.plots.plot import Name, Series
from coursekit.plots.smooth import Point, thinned

WIDTH, HEIGHT = 720, 420  # pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 20, 44, 94  # of the drawing's margins
_IN_A_ROW, _LONGEST = 4, 20  # entries of the legend; signs of each
_COLUMNS, _MARKS = 600, 60  # of a line; of what has a mark at each point

_DRAWN: dict[Name, str] = {  # what is drawn later lies on top
    "run4": 'stroke="#7a7a00" stroke-width="1.5" stroke-dasharray="1 3"',
    "run3": 'stroke="#00707f" stroke-width="1.5" stroke-dasharray="8 3 2 3"',
    "run2": 'stroke="#8a2d8a" stroke-width="1.5" stroke-dasharray="4 3"',
    "run1": 'stroke="#2d7a2d" stroke-width="1.5" stroke-dasharray="10 4"',
    "ghost": 'stroke="#777777" stroke-width="1.5" stroke-dasharray="2 4"',
    "training": 'stroke="#1f5fbf" stroke-width="1.5"',
    "validation": 'stroke="#c05a00" stroke-width="2"',
}
_TARGET = 'stroke="#1a7f37" stroke-width="1.5" stroke-dasharray="6 4"'


@final
@dataclass(frozen=True, slots=True)
class _Frame:
    """Where steps and losses stand, in pixels."""

    scale: Scale
    steps: float

    def x(self, step: float) -> float:
        return round(_LEFT + step / self.steps * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, loss: float) -> float:
        return round(HEIGHT - _BOTTOM - self.scale.position(loss) * (HEIGHT - _TOP - _BOTTOM), 1)


def svg(
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    names: Mapping[Name, str] | None = None,
    log: bool = False,
    target: float | None = None,
) -> str:
    """Draw series as SVG; `description` is what a screen reader says, `names` are those of the legend.

    A line has a gap where its value is nan or infinite; on a log scale, a value that is not positive lies on the bottom
    edge.
    """
    target = usable(target, is_log=log)
    shown = [_shown(one) for one in sorted(series, key=lambda one: [*_DRAWN].index(one.name))]
    losses = [y for one in shown for _, y in one.points if isfinite(y)]
    frame = _Frame(
        scale_of([*losses, *([] if target is None else [target])], is_log=log),
        max((x for one in shown for x, _ in one.points), default=0.0) or 1.0,
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' role="img" aria-labelledby="title description" font-family="sans-serif" font-size="12" fill="#222222">',
        f'<title id="title">{_text(title)}</title>',
        f'<desc id="description">{_text(description)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="26" font-size="15" font-weight="bold">{_text(title)}</text>',
        *_axes(frame),
        *_target(frame, target),
        *(line for one in shown for line in _line(frame, one)),
        *_legend([(one.name, (names or {}).get(one.name, one.name)) for one in reversed(shown)]),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _shown(one: Series) -> Series:
    """Leave out what has no place on the axis, and more points than can be seen."""
    points = [(x, y) for x, y in one.points if x >= 0 and isfinite(x)]
    return Series(one.name, thinned(points, _COLUMNS))


def _text(text: str) -> str:
    """Make any text fit for XML, which bears no control characters."""
    return escape("".join(sign if sign.isprintable() else "\ufffd" for sign in text))


def _axes(frame: _Frame) -> Iterator[str]:
    ticks = frame.scale.ticks(6)
    step = ticks[1] - ticks[0] if len(ticks) > 1 and not frame.scale.is_log else 0.0
    for tick in ticks:
        y = frame.y(tick)
        yield f'<path d="M{_LEFT} {y}H{WIDTH - _RIGHT}" stroke="#e4e4e4"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label(tick, step)}</text>'
    bottom = HEIGHT - _BOTTOM
    for tick in whole_steps(frame.steps, 8):
        x = frame.x(tick)
        yield f'<path d="M{x} {bottom}v5" stroke="#555555"/>'
        yield f'<text x="{x}" y="{bottom + 19}" text-anchor="middle">{label(tick)}</text>'
    yield f'<path d="M{_LEFT} {_TOP}V{bottom}H{WIDTH - _RIGHT}" fill="none" stroke="#555555"/>'
    yield f'<text x="{(_LEFT + WIDTH - _RIGHT) / 2}" y="{bottom + 38}" text-anchor="middle">step</text>'
    loss = "loss, log scale" if frame.scale.is_log else "loss"
    yield f'<text transform="translate(18 {(_TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">{loss}</text>'


def _target(frame: _Frame, target: float | None) -> Iterator[str]:
    if target is not None:
        y = frame.y(target)
        yield f'<path d="M{_LEFT} {y}H{WIDTH - _RIGHT}" fill="none" {_TARGET}/>'
        place = f'x="{WIDTH - _RIGHT}" y="{y - 5:.1f}" text-anchor="end"'
        yield f'<text {place} fill="#1a7f37">target {label(target)}</text>'


def _line(frame: _Frame, one: Series) -> Iterator[str]:
    """Draw one series, a piece for each run of finite values; h0 shows a piece of one point as a dot."""
    pieces = [[*points] for finite, points in groupby(one.points, key=_is_finite) if finite]
    path = " ".join(f"M{' L'.join(f'{frame.x(x)} {frame.y(y)}' for x, y in piece)}h0" for piece in pieces)
    if path:
        yield f'<path d="{path}" fill="none" stroke-linecap="round" stroke-linejoin="round" {_DRAWN[one.name]}/>'
    if one.name == "validation":
        yield from (_mark(frame.x(x), frame.y(y)) for piece in pieces for x, y in _few(piece))


def _few(points: Sequence[Point]) -> Iterable[Point]:
    return points[:: -(-len(points) // _MARKS)]


def _mark(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="3.5" fill="#c05a00"/>'


def _is_finite(point: Point) -> bool:
    return isfinite(point[1])


def _legend(entries: Sequence[tuple[Name, str]]) -> Iterator[str]:
    """Write a sample and a name for each series, four in a row."""
    room = (WIDTH - _LEFT - _RIGHT) / _IN_A_ROW
    for number, (name, words) in enumerate(entries):
        x, y = round(_LEFT + number % _IN_A_ROW * room, 1), HEIGHT - 32 + 20 * (number // _IN_A_ROW)
        yield f'<path d="M{x} {y - 4}h28" fill="none" {_DRAWN[name]}/>'
        if name == "validation":
            yield _mark(x + 14, y - 4)
        yield f'<text x="{x + 34:.1f}" y="{y}">{_text(_brief(words))}</text>'


def _brief(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
