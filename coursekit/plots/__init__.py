"""Curves, bars and sentences about a training: numbers and a size in, cells out.

>>> from coursekit.plots import bar, describe
>>> bar(0.55, 10)
'█████▌    '
>>> describe(((1, 2.31), (2, 0.4), (3, 0.5)), "training loss")
'training loss: 2.31 at step 1, lowest 0.4 at step 2, 0.5 at step 3.'
"""

from coursekit.plots.bar import State, bar, dots
from coursekit.plots.curve import curve
from coursekit.plots.plot import Plot, Series, Span, as_text
from coursekit.plots.sentence import caption, describe

__all__ = ["Plot", "Series", "Span", "State", "as_text", "bar", "caption", "curve", "describe", "dots"]
