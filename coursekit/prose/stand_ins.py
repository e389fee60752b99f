r"""Pieces of a formula that texicode cannot set, as letters that it sets as they are.

Both scripts of a base in one line, a script under ∇, calligraphic letters, a hyphen in a word: each character gets
a letter that no formula has, and afterwards that letter is turned back.

>>> stand_ins = StandIns()
>>> stand_ins.back(stand_ins.put(r"\nabla_\theta L"))
'\\nabla _θ~ L'
"""

import re
from typing import final

from coursekit.prose.formula import inline_formula

_FIRST = 0xA000  # syllables of Yi: letters for Python, one for each character that is stood in for

_GROUP = r"(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\[A-Za-z]+(?:\{[^{}]*\})?|[^\s{}\\])"
_SCRIPT = rf"[_^]\s*{_GROUP}"
_WITH_LIMITS = r"\\(?:sum|prod|coprod|i?int|oint|lim|bigcup|bigcap|bigoplus)(?![A-Za-z])(?:\s*\\limits)?"
_TALL = r"\\(?:right|left)\s*(?:\\[A-Za-z]+|\\?[^\sA-Za-z])|\\(?:under|over)brace\s*\{[^{}]*\}"
_NAMED = r"\\(?:operatorname\*?|math[a-z]+|boldsymbol|bm|text|hat|bar|tilde|dot|vec|widehat|overline)\s*\{[^{}]*\}"
_BASES = rf"{_WITH_LIMITS}|{_TALL}|{_NAMED}|\\[A-Za-z]+|\\\||[A-Za-z0-9')\]|]"
# Every command is matched, scripts or not, so that a letter of its name is never taken for a base.
_SCRIPTED = re.compile(rf"({_BASES})((?:\s*{_SCRIPT}){{0,2}})")
_LEFT_ALONE = re.compile(rf"(?:{_WITH_LIMITS}|{_TALL})")
_LIMITED = re.compile(rf"(?:{_WITH_LIMITS}|{_TALL})(?:\s*{_SCRIPT}){{0,2}}")
_LETTERS = re.compile(r"\\(?:mathcal|mathscr)\s*(?:\{[^{}]*\}|[A-Za-z])|\\(?:var)?epsilon(?![A-Za-z])")
_WORDS = re.compile(r"\\(?:text|mathrm|mbox|textrm)\{[^{}]*\}")


@final
class StandIns:
    """The letters that stand for characters, for one formula."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def put(self, tex: str) -> str:
        """Replace what texicode would misplace; scripts that it raises or lowers well are left to it."""
        tex = _LETTERS.sub(lambda found: self._shown(inline_formula(found[0])), tex)
        tex = _WORDS.sub(lambda found: found[0].replace("-", self._shown("-")), tex)
        return _SCRIPTED.sub(self._scripted, tex)

    def back(self, text: str) -> str:
        """Turn the letters back into what they stand for."""
        return text.translate({ord(letter): shown for shown, letter in self._letters.items()})

    def _scripted(self, found: re.Match[str]) -> str:
        base, scripts = found[1], [script.strip() for script in re.findall(_SCRIPT, found[2])]
        if _LEFT_ALONE.match(base) or not scripts:
            return self._inner(base) + found[2]
        shown = inline_formula(f"x{''.join(scripts)}").removeprefix("x")
        if len(scripts) == 1 and scripts[0][0] == "^" and "^" in shown:
            return base + self._inner(scripts[0])
        after = found.string[found.end() :].lstrip()[:1]
        is_ragged = set("_^") & set(shown) and (after.isalnum() or after == "\\")
        return f"{base} {self._shown(shown)}{'~' if is_ragged else ''}"

    def _inner(self, tex: str) -> str:
        """Replace what is inside of a group."""
        before, brace, inside = tex.partition("{")
        return before + brace + _SCRIPTED.sub(self._scripted, inside)

    def _shown(self, text: str) -> str:
        return "".join(self._letters.setdefault(one, chr(_FIRST + len(self._letters))) for one in self.back(text))


def is_misplaced(tex: str) -> bool:
    """Tell whether a subscript is left that is no limit, so that texicode would drop it to a row of its own."""
    return "_" in _LIMITED.sub("", tex.replace(r"\_", ""))
