"""What a check finds: where, what is wrong, by which code, and what would mend it."""

from typing import NamedTuple, final

from coursekit.clean import clean
from coursekit.errors import ContentError


@final
class Finding(NamedTuple):
    """One problem. An error keeps a question or lab from being right; a warning says that it could be better."""

    path: str
    line: int
    code: str
    message: str
    is_error: bool = True
    fix: tuple[str, str] | None = None
    """What to put in that line, and for what, where that is safe."""

    @property
    def severity(self) -> str:
        """Say in a word how grave it is."""
        return "error" if self.is_error else "warning"

    def __str__(self) -> str:
        """Write it on one line for a person, without control characters."""
        return clean(f"{self.path}:{self.line}: {self.severity}: {self.message} [{self.code}]")


def as_finding(error: ContentError) -> Finding:
    """Take what the reader refused."""
    return Finding(error.path, error.line, error.code, error.message, True, error.fix)
