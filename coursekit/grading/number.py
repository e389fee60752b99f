"""Numbers as people write them: `0.5`, `.5`, `1/2`, `5e-1`, `50 %` and `0,5` are one value."""

import math
import re
from collections.abc import Mapping

_DECIMAL = r"(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
_NUMBER = re.compile(rf"([-+]?{_DECIMAL})(?:/([-+]?{_DECIMAL}))?(%?)")
_ALIKE = str.maketrans({"−": "-", "–": "-", "⁄": "/", "×": "x", "\u00a0": "", "\u202f": "", " ": "", "_": ""})


def read_number(text: str) -> float | None:
    """Return the value of a number as typed, None when it is not one.

    A comma is a decimal mark; digits are not grouped by it.

    >>> read_number("1/2"), read_number("50 %"), read_number("0,5"), read_number("half")
    (0.5, 0.5, 0.5, None)
    """
    found = _NUMBER.fullmatch(re.sub(r"[x*]10\^", "e", text.strip().translate(_ALIKE)))
    if not found or len(text) > 100:
        return None
    top, bottom = (float(part.replace(",", ".")) if part else 1.0 for part in found.group(1, 2))
    if not bottom:
        return None
    value = top / bottom / (100 if found[3] else 1)
    return value if math.isfinite(value) else None


def read_quantity(text: str, units: Mapping[str, float]) -> float | None:
    """Return a number that a unit may follow, in the unit whose factor is 1; without a unit it is in that one.

    >>> units = {"ms": 1.0, "s": 1000.0}
    >>> [read_quantity(text, units) for text in ("1,5 s", "20 ms", "20", "2 kg")]
    [1500.0, 20.0, 20.0, None]
    """
    text = text.strip()
    for unit in sorted(units, key=len, reverse=True):
        if text.endswith(unit) and (value := read_number(text.removesuffix(unit))) is not None:
            return value * units[unit]
    return read_number(text)


def is_close(value: float, key: float, *, absolute: float, relative: float) -> bool:
    """Say whether a value is within the larger of two tolerances, with room for the last bit of rounding.

    >>> is_close(1.005, 1.0, absolute=0, relative=0.005)
    True
    """
    allowed = max(absolute, relative * abs(key))
    return abs(value - key) <= allowed * (1 + 1e-9) + 1e-12 * abs(key)


def format_number(value: float) -> str:
    """Write a number as short as six digits allow; a whole one in full.

    >>> format_number(0.1 + 0.2), format_number(1437.0), format_number(2.0**20)
    ('0.3', '1437', '1048576')
    """
    return f"{value:.0f}" if abs(value) < 1e15 and value == round(value) else f"{value:.6g}"


def describe_tolerance(*, absolute: float, relative: float) -> str:
    """Say beside the input how near is near enough.

    >>> describe_tolerance(absolute=0, relative=0.005), describe_tolerance(absolute=0, relative=0)
    ('a number, within 0.5 %', 'a number, exact')
    """
    parts = [f"{100 * relative:.4g} %"] if relative else []
    parts += [f"{absolute:.4g}"] if absolute and (not relative or absolute > 1e-3) else []
    return f"a number, within {' or '.join(parts)}" if parts else "a number, exact"
