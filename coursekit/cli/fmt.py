"""Lay topic files out in one way: same questions, same comments, tidy lines.

Without a path it takes all topic files of the course at hand. '-' reads standard input and writes standard output, for
editors. Only files that are topics are touched, not course.md, lab.md, README.md or an exam.

examples:
  coursekit fmt
  coursekit fmt content/2-training/1-optimizers.md
  coursekit fmt --check
  coursekit fmt --diff content
  coursekit fmt - < topic.md

A file that cannot be read is left as it is and named by its error; the others are done.

Exit status: 0 done, 1 when a file cannot be read or, with --check or --diff, when one would change.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from coursekit.authoring.formatting import format_bytes
from coursekit.authoring.writing import refuse_packaged, replace_file
from coursekit.clean import clean
from coursekit.course import find_course
from coursekit.errors import CoursekitError, UsageError
from coursekit.files import shown
from coursekit.index import is_exam
from coursekit.words import count

GROUP = "instructor"

_NO_TOPICS = ("course.md", "lab.md", "README.md")


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be formatted, and how."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a topic file, a folder, or '-' (default: the course)")
    parser.add_argument("--check", action="store_true", help="change nothing, name the files that would change")
    parser.add_argument("--diff", action="store_true", help="change nothing, show what would change")


def run(given: Namespace) -> int:
    """Format each file; tell which changed."""
    if "-" in given.paths:
        return _stream(given)
    changed = failed = 0
    for path in dict.fromkeys(_files(given)):
        try:
            changed += _format(path, given)
        except CoursekitError as error:
            failed += 1
            print(clean(str(error)), file=sys.stderr)
    if given.check or given.diff:
        print(f"{count(changed, 'file')} would change, {failed} cannot be read.", file=sys.stderr)
        return 1 if changed or failed else 0
    print(f"{count(changed, 'file')} formatted, {failed} cannot be read.", file=sys.stderr)
    return 1 if failed else 0


def _format(path: Path, given: Namespace) -> bool:
    """Format one file; say whether it changed or would."""
    before = path.read_bytes()
    after = format_bytes(before, shown(path))
    if after == before:
        return False
    if given.diff:
        _print_diff(before, after, shown(path))
    else:
        if not given.check:
            replace_file(path, after)
        print(shown(path))
    return True


def _files(given: Namespace) -> Iterator[Path]:
    if not given.paths:
        folder = find_course(given.course, os.environ, Path.cwd())
        refuse_packaged(folder)
        yield from _topics(folder / "content")
    for path in map(Path, given.paths):
        if path.is_dir():
            yield from _topics(path / "content" if (path / "content" / "course.md").is_file() else path)
        elif not path.exists():
            raise UsageError(f"{path} does not exist. Name a topic file, a folder, or '-'.")
        elif path.name in _NO_TOPICS or is_exam(path):
            print(f"{shown(path)} is no topic file and stays as it is.", file=sys.stderr)
        else:
            yield path


def _topics(folder: Path) -> list[Path]:
    found = (path for path in sorted(folder.rglob("*.md")) if path.name not in _NO_TOPICS and path.is_file())
    return [path for path in found if not is_exam(path)]


def _stream(given: Namespace) -> int:
    """Format standard input to standard output, which stays empty when it cannot be read."""
    if given.paths != ["-"]:
        raise UsageError("'-' stands alone: standard input is one topic file.")
    before = sys.stdin.buffer.read()
    try:
        after = format_bytes(before, "<standard input>")
    except CoursekitError as error:
        print(clean(str(error)), file=sys.stderr)
        return 1
    if given.diff:
        _print_diff(before, after, "<standard input>")
    elif not given.check:
        sys.stdout.buffer.write(after)
    return 1 if after != before and (given.check or given.diff) else 0


def _print_diff(before: bytes, after: bytes, name: str) -> None:
    from difflib import unified_diff  # 5 ms, so only when asked

    old, new = (data.decode().splitlines(keepends=True) for data in (before, after))
    for line in unified_diff(old, new, name, f"{name} (formatted)"):
        print(clean(line.rstrip("\r\n")))
