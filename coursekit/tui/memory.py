"""What is gone from the screen is not kept in memory.

Textual 8 keeps all drawn lines of the last 1,024 widgets, some 70 MB, by a cache on a method that has no use for its
widget. It is private: another Textual may not have it.
"""

from functools import lru_cache
from typing import Any

from textual._styles_cache import StylesCache

_KEPT = 1024  # pairs of colours, as Textual keeps


def forget_what_is_gone() -> None:
    """Have two colours remembered, and no widget with them; once is enough."""
    method = vars(StylesCache).get("get_inner_outer")
    compute = getattr(method, "__wrapped__", None)
    if compute and not isinstance(method, staticmethod):

        @lru_cache(_KEPT)
        def shared(*colours: Any) -> Any:  # Any: Textual's own
            return compute(StylesCache, *colours)

        StylesCache.get_inner_outer = staticmethod(shared)  # pyright: ignore[reportAttributeAccessIssue]
