r"""The commands of TeX that read letters, not maths: \text{if}, \operatorname{Var}, \begin{pmatrix}.

>>> WORDS["operatorname"](deque(["{", "V", "a", "r", "}", "x"]))
[Atom(text='Var', kind='function')]
"""

from collections import deque
from collections.abc import Callable
from itertools import islice

from coursekit.prose import symbols
from coursekit.prose.atoms import SPACE, Atom


def read_word(tokens: deque[str]) -> str:
    """Read a group as it is written, without its braces."""
    while tokens and tokens[0].isspace():
        tokens.popleft()
    text, level = "", 0
    while tokens:
        token = tokens.popleft()
        level += (token == "{") - (token == "}")
        text += _letters(token)
        if level <= 0:
            break
    return text


def read_option(tokens: deque[str]) -> str:
    """Read `[...]` if it is there."""
    if not tokens or tokens[0] != "[" or "]" not in islice(tokens, 20):
        return ""
    tokens.popleft()
    text = ""
    while (token := tokens.popleft()) != "]":
        text += _letters(token)
    return text


def _letters(token: str) -> str:
    if token in ("{", "}", "\\", "$") or token == "\\!":
        return ""
    return " " if token[0] == "\\" and token[1:] in symbols.SPACES else token.removeprefix("\\")


def _name(tokens: deque[str]) -> list[Atom]:
    if tokens and tokens[0] == "*":
        tokens.popleft()
    return [Atom(read_word(tokens), "function")]


def _text(tokens: deque[str]) -> list[Atom]:
    return [Atom(read_word(tokens))]


def _begin(tokens: deque[str]) -> list[Atom]:
    name = read_word(tokens)
    if name == "array":
        read_word(tokens)
    return [Atom(symbols.MATRICES[name][0], "opening")] if name in symbols.MATRICES else []


def _end(tokens: deque[str]) -> list[Atom]:
    name = read_word(tokens)
    return [Atom(symbols.MATRICES[name][1], "closing")] if name in symbols.MATRICES else []


def _new_row(tokens: deque[str]) -> list[Atom]:
    read_option(tokens)
    return [Atom(";", "punctuation"), SPACE]


WORDS: dict[str, Callable[[deque[str]], list[Atom]]] = {
    **dict.fromkeys(symbols.WORDS, _text),
    "operatorname": _name,
    "begin": _begin,
    "end": _end,
    "\\": _new_row,
}
