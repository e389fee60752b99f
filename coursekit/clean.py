r"""Strangers' text made safe to show: no control characters, nothing invisible, nothing that turns the writing round.

>>> clean("user\u202etxt.exe\x07")
'usertxt.exe�'
"""

import re

# Compiled by the first text that is not plain ASCII.
# C0 without tab and newline, DEL, C1, line separators and halves of characters that cannot be written.
_UNPRINTABLE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
# Marks that turn the writing direction, and characters that take no cell and hide in a text.
_INVISIBLE = (
    "[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
# Marks that are set over, under or through the character before them, and joiners: four at one place say all there is
# to say, and a hundred run over the lines above and below.
_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0900-\u0902\u093c\u0941-\u0948"
    "\u094d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u200d\u20d0-\u20ff\u3099\u309a\ua66f-\ua67d\ufe20-\ufe2f\U0001d165-\U0001d1ad]"
)
_PILE = rf"({_MARK}{{4}}){_MARK}+"


def clean(text: str) -> str:
    """Show each control character as U+FFFD and drop what is invisible or piled up; tabs and newlines stay."""
    if text.isascii():
        return text if text.isprintable() else re.sub(_UNPRINTABLE, "\ufffd", text)
    return re.sub(_PILE, r"\1", re.sub(_INVISIBLE, "", re.sub(_UNPRINTABLE, "\ufffd", text)))
