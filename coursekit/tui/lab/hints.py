"""The hints of a lab: read one after the other, each below the one before."""

from collections.abc import Sequence
from typing import final

from coursekit.tui.prose_view import ProseView


@final
class Hints:
    """Which were read; those of an earlier visit count as well."""

    def __init__(self, texts: Sequence[str], read: int = 0) -> None:
        self._texts = texts
        self.read = min(read, len(texts))

    def read_before(self) -> list[ProseView]:
        """Show again what was read."""
        return [self._view(number) for number in range(1, self.read + 1)]

    def next(self) -> ProseView | None:
        """Read another; None when there is none."""
        if self.read == len(self._texts):
            return None
        self.read += 1
        return self._view(self.read)

    def _view(self, number: int) -> ProseView:
        return ProseView(self._texts[number - 1], label=f"Hint {number}")
