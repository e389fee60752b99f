"""A block of code -> lines, coloured by Pygments when it names its language.

```python                    ->    w -= rate * gradient
w -= rate * gradient
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from coursekit.prose.spans import Line, Span, cells, merge
from coursekit.prose.wrap import chop

if TYPE_CHECKING:
    from pygments.lexer import Lexer

TAB = 4
MARK = "↪ "  # begins the rest of a line that was too long
LONGEST_COLOURED = 20_000  # characters; beyond that colour is not worth the time

_KINDS = {  # the first match wins; Pygments' names are dotted paths, such as Token.Literal.String.Doc
    "Token.Keyword": "code.keyword",
    "Token.Operator.Word": "code.keyword",
    "Token.Operator": "code.operator",
    "Token.Literal.String": "code.string",
    "Token.Literal.Number": "code.number",
    "Token.Comment": "code.comment",
    "Token.Name.Function": "code.name",
    "Token.Name.Class": "code.name",
    "Token.Name.Builtin": "code.name",
    "Token.Name.Decorator": "code.name",
}


def code_lines(source: str, info: str, width: int) -> tuple[Line, ...]:
    """Set code as it is, two cells in; a line that is too long goes on below, behind a mark.

    >>> ["".join(text for text, _ in line) for line in code_lines("loss = 0.25", "", 12)]
    ['  loss = 0.2', '  ↪ 5']
    """
    margin = Span("  ", "code")
    lines = _lines(_coloured(source.expandtabs(TAB).strip("\n"), info.split(maxsplit=1)[:1]))
    return tuple((margin, *part) for line in lines for part in _fitted(line, width - 2))


def _fitted(line: Line, width: int) -> Iterator[Line]:
    if cells(line) <= width:
        yield line
        return
    first, *_ = chop(line, width)
    rest = _after(line, sum(len(text) for text, _ in first))
    yield first
    yield from ((Span(MARK, "dim"), *part) for part in chop(rest, width - len(MARK)) if part)


def _after(line: Line, taken: int) -> Line:
    """Drop the first `taken` characters, and the space that then comes first."""
    kept: list[Span] = []
    for text, style in line:
        kept.append(Span(text[taken:], style))
        taken = max(0, taken - len(text))
    rest = merge(kept)
    return (Span(rest[0].text.lstrip(), rest[0].style), *rest[1:]) if rest else ()


def _lines(spans: Iterable[Span]) -> Iterator[Line]:
    line: list[Span] = []
    for text, style in spans:
        head, *tail = text.split("\n")
        line.append(Span(head, style))
        for part in tail:
            yield merge(line)
            line = [Span(part, style)]
    yield merge(line)


def _coloured(source: str, language: list[str]) -> Iterable[Span]:
    lexer = _lexer(language[0]) if language and len(source) <= LONGEST_COLOURED else None
    if lexer is None:
        return (Span(source, "code"),)
    return (Span(text, _style(str(kind))) for kind, text in lexer.get_tokens(source))


@lru_cache(maxsize=32)
def _lexer(language: str) -> "Lexer | None":
    # 15 ms, so only for code that names its language; Pygments does not type its options.
    from pygments.lexers import get_all_lexers, get_lexer_by_name  # pyright: ignore[reportUnknownVariableType]

    # A name that Pygments does not know it looks for among plug-ins, in every folder that Python imports from.
    if not any(language.lower() in names for _, names, _, _ in get_all_lexers(plugins=False)):
        return None
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


def _style(kind: str) -> str:
    return next((style for prefix, style in _KINDS.items() if kind.startswith(prefix)), "code")
