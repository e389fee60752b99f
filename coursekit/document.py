"""A Markdown file -> front matter, sections and lists, each with its line. A file is data: reading it runs nothing.

    ---
    title: Mini-batches and noise
    ---
    What a learner sees first.

    ## Doubling the batch

    ```yaml question
    id: batch-noise-variance
    ```

    The stem, then the options as a task list.

    ### Hint

Reading is in two stages. `split` cuts a file into pieces by its heading lines and fences, which start at the left
margin; that is all a table of contents needs. `last_list` asks the CommonMark parser how one piece is built.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, final

from coursekit.errors import ContentError
from coursekit.fields import Fields, one_line

_MOST_SECTIONS = 2_001
_NEWLINE = re.compile(r"\r\n?|\n")  # as CommonMark and editors count lines; str.splitlines knows eight more
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})")  # ```this``` is code in a line, no fence
_METADATA = re.compile(r"(`{3,}|~{3,})\s*yaml\s+question\s*$")
_COMMENT = re.compile(r" {0,3}<!--")
_UNCLOSED = "a blank line"  # what ends a yaml fence that is never closed
_MAY_OPEN = frozenset(("#", "`", "~", "<", " "))
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
# Compiled by the first question that is opened, not at the start.
_MARKER = r"\s*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)"
_BOX = r"\[([ xX])\](?:\s+|$)"
_QUOTE = r"^[ \t]*(?:>[ \t]?)?"
_BLOCK = r" {0,3}(?:[-*+>]|\d{1,9}[.)]|`{3}|~{3}|<)|\t"
_PLAIN = r"(?!\d{1,9}[.)](?:\s|$))(?:[^\W_]|[$(\"']|\*(?![*\s])|_ ->).*"
_BULLET = rf"- (?:\[[ xX]\] )?{_PLAIN}"
_NUMBER = rf"\d{{1,9}}\. {_PLAIN}"
_PLAIN_MORE = r" {2,4}[A-Za-z$(\"']"


@final
@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the author's Markdown and the line where it begins."""

    source: str
    line: int


@final
@dataclass(frozen=True, slots=True)
class Part:
    """A `### Hint` or the like: its title, the line of its heading, and what stands under it."""

    title: str
    line: int
    text: Text


@final
@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that cuts nothing: `#`, or `####` and deeper."""

    title: str
    line: int
    level: int


@final
@dataclass(frozen=True, slots=True)
class Section:
    """A `##` of a file: title, metadata fence, text, parts. `open_fence` is the line of a fence without an end."""

    path: str
    title: str
    line: int
    fence: Text | None
    text: Text
    parts: tuple[Part, ...]
    open_fence: int | None = None

    def fields(self) -> Fields:
        """Read the metadata fence. Raises ContentError when there is none."""
        if self.open_fence:
            message = "This fence is never closed. Add a line '```' after its last field."
            raise ContentError(self.path, self.open_fence, message, code="open-fence")
        if self.fence is None:
            raise ContentError(
                self.path,
                self.line,
                "A question needs a '```yaml question' fence with its id under the heading.",
                code="no-fence",
            )
        return _fields(self.fence.source, self.path, self.fence.line)

    def field(self, name: str) -> str | None:
        """Read one line of the fence, cheaply."""
        if self.fence is None:
            return None
        return one_line(self.fence.source, name, path=self.path, line=self.fence.line)


@final
@dataclass(frozen=True, slots=True)
class Document:
    """A whole file: front matter, the text and parts before the first `##`, its sections, and what cuts nothing."""

    path: str
    front: Text
    text: Text
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    headings: tuple[Heading, ...]

    def fields(self) -> Fields:
        """Read the front matter."""
        return _fields(self.front.source, self.path, self.front.line)

    def field(self, name: str) -> str | None:
        """Read one line of the front matter, cheaply."""
        return one_line(self.front.source, name, path=self.path, line=self.front.line)

    def too_deep(self, known: tuple[str, ...]) -> Iterator[ContentError]:
        """Make an error for each heading that has the title of a part but lies below `###`."""
        for heading in self.headings:
            title = heading.title.capitalize()
            if heading.level > 3 and title in known:
                message = f"'{'#' * heading.level} {heading.title}' opens no part. Write '### {title}'."
                fix = ("#" * heading.level, "###")
                yield ContentError(self.path, heading.line, message, code="wrong-heading", fix=fix)


@final
@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its text, its box if it has one, the quote under it, the list inside it."""

    text: str
    line: int
    is_checked: bool | None
    quote: str
    items: tuple["Item", ...]


def split(source: str, path: str) -> Document:
    """Cut a file into its pieces. Raises ContentError when the front matter is missing or open."""
    lines = _NEWLINE.split(source.removeprefix("\ufeff"))
    end = _front_end(lines, path)
    headings = _headings(lines, end + 1)
    bounds = [line for line, level, _ in headings if level == 2] + [len(lines)]
    if len(bounds) > _MOST_SECTIONS:
        message = f"More than {_MOST_SECTIONS - 1:,} questions. Put those from here on into a file of their own."
        raise ContentError(path, bounds[_MOST_SECTIONS - 1] + 1, message, code="unreadable-file")
    text, parts = _pieces(lines, end + 1, bounds[0], headings)
    cuts = [place for place, heading in enumerate(headings) if heading[1] == 2] + [len(headings)]
    sections = tuple(
        _section(lines, path, stop, headings[here:after])
        for here, after, stop in zip(cuts[:-1], cuts[1:], bounds[1:], strict=True)
    )
    others = tuple(Heading(title, line + 1, level) for line, level, title in headings if level not in (2, 3))
    return Document(path, _text(lines, 1, end), text, parts, sections, others)


def last_list(text: Text, path: str, *, ordered: bool = False) -> tuple[Text, tuple[Item, ...]]:
    """Split a piece at its last top-level list: what stands before it, and the list's items.

    Without a list the items are empty. Raises ContentError when text follows the list.
    """
    return quick_list(text, ordered=ordered) or full_list(text, path, ordered=ordered)


def full_list(text: Text, path: str, *, ordered: bool = False) -> tuple[Text, tuple[Item, ...]]:
    """Do what `last_list` says with the CommonMark parser."""
    tokens = _tokens(text.source)
    opener = "ordered_list_open" if ordered else "bullet_list_open"
    starts = [i for i, token in enumerate(tokens) if token.type == opener and token.level == 0]
    if not starts:
        return text, ()
    lines = text.source.split("\n")
    first, end = tokens[starts[-1]].map
    if any(line.strip() for line in lines[end:]):
        raise ContentError(
            path, text.line + end, "Text after the list of options. Move it above them.", code="text-after-options"
        )
    before = Text("\n".join(lines[:first]).strip("\n"), text.line)
    return before, _items(tokens, starts[-1], lines, text.line)


def quick_list(text: Text, *, ordered: bool = False) -> tuple[Text, tuple[Item, ...]] | None:
    """Read the list that ends a piece without a parser; None unless it is as plain as most are.

    That is: items at the margin without blank lines between, more lines of the same paragraph, then a quote or bullets
    that hold no more than a line; above it nothing that could be a list, a fence or HTML. A parser takes twenty times
    as long, and a bank has thousands.
    """
    lines = text.source.split("\n")
    first = next((i + 1 for i in range(len(lines) - 1, -1, -1) if not lines[i].strip()), 0)
    begins = _compiled(_NUMBER if ordered else _BULLET).match
    if first == len(lines) or not begins(lines[first]) or any(map(_compiled(_BLOCK).match, lines[:first])):
        return None
    starts = [i for i in range(first, len(lines)) if begins(lines[i])]
    items: list[Item] = []
    for start, stop in pairwise([*starts, len(lines)]):
        item = _quick_item(lines[start:stop], text.line + start, has_number=ordered)
        if item is None:
            return None
        items.append(item)
    return Text("\n".join(lines[:first]).strip("\n"), text.line), tuple(items)


def _quick_item(lines: list[str], line: int, *, has_number: bool) -> Item | None:
    """Read one item; None when it is not plain."""
    own = next((i for i in range(1, len(lines)) if lines[i].startswith(("  >", "  - "))), len(lines))
    head, rest = lines[:own], lines[own:]
    begins, more = _compiled(_NUMBER if has_number else _BULLET), _compiled(_PLAIN_MORE)
    if not begins.fullmatch(head[0]) or not all(map(more.match, head[1:])) or (has_number and rest):
        return None
    text, box = _own_text(head)
    if all(each.startswith("  >") for each in rest):
        quoted = "\n".join(_compiled(_QUOTE).sub("", each, count=1) for each in rest)
        return Item(text, line, box, quoted.strip(), ())
    if not all(map(_compiled(f"  {_BULLET}").fullmatch, rest)):
        return None
    inner = (Item(*_own_text([each])[:1], line + own + i, _own_text([each])[1], "", ()) for i, each in enumerate(rest))
    return Item(text, line, box, "", tuple(inner))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=256)  # what a session has chosen from is read again when asked, a front matter for each question
def _fields(source: str, path: str, line: int) -> Fields:
    return Fields.parse(source, path=path, line=line)


def _tokens(source: str) -> list[Any]:  # Any: markdown-it's Token
    return _parser().parse(source)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt  # 45 ms, so only when a question is opened

    return MarkdownIt("commonmark").disable("inline")


def _front_end(lines: list[str], path: str) -> int:
    if not lines or lines[0].rstrip() != "---":
        raise ContentError(
            path, 1, "The file must begin with a line '---', then 'title: …', then '---'.", code="no-front-matter"
        )
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return number
    raise ContentError(
        path, 1, "The front matter is never closed. Add a line '---' after its last field.", code="no-front-matter"
    )


def _headings(lines: list[str], start: int) -> list[tuple[int, int, str]]:
    """Line index, level and title of each heading outside fences and comments."""
    found: list[tuple[int, int, str]] = []
    fence = ""
    for number, line in enumerate(lines[start:], start):
        if fence == _UNCLOSED and not line.strip():
            fence = ""
        if fence == _UNCLOSED or (fence != "-->" and line[:1] not in _MAY_OPEN):
            continue  # most lines: neither a heading nor a fence nor a comment begins or ends here
        is_metadata = not fence and _METADATA.match(line) is not None
        fence = _open_after(fence, line)
        if is_metadata and _closing(lines, number, len(lines)) is None:
            fence = _UNCLOSED  # so that the next question is not lost
        if not fence and line.startswith("#") and (heading := _HEADING.fullmatch(line)):
            found.append((number, len(heading[1]), heading[2] or ""))
    return found


def _open_after(fence: str, line: str) -> str:
    """Return what would close the fence or comment that is open after a line, '' outside."""
    if fence == "-->" or (not fence and _COMMENT.match(line)):
        return "" if "-->" in line else "-->"
    mark = _FENCE.match(line)
    if not mark or not fence:
        return mark[1] if mark else fence
    closes = mark[1].startswith(fence) and not line.strip().strip(mark[1][0])
    return "" if closes else fence


def _section(lines: list[str], path: str, stop: int, headings: list[tuple[int, int, str]]) -> Section:
    """Cut the lines from the first of these headings up to `stop`."""
    start, _, title = headings[0]
    opening, closing = _metadata(lines, start + 1, stop)
    if opening is None:
        return Section(path, title, start + 1, None, *_pieces(lines, start + 1, stop, headings))
    if closing is None:
        blank = next((i for i in range(opening + 1, stop) if not lines[i].strip()), stop)
        fence = _text(lines, opening + 1, blank)  # for the id: others may name the question
        return Section(path, title, start + 1, fence, _text(lines, blank, stop), (), opening + 1)
    fence = _text(lines, opening + 1, closing)
    return Section(path, title, start + 1, fence, *_pieces(lines, closing + 1, stop, headings))


def _metadata(lines: list[str], start: int, stop: int) -> tuple[int | None, int | None]:
    """Find the line indices at which a section's yaml fence begins and ends; None for what is not there."""
    first = next((i for i in range(start, stop) if lines[i].strip()), stop)
    if first == stop or not _METADATA.match(lines[first]):
        return None, None
    return first, _closing(lines, first, stop)


def _closing(lines: list[str], first: int, stop: int) -> int | None:
    """Find the line index at which the yaml fence that begins at `first` ends; None where it is never closed."""
    fence = _open_after("", lines[first])
    for number in range(first + 1, stop):
        line = lines[number]
        if line[:1] in _MAY_OPEN and not _open_after(fence, line):
            return number
        if line.startswith(("```", "~~~")):  # no YAML begins like this, so it is the next fence
            break
    return None


def _pieces(
    lines: list[str], start: int, stop: int, headings: list[tuple[int, int, str]]
) -> tuple[Text, tuple[Part, ...]]:
    first, last = (bisect_left(headings, (line, 0, "")) for line in (start, stop))
    marks = [(line, title) for line, level, title in headings[first:last] if level == 3]
    ends = [line for line, _ in marks] + [stop]
    parts = tuple(
        Part(title, line + 1, _text(lines, line + 1, end)) for (line, title), end in zip(marks, ends[1:], strict=True)
    )
    return _text(lines, start, ends[0]), parts


def _text(lines: list[str], start: int, stop: int) -> Text:
    """Lines [start, stop) without blank ones at either end; the line number counts from 1."""
    while start < stop and not lines[start].strip():
        start += 1
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    return Text("\n".join(lines[start:stop]), start + 1)


def _items(tokens: list[Any], start: int, lines: list[str], base: int) -> tuple[Item, ...]:
    level = tokens[start].level
    items: list[Item] = []
    for i in range(start + 1, len(tokens)):
        if tokens[i].level == level and tokens[i].nesting == -1:
            break
        if tokens[i].type == "list_item_open" and tokens[i].level == level + 1:
            items.append(_item(tokens, i, lines, base))
    return tuple(items)


def _item(tokens: list[Any], start: int, lines: list[str], base: int) -> Item:
    """Read one list item: its own text ends where a quote or an inner list begins."""
    first, end = tokens[start].map
    level = tokens[start].level
    after = next(i for i in range(start + 1, len(tokens)) if tokens[i].level <= level)
    inside = [(i, tokens[i]) for i in range(start + 1, after) if tokens[i].level == level + 1 and tokens[i].map]
    quote = next((token.map for _, token in inside if token.type == "blockquote_open"), None)
    inner = next(((i, token.map) for i, token in inside if token.type.endswith("_list_open")), None)
    stop = min([end, *(m[0] for m in (quote, inner and inner[1]) if m)])
    text, box = _own_text(lines[first:stop])
    quoted = "\n".join(_compiled(_QUOTE).sub("", line, count=1) for line in lines[slice(*quote)]) if quote else ""
    return Item(text, base + first, box, quoted.strip(), _items(tokens, inner[0], lines, base) if inner else ())


def _own_text(lines: list[str]) -> tuple[str, bool | None]:
    """Take marker, box and indentation off an item's lines."""
    marker = _compiled(_MARKER).match(lines[0]) if lines else None
    indent = marker.end() if marker else 0
    body = "\n".join([lines[0][indent:] if lines else "", *(line[min(indent, _indent(line)) :] for line in lines[1:])])
    box = _compiled(_BOX).match(body)
    return body[box.end() if box else 0 :].strip(), box[1] in "xX" if box else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
