"""Print the JSON Schemas of fences and front matter, for editors and other programs.

They are made from what the readers ask for, so they name each field that is read and no other. An editor that treats a
block as YAML reads the first line '# yaml-language-server: $schema=FILE' of it; coursekit reads over that line, and
'coursekit fmt' keeps it. What works in which editor is said in content/README.md.

examples:
  coursekit schema question
  coursekit schema lab > lab.schema.json
  coursekit schema --out .vscode
"""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from coursekit.authoring.schema import SCHEMAS, Schema
from coursekit.errors import UsageError
from coursekit.files import shown

GROUP = "instructor"


def add_arguments(parser: ArgumentParser) -> None:
    """Say which schema, or where to write them all."""
    parser.add_argument("of", nargs="?", choices=tuple(SCHEMAS), help="whose schema to print")
    parser.add_argument("--out", metavar="DIR", help="where to write all of them, over older ones: a folder")


def run(given: Namespace) -> int:
    """Print one, or write all."""
    if given.out:
        _write(Path(os.path.expanduser(given.out)))
    elif given.of is None:
        raise UsageError(f"Say whose schema: {', '.join(SCHEMAS)}; or write them all with --out DIR.")
    else:
        print(_json(SCHEMAS[given.of]()), end="")
    return 0


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SCHEMAS.items():
        path = folder / f"{name}.schema.json"
        path.write_text(_json(make()), encoding="utf-8", newline="\n")
        print(shown(path))
    print("To use one, let a block of YAML begin with this line, the path as the editor finds it:", file=sys.stderr)
    print(f"# yaml-language-server: $schema={shown(folder / 'question.schema.json')}", file=sys.stderr)


def _json(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
