r"""A TeX formula -> one line of Unicode, for running text.

>>> inline_formula(r"w_{t+1} = w_t - \eta \nabla L(w_t)")
'wₜ₊₁ = wₜ − η ∇L(wₜ)'
>>> inline_formula(r"\frac{1}{N}\sum_{i=1}^{N} \ell(x_i,y_i)")
'(1/N)∑ᵢ₌₁ᴺ ℓ(xᵢ,yᵢ)'
>>> inline_formula(r"\operatorname{Var}(\bar g) = \sigma^2 / B")
'Var(ḡ) = σ² / B'

Whatever it does not know is shown by its name: no backslash and no grouping brace reaches the reader.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import islice

from coursekit.clean import clean
from coursekit.prose import symbols
from coursekit.prose.atoms import SPACE, Atom, Kind, is_enclosed, is_product, is_single, join
from coursekit.prose.powers import in_formula
from coursekit.prose.tex_words import WORDS, read_option

DEEPEST = 30  # groups inside groups; deeper ones are read as if they had no braces

# A space that only ends a command's name is part of the command, not of what is shown.
_TOKENS = re.compile(r"(\\[A-Za-z]+)\s+(?=[A-Za-z0-9(])|(\\[A-Za-z]+|\\.|:=|\s+|[^\\\s]|\\)", re.DOTALL)
_SCRIPTS = {"^": symbols.SUPERSCRIPTS, "_": symbols.SUBSCRIPTS}


def inline_formula(tex: str) -> str:
    """Write `tex` in one line, with Unicode signs, scripts and accents; never raises."""
    tokens = deque(command or token for command, token in _TOKENS.findall(in_formula(clean(tex))))
    atoms: list[Atom] = []
    while tokens:
        atoms += _sequence(tokens, 0)
    text = re.sub(r"\s+", " ", join(atoms)).strip()
    return clean(unicodedata.normalize("NFC", text))  # accents on accents pile up as a stranger's marks do


def unknown_commands(tex: str) -> tuple[str, ...]:
    r"""List the commands that are shown by their names though they are no words.

    >>> unknown_commands(r"\log \foo_x")
    ('\\foo',)
    """
    names = (command or token for command, token in _TOKENS.findall(clean(tex)))
    return tuple(dict.fromkeys(name for name in names if len(name) > 1 and name[0] == "\\" and name[1:] not in _KNOWN))


def _sequence(tokens: deque[str], depth: int) -> list[Atom]:
    """Read up to the brace that closes this group, or to the end."""
    atoms: list[Atom] = []
    while tokens and (token := tokens.popleft()) != "}":
        if token in _SCRIPTS:
            while atoms and atoms[-1].kind == "space":
                atoms.pop()
            atoms.append(_scripted(atoms.pop() if atoms else Atom(""), token, tokens, depth))
        else:
            atoms += _primary(token, tokens, depth)
    return atoms


def _primary(token: str, tokens: deque[str], depth: int) -> list[Atom]:
    """Read what one token begins."""
    if token == "{":
        return _group(tokens, depth) if depth < DEEPEST else []
    if token.isspace() or token == "~":
        return [SPACE]
    if token == "&":
        return _column(tokens)
    if token[0] == "\\":
        return _command(token[1:], tokens, depth)
    return [] if token == "$" else [symbols.CHARACTERS.get(token, Atom(token))]


def _group(tokens: deque[str], depth: int) -> list[Atom]:
    """Read a group; a sum that carries a script gets brackets."""
    atoms = _sequence(tokens, depth + 1)
    if tokens and tokens[0] in _SCRIPTS and atoms:
        return [Atom(_in_brackets(atoms, is_single(atoms)))]
    return atoms


def _column(tokens: deque[str]) -> list[Atom]:
    """Separate the columns of a matrix; before a relation the sign only aligns."""
    after = next((token for token in islice(tokens, 2) if not token.isspace()), "")
    sign = symbols.COMMANDS.get(after[1:]) or symbols.CHARACTERS.get(after)
    return [SPACE] if sign and sign.kind == "relation" else [Atom(",", "punctuation"), SPACE]


def _command(name: str, tokens: deque[str], depth: int) -> list[Atom]:
    """Read a command and what it takes; an unknown one stands apart, as a word."""
    if name in _FENCES:
        return _fence(_FENCES[name], tokens)
    if name in symbols.IGNORED:
        return []
    if name in symbols.SPACES:
        return [SPACE]
    if name in symbols.COMMANDS:
        return [symbols.COMMANDS[name]]
    if name in WORDS:
        return WORDS[name](tokens)
    if depth < DEEPEST and name in symbols.UNSHOWN:
        _argument(tokens, depth)
        return [SPACE] if name.endswith(("space", "phantom")) else []
    if depth < DEEPEST and name in _STRUCTURES:
        return [_STRUCTURES[name](tokens, depth)]
    if depth < DEEPEST and name in symbols.ACCENTS:
        return [_accented(name, _argument(tokens, depth))]
    return [Atom(name, "function")]


def _fence(kind: Kind, tokens: deque[str]) -> list[Atom]:
    r"""Read the bracket or bar after \left or \right; a full stop stands for none."""
    while tokens and tokens[0].isspace():
        tokens.popleft()
    if not tokens or tokens[0] in "{}":
        return []
    token = tokens.popleft()
    sign = symbols.COMMANDS.get(token[1:]) or symbols.CHARACTERS.get(token)
    return [] if token == "." else [Atom(sign.text if sign else token.lstrip("\\"), kind)]


def _argument(tokens: deque[str], depth: int) -> list[Atom]:
    """Read what a command takes: a group, a command or one character."""
    while tokens and tokens[0].isspace():
        tokens.popleft()
    if not tokens or tokens[0] == "}":
        return []
    token = tokens.popleft()
    if token == "{" and depth < DEEPEST:
        return _sequence(tokens, depth + 1)
    return _primary(token, tokens, depth + 1)


def _scripted(base: Atom, token: str, tokens: deque[str], depth: int) -> Atom:
    """Hang one or two scripts on their base, those that Unicode has first: σ²_B."""
    scripts = [_script(token, _argument(tokens, depth))]
    if tokens and tokens[0] in _SCRIPTS:
        scripts.append(_script(tokens.popleft(), _argument(tokens, depth)))
    scripts.sort(key=lambda script: script[:1] in _SCRIPTS)
    text = f"({base.text})" if base.kind == "fraction" else base.text
    kinds: dict[Kind, Kind] = {"prefix": "operator", "fraction": "ordinary"}
    return Atom(text + "".join(scripts), kinds.get(base.kind, base.kind))


def _script(token: str, atoms: list[Atom]) -> str:
    text = join(atoms, tight=True)
    if all(character in _SCRIPTS[token] for character in text):
        return "".join(_SCRIPTS[token][character] for character in text)
    return f"{token}{text}" if len(text) == 1 or is_enclosed(atoms) else f"{token}({text})"


def _accented(name: str, atoms: list[Atom]) -> Atom:
    text, mark = join(atoms, tight=True), symbols.ACCENTS[name]
    if len(text) > 1 and mark != symbols.ACCENTS["bar"]:
        return Atom(f"{name.removeprefix('wide')}({text})", "function")
    # A mark on a mark would double the text with each accent, and thirty of them fill the memory.
    marked = "".join(one if unicodedata.combining(one) else one + mark for one in text)
    return Atom(marked, atoms[0].kind if atoms else "ordinary")


def _fraction(tokens: deque[str], depth: int) -> Atom:
    over, under = _argument(tokens, depth), _argument(tokens, depth)
    text = f"{_in_brackets(over, is_product(over))}/{_in_brackets(under, is_single(under))}"
    return Atom(symbols.VULGAR[text]) if text in symbols.VULGAR else Atom(text, "fraction")


def _root(tokens: deque[str], depth: int) -> Atom:
    degree = _script("^", [Atom(read_option(tokens))])
    inside = _argument(tokens, depth)
    sign = symbols.ROOTS.get(degree, f"{degree}√")
    return Atom(sign + _in_brackets(inside, is_single(inside)))


def _binomial(tokens: deque[str], depth: int) -> Atom:
    return Atom(f"C({join(_argument(tokens, depth))}, {join(_argument(tokens, depth))})")


def _plain(tokens: deque[str], depth: int) -> Atom:
    """Read a group whose font is not shown; a sum that carries a script gets brackets."""
    atoms = _argument(tokens, depth)
    is_scripted = bool(tokens) and tokens[0] in _SCRIPTS
    text = _in_brackets(atoms, not is_scripted or is_single(atoms))
    return Atom(text, atoms[0].kind if len(atoms) == 1 else "ordinary")


def _double_struck(tokens: deque[str], depth: int) -> Atom:
    text = join(_argument(tokens, depth))
    return Atom(symbols.DOUBLE_STRUCK.get(text, text))


def _script_letters(tokens: deque[str], depth: int) -> Atom:
    return Atom("".join(symbols.SCRIPT.get(letter, letter) for letter in join(_argument(tokens, depth))))


def _stacked(sign: str, tokens: deque[str], depth: int) -> Atom:
    """Read what stands above or below, and hang it as a script on what it stands at."""
    script, base = _script(sign, _argument(tokens, depth)), _argument(tokens, depth)
    return Atom(join(base) + script, base[0].kind if len(base) == 1 else "function")


def _arrow(sign: str, tokens: deque[str], depth: int) -> Atom:
    read_option(tokens)
    return Atom(sign + _script("^", _argument(tokens, depth)), "relation")


def _tag(tokens: deque[str], depth: int) -> Atom:
    return Atom(f"({join(_argument(tokens, depth))})", "relation")


def _modulus(tokens: deque[str], depth: int) -> Atom:
    return Atom(f"(mod {join(_argument(tokens, depth))})", "relation")


def _in_brackets(atoms: list[Atom], bare: bool) -> str:
    return join(atoms) if bare else f"({join(atoms)})"


_STRUCTURES: dict[str, Callable[[deque[str], int], Atom]] = {
    **dict.fromkeys(symbols.FONTS, _plain),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
    "sqrt": _root,
    "binom": _binomial,
    "mathbb": _double_struck,
    **dict.fromkeys(("mathcal", "mathscr"), _script_letters),
    **dict.fromkeys(("overset", "stackrel"), partial(_stacked, "^")),
    "underset": partial(_stacked, "_"),
    "xrightarrow": partial(_arrow, "→"),
    "xleftarrow": partial(_arrow, "←"),
    "tag": _tag,
    "pmod": _modulus,
}
_FENCES: dict[str, Kind] = {"left": "opening", "right": "closing"}
_KNOWN = symbols.FUNCTIONS.union(
    *(symbols.COMMANDS, symbols.SPACES, symbols.IGNORED, symbols.UNSHOWN, symbols.ACCENTS),
    *(WORDS, _STRUCTURES, _FENCES),
)
