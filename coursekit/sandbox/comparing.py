"""Two values held together: structure, shape, number type, numbers within a tolerance; and a value in short.

>>> differ((1.0, 2.0), (1.0, 2.5), Tolerance())
'[1] is 2.5 where 2 is expected'
>>> differ(1.0, float("nan"), Tolerance())
'it holds nan'
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

import numpy as np

from coursekit.clean import clean
from coursekit.sandbox.tolerance import Tolerance
from coursekit.sandbox.values import Array, Value

_MOST_ITEMS, _MOST_TEXT = 6, 400  # of a value that is shown to a person
_MOST_BITS = 128
_BEYOND = 1 << 1000
_MOST_FOLDS = 4  # axes of an array that is written out


def differ(
    expected: Value, got: Value, tolerance: Tolerance, *, any_dtype: bool = False, nan_is_nan: bool = False
) -> str:
    """Say in what a value differs from the expected one; nothing when it does not.

    A nan differs from everything, unless two of them are to be the same.
    """
    return clean(_Comparison(tolerance, any_dtype, nan_is_nan).differ("", expected, got))


def single(value: Value) -> float | None:
    """Return a value as one number, None when it is none."""
    return float(_array(value)) if _is_number(value) and _array(value).ndim == 0 else None


def shorten(value: Value) -> str:
    """Write a value as a person reads it: few digits, long arrays with their middle left out.

    >>> shorten((np.zeros(2), 0.1))
    '(array([0., 0.]), 0.1)'
    """
    with np.printoptions(precision=6, threshold=24, edgeitems=3, linewidth=100, floatmode="maxprec"):
        text = clean(_written(value))
    return text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT // 2]} … {text[-_MOST_TEXT // 2 :]}"


def describe(value: Value) -> str:
    """Name what a value is: 'an array of shape (3,), float64'."""
    match value:
        case np.ndarray() if value.ndim:
            return f"an array of shape {value.shape}, {value.dtype}"
        case np.ndarray():
            return f"a single {value.dtype}"
        case None:
            return "None"
        case dict():
            return f"a dictionary of {len(value)}"
        case tuple() | list():
            return f"a {type(value).__name__} of {len(value)}"
        case _:
            return {"str": "a text", "bool": "a truth value", "int": "a whole number"}.get(
                type(value).__name__, "a number"
            )


@final
@dataclass(frozen=True, slots=True)
class _Comparison:
    """How strictly two values are held together; `at` is where in the whole they stand."""

    tolerance: Tolerance
    any_dtype: bool
    nan_is_nan: bool

    def differ(self, at: str, expected: Value, got: Value) -> str:
        match expected, got:
            case ((tuple() | list()), (tuple() | list())):
                if len(expected) != len(got):
                    return f"{at or 'it'} has {len(got)} items where {len(expected)} are expected"
                pairs = [(f"{at}[{i}]", *both) for i, both in enumerate(zip(expected, got, strict=True))]
            case dict(), dict():
                if set(expected) != set(got):
                    return f"{at or 'it'} has the names {_names(got)} where {_names(expected)} are expected"
                pairs = [(f"{at}[{name!r}]", each, got[name]) for name, each in expected.items()]
            case _:
                return self._differ_plain(at, expected, got)
        return next(filter(None, (self.differ(*pair) for pair in pairs)), "")

    def _differ_plain(self, at: str, expected: Value, got: Value) -> str:
        if type(expected) is int and type(got) is int:
            return "" if got == expected else f"{at or 'it'} is {_whole(got)} where {_whole(expected)} is expected"
        if _is_number(expected) and _is_number(got):
            return self._differ_numbers(at, _array(expected), _array(got))
        if type(expected) is type(got) and expected == got:  # None and texts
            return ""
        if isinstance(expected, str) and isinstance(got, str):
            return f"{at or 'it'} is {got[:40]!r} where {expected[:40]!r} is expected"
        return f"{at or 'it'} is {describe(got)} where {describe(expected)} is expected"

    def _differ_numbers(self, at: str, expected: Array, got: Array) -> str:
        if expected.shape != got.shape:
            return f"{at or 'it'} has the shape {got.shape} where {expected.shape} is expected"
        if not self.any_dtype and not _is_same_type(expected, got):
            return f"{at or 'it'} is {_type(got)} where {_type(expected)} is expected"
        wrong = ~self._agree(expected, got)
        if not wrong.any():
            return ""
        if not np.isfinite(_floats(got)[wrong]).all():
            return f"{at or 'it'} holds {'nan' if np.isnan(_floats(got)[wrong]).any() else 'inf'}"
        where = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = at + (f"[{', '.join(map(str, where))}]" if where else "")
        many = f", and {int(wrong.sum()) - 1} more" if wrong.sum() > 1 else ""
        return f"{place or 'it'} is {_digits(got[where])} where {_digits(expected[where])} is expected{many}"

    def _agree(self, expected: Array, got: Array) -> Array:
        """Say of each number whether it is right. Whole numbers and truth values are held together exactly."""
        if expected.dtype.kind != "f" and got.dtype.kind != "f":
            return np.asarray(expected == got)
        one, two = _floats(expected), _floats(got)
        bound = self.tolerance.absolute + self.tolerance.relative * np.abs(one)
        with np.errstate(all="ignore"):
            near = np.abs(two - one) <= bound
        equal = (one == two) | (np.isnan(one) & np.isnan(two) & self.nan_is_nan)
        return np.asarray(np.where(np.isfinite(one) & np.isfinite(two), near, equal))


def _floats(array: Array) -> Array:
    return array.astype(np.float64)


def _is_number(value: Value) -> bool:
    """Say whether a value can be an array; a whole number beyond all real ones cannot."""
    return isinstance(value, (bool, float, np.ndarray)) or (isinstance(value, int) and abs(value) < _BEYOND)


def _array(value: Any) -> Array:
    """Make a number an array; a whole one beyond 64 bits becomes a real one."""
    if isinstance(value, int) and abs(value) >= 1 << 63:
        return np.asarray(float(value))
    return np.asarray(value)


def _is_same_type(expected: Array, got: Array) -> bool:
    """Say whether number types agree; single numbers may be of any size, and a whole one may stand for a real one."""
    if expected.ndim:
        return expected.dtype == got.dtype
    kinds = {"b": 0, "i": 1, "u": 1, "f": 2}
    one, two = kinds[expected.dtype.kind], kinds[got.dtype.kind]
    return one == two or (one, two) == (2, 1)


def _type(array: Array) -> str:
    return str(array.dtype) if array.ndim else describe(array[()].item())


def _digits(number: Any) -> str:
    return f"{number:.10g}" if np.asarray(number).dtype.kind == "f" else str(number)


def _whole(number: int) -> str:
    """Write a whole number, a very long one by its length only."""
    return str(number) if number.bit_length() <= _MOST_BITS else f"a whole number of {number.bit_length()} bits"


def _names(value: Mapping[str, Value]) -> str:
    names = sorted(value)
    return ", ".join(names[:_MOST_ITEMS])[:80] + (", …" if len(names) > _MOST_ITEMS else "") or "(none)"


def _written(value: Value) -> str:
    match value:
        case np.ndarray() if value.ndim > _MOST_FOLDS:  # NumPy leaves nothing out of an axis of six
            return f"{describe(value)}, begins {value.reshape(-1)[:_MOST_ITEMS]!r}"
        case np.ndarray():
            return repr(value) if value.ndim else _digits(value[()])
        case dict():
            return (
                f"{{{_some([f'{name!r}: {_written(value[name])}' for name in list(value)[:_MOST_ITEMS]], len(value))}}}"
            )
        case tuple():
            inner = _some([_written(each) for each in value[:_MOST_ITEMS]], len(value))
            return f"({inner}{',' if len(value) == 1 else ''})"
        case list():
            return f"[{_some([_written(each) for each in value[:_MOST_ITEMS]], len(value))}]"
        case float():
            return _digits(value)
        case _:
            return repr(value)[:_MOST_TEXT]


def _some(written: list[str], count: int) -> str:
    """List the first few of many, and say how many there are."""
    return ", ".join([*written, f"… {count} in all"] if count > len(written) else written)
