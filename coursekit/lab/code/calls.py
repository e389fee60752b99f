"""What a function came to, case by case."""

from dataclasses import dataclass
from typing import final

from coursekit.sandbox.outcomes import Broken, Raised, Returned
from coursekit.sandbox.values import Value

Case = tuple[Value, ...]
Outcome = Returned | Raised | Broken


@final
@dataclass(frozen=True, slots=True)
class Calls:
    """The cases of a check, smallest first, and what came of each, up to the first that broke its sandbox."""

    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]
