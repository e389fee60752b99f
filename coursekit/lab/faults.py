"""What may be wrong with a run that is to be diagnosed: one of these it is.

kind: diagnose
naming: 1                       # points for naming the fault
faults:
  - {says: The learning rate is too high., is: true}
  - {says: The data are sorted by class., why: Then the curve would fall and jump in waves.}
"""

from dataclasses import dataclass
from typing import final

from coursekit.errors import ContentError
from coursekit.fields import Fields

_EXAMPLE = "'- {says: The learning rate is too high., is: true}'"


@final
@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that may be wrong; `why` tells who picks it what speaks for or against it."""

    says: str
    is_it: bool
    why: str


@final
@dataclass(frozen=True, slots=True)
class Naming:
    """Which fault was named, by its number from 1, and what that earned."""

    picked: int
    points: float
    out_of: float


def read_faults(fields: Fields, kind: str) -> tuple[tuple[Fault, ...], float]:
    """Read the faults of a lab and what naming the right one is worth. Raises ContentError."""
    faults = tuple(_fault(fields, entry) for entry in fields.entries("faults"))
    points = float(fields.number("naming", 1))
    if kind != "diagnose":
        if faults or "naming" in fields:
            raise fields.error("faults", "Only 'kind: diagnose' has faults to name. Take them out, or say the kind.")
        return (), 0.0
    if sum(fault.is_it for fault in faults) != 1 or len(faults) < 2:
        message = f"A run to diagnose needs at least two 'faults', one of which it is: {_EXAMPLE}."
        raise fields.error("faults" if faults else "kind", message)
    if not 0 < points <= 1000:
        raise fields.error("naming", "'naming' must be above 0 and at most 1000 points.")
    return faults, points


def name_fault(faults: tuple[Fault, ...], worth: float, picked: int | None) -> Naming | None:
    """Judge which fault was named; None where there is none to name. Naming none earns nothing."""
    if not faults:
        return None
    is_right = picked is not None and 1 <= picked <= len(faults) and faults[picked - 1].is_it
    return Naming(picked or 0, worth if is_right else 0.0, worth)


def _fault(fields: Fields, entry: object) -> Fault:
    if not isinstance(entry, Fields):
        raise fields.error("faults", f"Write each fault as {_EXAMPLE}.")
    is_it = entry.value("is", default=False)
    if not isinstance(is_it, bool):
        raise ContentError(entry.path, entry.line_of("is"), "'is' must be true, or left out.", code="bad-lab")
    fault = Fault(entry.text("says"), is_it, entry.text("why", ""))
    entry.refuse_unknown()
    return fault
