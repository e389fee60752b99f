"""Atoms of a formula, and how TeX's spacing sets them side by side in one line.

>>> join([Atom("x"), Atom("≤", "relation"), Atom("−", "binary"), Atom("1")])
'x ≤ −1'
>>> join([Atom("1/N", "fraction"), Atom("∑", "prefix"), Atom("x")])
'(1/N)∑x'
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias, final

Kind: TypeAlias = Literal[
    "ordinary", "function", "operator", "prefix", "binary", "relation", "opening", "closing",
    "punctuation", "slash", "fraction", "space",
]  # fmt: skip


@final
class Atom(NamedTuple):
    """A piece of a formula and the part that it plays.

    A prefix stands right before its operand (∇L); with limits it is an operator (∑ᵢ xᵢ).
    """

    text: str
    kind: Kind = "ordinary"


SPACE = Atom(" ", "space")

_SPACED = {"relation", "binary"}
_TERM_ENDS = {"ordinary", "closing", "fraction"}
_FACTOR_BEFORE = {"ordinary", "closing", "fraction", "slash", "prefix", "function", "operator"}
_FACTOR_AFTER = {"ordinary", "opening", "fraction", "slash", "prefix", "function", "operator"}
_COMPOUND = {"relation", "binary", "slash", "fraction"}
_CALLS = {"ordinary", "function"}
_NUMBER = re.compile(r"\d+([.,]\d+)?")


def join(atoms: Sequence[Atom], *, tight: bool = False) -> str:
    """Set atoms in a line: relations and sums apart, fractions in brackets where a factor stands beside.

    `tight` leaves all spaces out, as in a subscript.
    """
    shown = _signed([atom for atom in atoms if atom.kind != "space"])
    spaced = [before.kind == "space" for before, atom in _pairs(atoms) if atom.kind != "space"]
    parts: list[str] = []
    for index, atom in enumerate(shown):
        before = shown[index - 1] if index else None
        after = shown[index + 1] if index + 1 < len(shown) else None
        if before and not tight and _apart(before, atom, spaced[index]):
            parts.append(" ")
        parts.append(_shown(before, atom, after))
    return "".join(parts)


def _pairs(atoms: Sequence[Atom]) -> Sequence[tuple[Atom, Atom]]:
    return list(zip([Atom(""), *atoms], atoms, strict=False))


def _signed(atoms: list[Atom]) -> list[Atom]:
    """Turn a plus or minus that has nothing on its left into a sign."""
    return [
        Atom(atom.text, "prefix") if atom.kind == "binary" and before.kind not in _TERM_ENDS else atom
        for before, atom in _pairs([Atom("", "opening"), *atoms])[1:]
    ]


def _shown(before: Atom | None, atom: Atom, after: Atom | None) -> str:
    beside = (before and before.kind in _FACTOR_BEFORE) or (after and after.kind in _FACTOR_AFTER)
    return f"({atom.text})" if atom.kind == "fraction" and beside else atom.text


def _apart(before: Atom, atom: Atom, spaced: bool) -> bool:
    if atom.kind in ("closing", "punctuation") or before.kind == "opening":
        return False
    if before.kind in _SPACED or atom.kind in _SPACED:
        return True
    if before.kind in ("function", "operator"):
        return atom.kind not in ("opening", "fraction")
    if atom.kind == "function" and before.kind in _TERM_ENDS:
        return True
    ragged = before.text[-2:-1] in ("_", "^") and atom.kind == "ordinary"
    return ragged or (spaced and before.kind != "prefix")


def is_single(atoms: Sequence[Atom]) -> bool:
    """Tell whether atoms need no brackets under a root or below a fraction: 2, x, ∂w, ‖g‖, f(x)."""
    shown = [atom for atom in atoms if atom.kind != "space"]
    if len(shown) == 1:
        return shown[0].kind not in _COMPOUND
    if _NUMBER.fullmatch(join(shown)) or (len(shown) == 2 and _is_differential(shown[0])):
        return True
    return is_enclosed(shown) or (len(shown) > 2 and shown[0].kind in _CALLS and is_enclosed(shown[1:]))


def _is_differential(atom: Atom) -> bool:
    return atom.text == "d" or (atom.kind == "prefix" and atom.text not in "+−")


def is_enclosed(atoms: Sequence[Atom]) -> bool:
    """Tell whether one pair of brackets or bars holds all of it."""
    if len(atoms) < 2:
        return False
    (first, *inner, last) = atoms
    if first.text == last.text and first.text in ("|", "‖"):
        return not any(atom.text == first.text for atom in inner)
    is_pair = first.kind == "opening" and last.kind == "closing"
    return is_pair and not any(atom.kind in ("opening", "closing") for atom in inner)


def is_product(atoms: Sequence[Atom]) -> bool:
    """Tell whether atoms need no brackets above a fraction: −2ab, ∂L, f(x)."""
    rest = atoms[1:] if atoms and atoms[0].kind == "binary" else atoms
    loose = _COMPOUND | {"function", "operator"}
    return is_single(rest) or not any(atom.kind in loose for atom in rest)
