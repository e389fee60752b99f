r"""Text that anyone may have written -> Markdown paragraphs that say just this, and back.

    # 1. a*b            \# 1. a\*b
    ```          ->     \`\`\`
    1. [x] <b>          1\. \[x\] \<b\>

No line of it can open a heading, a fence, a list, a quote, HTML, maths or a `{{ hole }}`. Lines stay lines; spaces at
their ends, runs of spaces and runs of blank lines are no part of what was said.
"""

import re

from coursekit.clean import clean

_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>&$~|]")
_AT_START = re.compile(r"^(\d*)([#+\-=:.)])", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BLANK_LINES = re.compile(r"\n{3,}")


def tidied(text: str) -> str:
    """Take off what is no part of a text: control characters, and space that is not between words or paragraphs."""
    lines = clean(re.sub(r"\r\n?", "\n", text)).split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip("\n")


def as_paragraphs(text: str) -> str:
    r"""Write a text as Markdown that reads as this text.

    >>> as_paragraphs("# Less noise\n1. a*b")
    '\\# Less noise\n1\\. a\\*b'
    """
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", tidied(text)))


def as_text(source: str) -> str:
    """Read paragraphs back: the text that `as_paragraphs` was given, tidied."""
    return _ESCAPED.sub(r"\1", source)
