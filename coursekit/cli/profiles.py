"""List the profiles: records of their own below one home folder.

examples:
  coursekit profiles
  coursekit --profile ann              study as ann; the first time makes the profile
  COURSEKIT_PROFILE=ann coursekit progress
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from coursekit.clean import clean
from coursekit.cli._context import the_profile, the_shared_home
from coursekit.cli._json import print_json
from coursekit.cli._profile import profile_home, profiles
from coursekit.store.place import exists

GROUP = "machine"


def add_arguments(parser: ArgumentParser) -> None:
    """Say in which form."""
    parser.add_argument("--json", action="store_true", help="one JSON object per profile")


def run(given: Namespace) -> int:
    """Print each profile with its folder, and which of them is in use."""
    rows = _rows(the_shared_home(given), the_profile(given))
    if given.json:
        for row in rows:
            print_json(row)
        return 0
    width = max(len(_shown(row)) for row in rows)
    for row in rows:
        mark = "▸" if row["in_use"] else " "
        begun = "" if row["has_record"] else "  (nothing recorded yet)"
        print(clean(f"{mark} {_shown(row):{width}}  {row['folder']}{begun}"))
    if len(rows) == 1:
        print("Begin another with: coursekit --profile NAME")
    return 0


def _rows(home: Path, used: str) -> list[dict[str, Any]]:
    """Say of each profile where it lies; the one without a name first, the one in use also before it is begun."""
    names = dict.fromkeys(sorted((*profiles(home), *filter(None, (used,)))))
    folders = {"": home} | {name: profile_home(home, name) for name in names}
    return [
        {"type": "profile", "name": name, "folder": str(folder), "in_use": name == used, "has_record": exists(folder)}
        for name, folder in folders.items()
    ]


def _shown(row: dict[str, Any]) -> str:
    return row["name"] or "(no name)"
