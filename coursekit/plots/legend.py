"""Which mark is whose, in one line.

>>> "".join(text for text, _ in legend((("training", "now"), ("run1", "rate 0.3"), ("run2", "rate 1")), 40))
'⠒⠤ now   + rate 0.3   × rate 1          '
>>> "".join(text for text, _ in legend((("training", "now"), ("run1", "rate 0.3"), ("run2", "rate 1")), 20))
'⠒⠤ now   + rate 0.3…'
"""

from collections.abc import Sequence
from itertools import chain
from typing import Literal, TypeAlias

from coursekit.plots.lines import MARKS, NOISE
from coursekit.plots.plot import Name, Place, Span, fitted

Shown: TypeAlias = Name | Place | Literal["target", "noise"]

SIGNS: dict[Shown, str] = {
    **MARKS,
    "training": "⠒⠤",
    "target": "╌",
    "noise": NOISE,
    "path": "⠒⠤",
    "ahead": "⠁⠄",
    "start": "○",
    "present": "◆",
    "end": "●",
    "batch": "b",
    "full": "f",
}


def legend(labels: Sequence[tuple[Shown, str]], width: int) -> tuple[Span, ...]:
    """Write mark and label of each in exactly `width` cells; a … stands where something was cut off."""
    entries = ((Span(SIGNS[name], name), Span(f" {label}   ", "label")) for name, label in labels)
    spans = list(chain.from_iterable(entries))
    if spans:
        spans[-1] = Span(spans[-1].text.rstrip(), "label")
    if sum(len(text) for text, _ in spans) <= width:
        return fitted(spans, width)
    room = max(0, width - 1)
    short = fitted(spans, room)
    return fitted((*short, Span("…", "label")), width)
