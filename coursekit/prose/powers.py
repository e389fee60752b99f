r"""Numbers as machines write them -> as people do, in texts and in formulas alike; code stays as it is.

>>> in_text("a loss of 2.8e-05"), in_formula("2.8e-05")
('a loss of 2.8\xa0×\xa010⁻⁵', '2.8\\times 10^{-5}')
"""

import re

from coursekit.prose.symbols import SUPERSCRIPTS
from coursekit.prose.wrap import GLUE

_SCIENTIFIC = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e([-+])0*(\d{1,3})(?![\w.]*\w)")
"""With a sign, as a figure of a run comes; `4e5` may be a name."""


def in_text(text: str) -> str:
    """Write powers of ten with raised digits."""
    return _SCIENTIFIC.sub(lambda found: f"{found[1]}{GLUE}×{GLUE}10{_raised(found)}", text) if "e" in text else text


def in_formula(tex: str) -> str:
    """Write powers of ten as TeX has them."""
    return _SCIENTIFIC.sub(lambda found: rf"{found[1]}\times 10^{{{_exponent(found)}}}", tex)


def _exponent(found: re.Match[str]) -> str:
    return f"{found[2].strip('+')}{found[3]}"


def _raised(found: re.Match[str]) -> str:
    return "".join(SUPERSCRIPTS[sign] for sign in _exponent(found).replace("-", "−"))
