r"""A text with gaps: words with their alternatives, numbers with their tolerance, expressions over `params`.

A number alone is right within half a percent; several alternatives are words, even when one is a digit. The paragraphs
before the first gap are the stem. `[[` is text, and no gap, in backticks, in a fence, in `$maths$`, and as `\[[`.

```yaml question
id: momentum-gaps
kind: cloze
params: {w0: [2.0, 4.0], lr: [0.1, 0.25]}
```

Fill the gaps.

Momentum keeps a running [[average|mean]] of gradients, often with decay [[0.9 +- 1%]]. Without it, on $w^2/2$ a rate of
{{ lr }} takes $w$ from {{ w0 }} to [[= w0 * (1 - lr) +- 0.001]].
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self, final

from coursekit.document import Text
from coursekit.grading.arithmetic import evaluate
from coursekit.grading.number import read_number
from coursekit.model import Gaps, Mark, Response
from coursekit.questions._body import Body, Material
from coursekit.questions.numeric import Numeric
from coursekit.questions.short_answer import ShortAnswer, read_keys

VERBATIM = (
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ ]{0,3}(?P=fence)[^\n]*$"
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|\$\$.+?\$\$|\$(?!\s)(?:\\.|[^$\\\n])+?(?<!\s)\$(?!\d)|\\[^\n]"
)
"""Code, maths and escaped characters: nothing in them is a sign of ours."""

_PIECE = re.compile(rf"{VERBATIM}|\[\[(?P<gap>.*?)\]\]|(?P<open>\[\[)|(?P<blank>\n[ \t]*\n)", re.DOTALL | re.MULTILINE)
_TOLERANCE = re.compile(r"(.+?)(?:\+/?-|±)\s*([\d.,eE+-]+)\s*(%?)\s*", re.DOTALL)

_MOST = 50

Gap = Numeric | ShortAnswer


@final
@dataclass(frozen=True, slots=True)
class FillGaps(Body):
    """The text between the gaps, and what each is: a number or words."""

    between: tuple[str, ...]
    gaps: tuple[Gap, ...]

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Cut the text at its gaps."""
        stem, text = _split_stem(material.text)
        found = tuple(_found(material, text))
        if not found:
            message = "A cloze question needs a gap, as in 'a running [[average|mean]]', outside of code and maths."
            raise material.error(message)
        if len(found) > _MOST:
            raise material.error(f"At most {_MOST} gaps can be filled; these are {len(found):,}. Split the question.")
        ends = [0, *(gap.end() for gap in found)]
        starts = [*(gap.start() for gap in found), len(text.source)]
        between = tuple(text.source[end:start] for end, start in zip(ends, starts, strict=True))
        return stem, cls(between, tuple(_gap(material, text, gap) for gap in found))

    def interaction(self) -> Gaps:
        """Ask for a text for each gap."""
        return Gaps(self.between, tuple(gap.interaction() for gap in self.gaps))

    def key(self) -> Response:
        """Return the key of each gap."""
        return tuple(gap.key()[0] for gap in self.gaps)

    def grade(self, response: Response) -> Mark:
        """Share of the gaps that are right, and which these are."""
        given = (*response, *("" for _ in self.gaps))
        right = tuple(bool(gap.grade((text,)).fraction) for gap, text in zip(self.gaps, given, strict=False))
        return Mark(sum(right) / len(right), parts=right)


def _split_stem(text: Text) -> tuple[str, Text]:
    """Take the paragraphs before the one with the first gap."""
    cut = 0
    for piece in _PIECE.finditer(text.source):
        if piece["blank"]:
            cut = piece.end()
        elif piece["gap"] is not None or piece["open"]:
            break
    line = text.line + text.source.count("\n", 0, cut)
    return text.source[:cut].strip(), replace(text, source=text.source[cut:], line=line)


def _found(material: Material, text: Text) -> Iterator[re.Match[str]]:
    for piece in _PIECE.finditer(text.source):
        if piece["open"]:
            raise material.error("This gap is never closed. Write ']]' after its key.", _line(text, piece))
        if piece["gap"] is not None:
            if "[[" in piece["gap"]:
                message = "A gap opens inside a gap. Close the first with ']]'."
                raise material.error(message, _line(text, piece))
            yield piece


def _line(text: Text, piece: re.Match[str]) -> int:
    return text.line + text.source.count("\n", 0, piece.start())


def _gap(material: Material, text: Text, piece: re.Match[str]) -> Gap:
    source = " ".join(piece["gap"].split())
    try:
        return _number(material, source) or _words(source)
    except ValueError as error:
        raise material.error(str(error), _line(text, piece)) from None


def _number(material: Material, source: str) -> Numeric | None:
    """Read a gap as a number, None when it is words. Raises ValueError."""
    found = _TOLERANCE.fullmatch(source)
    value = (found[1] if found else source).strip()
    number = evaluate(value[1:], material.values) if value.startswith("=") else read_number(value)
    if number is None and found:
        raise ValueError(f"'{value}' is no number, so it has no tolerance. Write for example '[[0.9 +- 1%]]'.")
    if number is None:
        return None
    return Numeric(number, *(_tolerance(source, found[2], found[3]) if found else (0.0, 0.005)), ())


def _tolerance(source: str, text: str, percent: str) -> tuple[float, float]:
    """Return the absolute and the relative tolerance, one of them 0."""
    size = read_number(text + percent)
    if size is None or size < 0 or (percent and size >= 1):
        raise ValueError(f"The tolerance of '{source}' cannot be read. Write for example '[[0.9 +- 1%]]'.")
    return (0.0, size) if percent else (size, 0.0)


def _words(source: str) -> ShortAnswer:
    alternatives = tuple(text.strip() for text in source.split("|"))
    if not all(alternatives):
        raise ValueError("This gap has an empty key. Write for example '[[average|mean]]'.")
    return ShortAnswer(read_keys(alternatives))


PLUGIN = FillGaps
