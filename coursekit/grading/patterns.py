r"""Patterns for short responses: a subset of regular expressions that cannot hang.

    read_pattern("gradient (explosion|blow-?up)").matches("Gradient blow-up")

Python's `re` goes back and tries again, which can take for ever and cannot be interrupted. So a pattern is read by
Python's parser, but run by stepping through all its ways at once (Thompson 1968): at most `_MOST_STATES` looks at each
character, whatever the author wrote. Back-references and look-arounds have no place there and are refused; anchors
are not needed, since the whole response has to match.
"""

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from itertools import groupby
from typing import Any, final

from coursekit.grading.folding import MOST_CHARACTERS, fold, smooth

_MOST_STATES = 2000
_MOST_TIMES = 100
_ANYTHING = ("", "qzxv", "qzxv kwpt")
"""What no sensible pattern matches."""
_END = 0

Test = Callable[[str], bool]


@final
@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read; two of the same source are equal."""

    source: str
    _start: int = field(compare=False, repr=False)
    _states: "tuple[tuple[Test | None, tuple[int, ...]], ...]" = field(compare=False, repr=False)

    def matches(self, text: str) -> bool:
        """Say whether the whole text, folded, is one that the pattern describes, with its article or without.

        >>> read_pattern("blow-?up").matches("Blow up!"), read_pattern("blow-?up").matches("blow it up")
        (True, False)
        """
        return any(self._matches(folded) for folded in {fold(text), smooth(text).strip()})

    def _matches(self, folded: str) -> bool:
        here = self._reach([self._start])
        for character in folded:
            here = self._reach(target for state in here for target in self._after(state, character))
        return _END in here

    def _after(self, state: int, character: str) -> tuple[int, ...]:
        test, targets = self._states[state]
        return targets if test and test(character) else ()

    def _reach(self, states: Iterable[int]) -> set[int]:
        """Follow every way that needs no character."""
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state not in found:
                found.add(state)
                test, targets = self._states[state]
                waiting += () if test else targets
        return found


@lru_cache(maxsize=256)  # a question is read at every attempt, and by a check in all its variants
def read_pattern(source: str) -> Pattern:
    """Read a pattern. Raises ValueError, in words for the author, when it cannot be used or matches anything."""
    builder = _Builder()
    try:
        start = builder.sequence(_parse(source), _END)
    except (re.error, Warning, OverflowError, RecursionError) as error:
        raise ValueError(f"The pattern '{source}' cannot be read: {error}. Mend it, or write a plain key.") from None
    pattern = Pattern(source, start, tuple(builder.states))
    if any(pattern.matches(text) for text in _ANYTHING):
        raise ValueError(f"The pattern '{source}' matches anything, even nonsense. Write the words that it must have.")
    return pattern


def _parse(source: str) -> Any:  # Any: Python's own parser has no types
    if len(source) > MOST_CHARACTERS:
        raise ValueError(f"A pattern has at most {MOST_CHARACTERS} characters, this has {len(source)}.")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return import_module("re._parser").parse(source)


@final
class _Builder:
    """A parse tree -> states, made from the end to the start. A state without a test needs no character."""

    def __init__(self) -> None:
        self.states: list[tuple[Test | None, tuple[int, ...]]] = [(None, ())]
        self._nodes = 0

    def sequence(self, nodes: Any, after: int) -> int:
        """Add nodes that follow one another; return the state where they begin."""
        runs = [(name, list(run)) for name, run in groupby(nodes, key=lambda node: str(node[0]))]
        for name, run in reversed(runs):
            if name == "LITERAL":
                after = self._literals("".join(chr(code) for _, code in run), after)
            else:
                for _, detail in reversed(run):
                    after = self._node(name, detail, after)
        return after

    def _node(self, name: str, detail: Any, after: int) -> int:
        self._nodes += 1
        self._refuse_excess()
        match name:
            case "ANY":
                return self._add(lambda _: True, after)
            case "NOT_LITERAL":
                return self._add(lambda c: not _is_in(c, [("LITERAL", detail)]), after)
            case "IN":
                items = [(str(kind), value) for kind, value in detail]
                return self._add(lambda c: _is_in(c, items), after)
            case "BRANCH":
                return self._add(None, *(self.sequence(branch, after) for branch in detail[1]))
            case "SUBPATTERN" if not detail[1] and not detail[2]:
                return self.sequence(detail[3], after)
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, body = detail
                return self._repeat(least, most, body, after)
            case _:
                raise ValueError(_REFUSED)

    def _repeat(self, least: Any, most: Any, body: Any, after: int) -> int:
        is_endless = str(most) == "MAXREPEAT"
        if int(least) > _MOST_TIMES or (not is_endless and int(most) > _MOST_TIMES):
            raise ValueError(
                f"A pattern repeats something more than {_MOST_TIMES} times. Write '+' or a smaller number."
            )
        if is_endless:
            after = self._add(None, after)
            test, targets = self.states[after]
            self.states[after] = (test, (self.sequence(body, after), *targets))
        else:
            for _ in range(int(most) - int(least)):
                after = self._add(None, self.sequence(body, after), after)
        for _ in range(int(least)):
            after = self.sequence(body, after)
        return after

    def _literals(self, run: str, after: int) -> int:
        """Add characters, folded as a response is; where only punctuation was, a response may have nothing."""
        for character in reversed(smooth(run)):
            state = self._add(_reads(character, run), after)
            after = self._add(None, state, after) if character == " " and not re.search(r"\s", run) else state
        return after

    def _add(self, test: Test | None, *targets: int) -> int:
        self.states.append((test, targets))
        self._refuse_excess()
        return len(self.states) - 1

    def _refuse_excess(self) -> None:
        if max(len(self.states), self._nodes) > _MOST_STATES:
            raise ValueError("This pattern is too large. Repeat less, or write plain keys.")


_REFUSED = (
    "A pattern can have words, '( | )', '[ ]', '.', '?', '*', '+' and '{2}'. Leave out anchors (the whole response has "
    "to match anyway), back-references, look-arounds and flags."
)


def _reads(wanted: str, run: str) -> Test:
    marks = {" ", *(mark for mark in "-.," if mark in run)} if wanted in " -.," else set[str]()
    return lambda character: character == wanted or character in marks


def _is_in(character: str, items: list[tuple[str, Any]]) -> bool:
    """Say whether a character of a folded text stands for one of a class; a space may have been a dash."""
    alike = {character, character.upper(), *("-_" if character == " " else "")}
    is_negated = bool(items) and items[0][0] == "NEGATE"
    return any(_is_one(one, kind, value) for one in alike for kind, value in items) != is_negated


def _is_one(one: str, kind: str, value: Any) -> bool:
    match kind:
        case "LITERAL":
            return one == chr(value) or one == unicodedata.normalize("NFKC", chr(value)).casefold()
        case "RANGE":
            return len(one) == 1 and value[0] <= ord(one) <= value[1]
        case "CATEGORY":
            return bool(_CATEGORIES[str(value)].match(one))
        case _:
            return False


_CATEGORIES = {
    "CATEGORY_DIGIT": re.compile(r"\d"),
    "CATEGORY_NOT_DIGIT": re.compile(r"\D"),
    "CATEGORY_SPACE": re.compile(r"\s"),
    "CATEGORY_NOT_SPACE": re.compile(r"\S"),
    "CATEGORY_WORD": re.compile(r"\w"),
    "CATEGORY_NOT_WORD": re.compile(r"\W"),
}
