r"""Strangers' text made safe to show: no control characters, nothing invisible, nothing that turns the writing round.

>>> clean("user\u202etxt.exe\x07")
'usertxt.exe�'
"""

import re

# C0 without tab and newline, DEL, C1, line separators and halves of characters that cannot be written.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Marks that turn the writing direction, and characters that take no cell and hide in a text.
_INVISIBLE = re.compile(
    "[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """Show each control character as U+FFFD and drop what is invisible; tabs and newlines stay."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", _UNPRINTABLE.sub("\ufffd", text))
