"""What the author's reference is made of: a row for each field, and all about one thing that has fields."""

from dataclasses import dataclass
from typing import Any, final


@final
@dataclass(frozen=True, slots=True)
class Row:
    """One field: its name, with that of the mapping it stands in, and what may stand there."""

    name: str
    type: str
    is_required: bool
    default: Any
    words: tuple[str, ...]
    text: str


@final
@dataclass(frozen=True, slots=True)
class Reference:
    """All about one kind, one sort of file, one optimizer; a family of those has them as `members`."""

    name: str
    summary: str
    remarks: str
    rows: tuple[Row, ...]
    example: str
    members: tuple["Reference", ...] = ()
