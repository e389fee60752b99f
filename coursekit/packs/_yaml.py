"""Plain data -> YAML that `fields.py` reads back as the same: a line for each value, no comment of anybody.

>>> print(write_yaml({"id": "rate", "choice": {"options": ["$2$", "a b"], "many": False}}), end="")
id: rate
choice:
  options:
    - "$2$"
    - a b
  many: false
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9][A-Za-z0-9_-]*)*")
_WORDS = ("true", "false", "null")


def write_yaml(data: Mapping[str, Any]) -> str:  # Any: JSON-like data
    """Write a mapping; nothing for an empty one."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in data.items():
        yield from _entry(f"{indent}{_scalar(name)}:", value, f"{indent}  ")


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    match value:
        case dict() if value:
            lines = _mapping(cast("dict[str, Any]", value), indent)
            yield f"{start} {next(lines).lstrip()}" if start.endswith("-") else start
            yield from lines
        case list() | tuple() if value:
            yield start
            for item in cast("list[Any]", value):
                yield from _entry(f"{indent}-", item, f"{indent}  ")
        case dict():
            yield f"{start} {{}}"
        case list() | tuple():
            yield f"{start} []"
        case _:
            yield f"{start} {_scalar(value)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and value not in _WORDS
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
