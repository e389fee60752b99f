"""Which question of a session is asked, and which comes next."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, final

from coursekit.tui.question.record import missed_again

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp

_AGAIN = "missed before"


@final
class Order:
    """Names of questions one after the other; where it `comes_back`, what was missed is asked again at the end."""

    def __init__(
        self, app: "CoursekitApp", names: tuple[str, ...], why: Mapping[str, str], *, comes_back: bool
    ) -> None:
        self._app, self._names, self._why, self._comes_back = app, names, dict(why), comes_back
        self._at = 0
        self._since = app.now()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    @property
    def now(self) -> str:
        """The question that is asked."""
        return self._names[self._at]

    @property
    def count(self) -> str:
        """Say how far the session has come."""
        return f"{min(self._at + 1, len(self._names))} of {len(self._names)}"

    def why(self, question: str) -> str:
        """Say why a question comes, '' where nothing is to be said."""
        return self._why.get(question, "")

    def go_on(self) -> bool:
        """Go on to the next question; False at the end."""
        self._at += 1
        if self._at == len(self._names) and self._comes_back:
            self._ask_again()
        return self._at < len(self._names)

    def _ask_again(self) -> None:
        """Add what was missed since the session began, or this was last asked, and is due again by now."""
        since, self._since = self._since, self._app.now()
        again = missed_again(self._app, self._names, since, self._since)
        self._names += again
        self._why |= dict.fromkeys(again, _AGAIN)
