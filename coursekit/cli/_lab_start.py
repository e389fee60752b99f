"""Begin a lab of code: its starter, copied to where it is written in."""

from argparse import Namespace
from pathlib import Path

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.files import shown
from coursekit.lab.code.definition import load_code_lab
from coursekit.lab.code.submission import begin


def start(given: Namespace) -> int:
    """Copy the starter and say what to do next; return 0. Raises UsageError where the file is there already."""
    lab = load_code_lab(the_course(given), given.name)
    begun = begin(lab, Path(given.file or "."), reset=given.reset)
    path = shown(begun.path)
    if begun.backup:
        print(f"What was there is kept as {shown(begun.backup)}.")
    print(f"{clean(lab.title)}: write {_functions(lab.entry)} in {path}, in your own editor. Then")
    print(f"  coursekit lab watch {lab.name} {path}   checks it at every save")
    print(f"  coursekit lab grade {lab.name} {path}   gives the grade")
    return 0


def _functions(entry: tuple[str, ...]) -> str:
    *first, last = (f"{name}()" for name in entry)
    return f"{', '.join(first)} and {last}" if first else last
