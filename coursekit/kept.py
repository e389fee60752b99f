"""What runs have decided, kept in the course: `content/predict.lock`.

    {"predict-divergence": {"made_by": "5d0c…", "observed": "diverges"},
     "poor-rate:slow": {"made_by": "91ab…", "observed": "1.7"}}

The first is the key of a prediction, by its question's id; the second a figure in a question's texts, by the
question's id and its own name.
"""

import json
from pathlib import Path
from typing import NamedTuple

from coursekit.errors import ContentError
from coursekit.files import read_text, shown

FILE = "predict.lock"


class Locked(NamedTuple):
    """What was observed, and a digest of everything that it came from."""

    made_by: str
    observed: str


def read_kept(folder: Path) -> dict[str, Locked]:
    """Read what a course keeps; none when there is no file. Raises ContentError."""
    path = folder / "content" / FILE
    if not path.exists():
        return {}
    try:
        entries = json.loads(read_text(path, folder))
        return {name: Locked(str(entry["made_by"]), str(entry["observed"])) for name, entry in entries.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "This file cannot be read. Delete it, then make it again with 'coursekit lock'."
        raise ContentError(shown(path), 1, message, code="bad-lock") from None
