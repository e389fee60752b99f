"""A text as a YAML value on one line."""

import json
import re

from coursekit.errors import ContentError
from coursekit.fields import one_line


def scalar(text: str) -> str:
    """Write a text as YAML, in quotes where it would read otherwise without."""
    try:
        is_plain = one_line(f"x: {text}", "x", path="", line=1) == text and not re.search(r"\s#", text)
    except ContentError:
        is_plain = False
    return text if is_plain else json.dumps(text, ensure_ascii=False)
