r"""Markdown text -> lines of styled spans, for a screen, a pipe or a screen reader alike.

    >>> from coursekit.prose import inline, plain, render
    >>> render(r"Steps of size $\eta$", 30)
    ((Span(text='Steps of size ', style=''), Span(text='η', style='math')),)
    >>> plain("- shuffle\n- **step**", 30)
    '• shuffle\n• step'
    >>> inline("at most `32`")
    (Span(text='at most ', style=''), Span(text='32', style='code'))

Nothing in here draws: a front end maps the styles in `spans.STYLES` to its colours.
"""

from coursekit.prose.blocks import inline, plain, render
from coursekit.prose.spans import STYLES, Line, Span, cells

__all__ = ["STYLES", "Line", "Span", "cells", "inline", "plain", "render"]
