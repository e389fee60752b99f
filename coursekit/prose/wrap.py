"""Break running text into lines of at most so many cells.

>>> from coursekit.prose.spans import text_of
>>> [text_of(line) for line in wrap((Span("a mini-batch "), Span("of 32", "code")), 10)]
['a', 'mini-batch', 'of 32']
"""

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from coursekit.prose.spans import Line, Span, cells, merge, trim_end

GLUE = "\u00a0"  # a space that does not break: kept together while the word fits on a line

_PARTS = re.compile(r"\n|[ \t]+|[^ \t\n]+")
_GLUED = re.compile(f"{GLUE}|[^{GLUE}]+")


def wrap(spans: Iterable[Span], width: int) -> tuple[Line, ...]:
    """Break `spans` at spaces and newlines; a word wider than `width` is cut.

    Spaces at a break vanish, runs of spaces become one, `GLUE` is shown as a space. A character of two
    cells is wider than a `width` of 1, and then sticks out.
    """
    lines: list[list[Span]] = [[]]
    used, gap = 0, Span("")
    for word in _words(spans):
        first = word[0].text[0]
        if first in " \t":
            gap = Span(" ", word[0].style) if used else Span("")
        elif first == "\n":
            lines.append([])
            used, gap = 0, Span("")
        else:
            head, *rest = _pieces_of(word, width)
            if used and used + len(gap.text) + cells(head) > width:
                lines.append([])
                used, gap = 0, Span("")
            lines[-1] += (gap, *head)
            lines += map(list, rest)
            used = cells(rest[-1]) if rest else used + len(gap.text) + cells(head)
            gap = Span("")
    return tuple(_unglued(line) for line in lines)


def _pieces_of(word: Line, width: int) -> list[Line]:
    return [word] if cells(word) <= width else chop(word, width)


def _words(spans: Iterable[Span]) -> Iterator[Line]:
    """Yield each newline and run of spaces as a line of one span, and each word with all of its styles."""
    word: list[Span] = []
    for text, style in spans:
        for part in _PARTS.findall(text):
            if part[0] not in " \t\n":
                word.append(Span(part, style))
                continue
            if word:
                yield tuple(word)
                word = []
            yield (Span(part, style),)
    if word:
        yield tuple(word)


def chop(word: Line, width: int) -> list[Line]:
    """Cut a word that is wider than `width` into pieces that fit: at glue if there is any, else anywhere."""
    lines: list[list[Span]] = [[]]
    used = 0
    for part, style in _parts(word, width):
        size = cell_len(part)
        if used and used + size > width:
            lines.append([])
            used = 0
            if part == GLUE:
                continue
        lines[-1].append(Span(part, style))
        used += size
    return [line for line in (trim_end(merge(line)) for line in lines) if line] or [()]


def _parts(word: Line, width: int) -> Iterator[Span]:
    for text, style in word:
        for part in _GLUED.findall(text):
            if cell_len(part) <= width:
                yield Span(part, style)
            else:
                yield from (Span(character, style) for character in part)


def hang(lines: Iterable[Line], first: Span, rest: Span) -> tuple[Line, ...]:
    """Put `first` before the first line and `rest` before the others, without space at a line's end."""
    return tuple(_hung(rest if number else first, line) for number, line in enumerate(lines))


def _hung(before: Span, line: Line) -> Line:
    return merge((before, *line)) if line else trim_end((before,))


def _unglued(line: Iterable[Span]) -> Line:
    return merge(Span(text.replace(GLUE, " "), style) for text, style in line)
