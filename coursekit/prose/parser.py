"""The one configured Markdown parser: CommonMark, tables, and maths that is read before emphasis.

>>> [token.type for token in parser().parseInline("$w_0 * w_1$ is *cheap*")[0].children]
['math_inline', 'text', 'em_open', 'text', 'em_close']
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

LONGEST_FORMULA = 40  # lines; a bound, so that a file of openings without an end is not quadratic


@cache
def parser() -> "MarkdownIt":
    """Build the parser once; raw HTML and <autolinks> stay text."""
    from markdown_it import MarkdownIt  # 45 ms, so only when there is something to read
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["html_block", "html_inline", "autolink"])
    )
    dollarmath_plugin(markdown, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    markdown.inline.ruler.at("math_inline", inline_maths)
    markdown.block.ruler.at("math_block", display_maths, {"alt": ["paragraph", "reference", "blockquote"]})
    return markdown


def inline_maths(state: "StateInline", silent: bool) -> bool:
    """Read `$ ... $` that no letter or digit stands right before and no digit right behind, as in US$5 and 3$.

    The plugin's own rule about digits takes the last character of a text for the one before its first.
    """
    begin = state.pos
    if state.src[max(0, begin - 1) : begin].isalnum() or not _dollars()(state, True):
        return False
    end, state.pos = state.pos, begin
    return not state.src[end : end + 1].isdigit() and _dollars()(state, silent)


@cache
def _dollars() -> "Callable[[StateInline, bool], bool]":
    from mdit_py_plugins.dollarmath.index import math_inline_dollar

    return math_inline_dollar(allow_space=False, allow_digits=True, allow_double=True)


def display_maths(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """Read `$$ ... $$` inside its own list item or quote only, up to the next blank line."""
    from mdit_py_plugins.dollarmath.index import math_block_dollar

    if not state.src.startswith("$$", state.bMarks[start] + state.tShift[start]):
        return False
    stop = start + 1
    while stop < min(end, start + LONGEST_FORMULA) and _continues(state, stop):
        stop += 1
    tokens, line = len(state.tokens), state.line
    found = math_block_dollar(allow_labels=False)(state, start, stop, silent)
    if silent:  # the plugin reads on even when it is only asked whether it could
        del state.tokens[tokens:]
        state.line = line
    return found


def _continues(state: "StateBlock", line: int) -> bool:
    return not state.isEmpty(line) and state.sCount[line] >= state.blkIndent
