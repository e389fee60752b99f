"""JSON lines on standard output: one object per line, nothing else."""

import json
import math
from typing import Any, cast


def print_json(record: Any) -> None:  # Any: JSON
    """Print one object; what is not a number becomes null."""
    try:
        line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    except ValueError:
        line = json.dumps(_finite(record), ensure_ascii=False, allow_nan=False)
    print(line, flush=True)


def _finite(value: Any) -> Any:
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            entries = cast("dict[str, Any]", value)
            return {key: _finite(entry) for key, entry in entries.items()}
        case list() | tuple():
            return [_finite(entry) for entry in cast("list[Any]", value)]
        case _:
            return value
