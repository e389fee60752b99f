"""Print everything that coursekit needs at run time in this environment, and its licence, as a Markdown table.

python .ci/licences.py                  # the table of CONTRIBUTING.md, between the markers

What a package's metadata says is taken, in this order: License-Expression, License, classifiers, its licence file.
Exit status 1 when a licence is not known here, or asks of a learner's own work what a permissive one does not.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-CMU",
    "PSF-2.0",
    "Zlib",
}
BY_FILE = {"MPL-2.0": {"certifi"}}  # asks for changes to its own files only; held to the packages named
SPDX = {  # what packages write, in the words of https://spdx.org/licenses
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}


def needed(name: str = "coursekit") -> dict[str, str]:
    """Return what a package needs here, itself left out: each one's name, and whose requirement it is first."""
    through: dict[str, str] = {}
    waiting = list(_required(name, frozenset()))
    asked: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        parent, child, extras = waiting.pop(0)
        if (child, extras) not in asked:
            asked.add((child, extras))
            through.setdefault(child, parent)
            waiting += _required(child, extras)
    return through


def licence(name: str) -> str:
    """Return a package's licence as an SPDX expression, or as it says itself when that is not known here."""
    said = _said(distribution(name))
    return SPDX.get(said.lower(), said)


def is_permissive(name: str, expression: str) -> bool:
    """Tell whether all parts of an expression are permissive, or one where there is a choice."""
    choices = [choice.split(" AND ") for choice in expression.strip("()").split(" OR ")]
    return any(all(part in PERMISSIVE or name in BY_FILE.get(part, ()) for part in parts) for parts in choices)


def _required(name: str, extras: frozenset[str]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield who asks, for what, with which extras."""
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        asked = extras or {""}
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in asked):
            yield name, canonicalize_name(requirement.name), frozenset(requirement.extras)


def _said(package: Distribution) -> str:
    """Return a package's own word on its licence."""
    metadata = package.metadata.json
    field, classifiers = str(metadata.get("license", "")), metadata.get("classifier", [])
    named = [line.rsplit(" :: ", 1)[1] for line in classifiers if line.startswith("License :: OSI Approved :: ")]
    short = [field] if field and "\n" not in field else []
    return [*filter(None, [str(metadata.get("license_expression", ""))]), *short, *named, _from_file(package)][0]


def _from_file(package: Distribution) -> str:
    """Return the title of the licence's text."""
    for path in package.files or ():
        if path.name.upper().startswith("LICEN"):
            title = re.search(r"MIT License|Apache License, Version 2\.0", path.read_text())
            return title[0] if title else "not known"
    return "not known"


def main() -> int:
    """Print the table; return 1 when something in it is not permissive."""
    rows = {name: (licence(name), parent) for name, parent in sorted(needed().items())}
    print("| package | licence | needed by |\n|---|---|---|")
    for name, (said, parent) in rows.items():
        print(f"| {name} | {said} | {parent} |")
    wrong = [name for name, (said, _) in rows.items() if not is_permissive(name, said)]
    for name in wrong:
        print(f"{name}: {rows[name][0]!r} is not permissive, or not known to {sys.argv[0]}.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
