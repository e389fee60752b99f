r"""A TeX formula on lines of its own: two-dimensional where that helps and fits, else one line.

>>> print("\n".join(display_formula(r"w = \frac{1}{N} x", 40)))
     1
w = ╶─╴x
     N

The layout is texicode's. It writes its errors as text, shows `?` for what it does not know, and drops a
subscript that is no limit to a row of its own; where `stand_ins` cannot help, and where its rows are too wide,
the formula is set in one line.
"""

import re
import unicodedata
from collections import Counter

from coursekit.clean import clean
from coursekit.prose.formula import inline_formula
from coursekit.prose.powers import in_formula
from coursekit.prose.spans import Span, cells, text_of
from coursekit.prose.stand_ins import StandIns, is_misplaced
from coursekit.prose.wrap import wrap

LONGEST = 2_000  # characters; longer ones are set in one line, which takes linear time

_TWO_DIMENSIONAL = re.compile(r"\\(frac|dfrac|tfrac|sum|prod|int|begin|sqrt|binom)(?![A-Za-z])|\\\\")
_BINOMIAL = re.compile(r"\\binom(?![A-Za-z])")  # one line calls it C
_RENAMED = (
    (re.compile(r"\\(operatorname\*?|mathbf|boldsymbol|bm)(?![A-Za-z])"), r"\\mathrm"),
    (re.compile(r"\\[lr]Vert(?![A-Za-z])"), r"\\Vert "),
    (re.compile(r"\\[dt]frac(?![A-Za-z])"), r"\\frac"),
)
# texicode sets signs close together; the tilde is its only space.
_RELATION = re.compile(r"\s*([=<>]|\\(?:le|leq|ge|geq|ne|neq|approx|to|sim|leftarrow|propto|in)(?![A-Za-z]))\s*")
_FUNCTIONS = r"\\(?:log|ln|exp|sin|cos|tan|tanh|max|min|arg|det|Pr|sup|inf)(?![A-Za-z])"
_BEFORE_FUNCTION = re.compile(rf"(?<=[\w)\]}}])\s*(?={_FUNCTIONS})")
_AFTER_FUNCTION = re.compile(rf"({_FUNCTIONS}(?:\s[ꀀ-ꒌ]+)?)\s*(?=[A-Za-z]|\\(?!left|[bB]ig|\W))")
_SUM = re.compile(r"(?:(?<=[\w})\]])\s*|^\s+)([+-])\s*(?=[\w\\({])")


def display_formula(tex: str, width: int) -> tuple[str, ...]:
    """Set `tex` in rows of at most `width` cells."""
    rows = _rows(tex) if len(tex) <= LONGEST and _TWO_DIMENSIONAL.search(tex) else ()
    if len(rows) > 1 and all(cells((Span(row),)) <= width for row in rows):
        return rows
    return tuple(map(text_of, wrap((Span(inline_formula(tex)),), width)))


def _rows(tex: str) -> tuple[str, ...]:
    """Lay `tex` out by texicode; () where it fails or would mislead."""
    stand_ins = StandIns()
    replaced = stand_ins.put(in_formula(clean(tex)))
    if is_misplaced(replaced):
        return ()
    # 15 ms, so only for display maths; it has no stubs, and types its options as a bare dict.
    from texicode.pipeline import (  # pyright: ignore[reportMissingTypeStubs]
        render_tex,  # pyright: ignore[reportUnknownVariableType]
    )

    try:
        text = render_tex(_prepared(replaced), False, False, "raw", {"fonts": "normal"})
    except Exception:  # a library that reads a stranger's text: whatever goes wrong, there is the one line
        return ()
    if text.startswith("TeXicode:") or ("?" in text and "?" not in tex) or "\\" in text:
        return ()
    text = stand_ins.back(clean(text).replace("-", "−"))
    if _signs(text) != _signs(inline_formula(_BINOMIAL.sub("", tex))):
        return ()
    return _trimmed(unicodedata.normalize("NFC", text).split("\n"))


def _signs(text: str) -> Counter[str]:
    """Count letters and digits, so that none is lost or made up; a small one counts as its large one."""
    return Counter(sign for sign in unicodedata.normalize("NFKD", text) if sign.isalnum())


def _prepared(tex: str) -> str:
    """Use the names that texicode knows, and space sums and relations outside of scripts."""
    for pattern, name in _RENAMED:
        tex = pattern.sub(name, tex)
    tex = _AFTER_FUNCTION.sub(r"\1~", _BEFORE_FUNCTION.sub("~", tex))
    return "".join(_spaced(part) if level == 0 else part for part, level in _by_level(tex))


def _spaced(tex: str) -> str:
    return _SUM.sub(r"~\1~", _RELATION.sub(r"~\1~", tex))


def _by_level(tex: str) -> list[tuple[str, int]]:
    """Cut `tex` at its braces: each part with the number of groups around it."""
    parts: list[tuple[str, int]] = []
    level = 0
    for part in re.split(r"(?<!\\)([{}])", tex):
        level += (part == "{") - (part == "}")
        parts.append((part, level))
    return parts


def _trimmed(rows: list[str]) -> tuple[str, ...]:
    """Drop the space that all rows share on the left, and all on the right."""
    margin = min((len(row) - len(row.lstrip()) for row in rows if row.strip()), default=0)
    return tuple(row[margin:].rstrip() for row in rows)
