"""Plug-ins are files: a folder is a family, a file in it one member, its `PLUGIN` what it gives.

coursekit/questions/true_false.py   ->  names("coursekit.questions") has "true-false"
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coursekit.errors import UsageError, suggest


@cache
def names(family: str) -> tuple[str, ...]:
    """List the members of a family, a dotted package name, without importing any of them.

    Files that begin with an underscore are not members.
    """
    spec = find_spec(family)
    folders = (spec.submodule_search_locations if spec else None) or []
    stems = {path.stem for folder in folders for path in Path(folder).glob("*.py")}
    return tuple(sorted(stem.replace("_", "-") for stem in stems if not stem.startswith("_")))


def load(family: str, name: str) -> Any:  # Any: each family says what its PLUGIN is
    """Import one member and return its `PLUGIN`.

    Raises UsageError with the nearest name when the family has no such member.
    """
    if name not in names(family):
        raise UsageError(f"{family} has no '{name}'. {suggest(name, names(family))}")
    return import_module(f"{family}.{name.replace('-', '_')}").PLUGIN
