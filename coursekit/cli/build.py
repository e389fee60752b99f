"""Build a pack of a course: a zip to give away, with or without its keys.

examples:
  coursekit build
  coursekit build my-course --out my-course.zip
  coursekit build --student --seed 3

The pack is ID.zip in the working folder. With --student it is ID-student.zip, which holds no keys, and ID-keys.json
has them for who grades. 'coursekit course add ID.zip' installs either.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._left_out import say_left_out
from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.packs.build import Built, build_pack
from coursekit.packs.installed import course_id
from coursekit.words import count

GROUP = "instructor"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be built."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="a course's folder; default: the course at hand")
    parser.add_argument("--out", metavar="FILE", help="where the zip goes; default: ID.zip, or ID-student.zip, here")
    parser.add_argument("--student", action="store_true", help="leave the keys out, and write them into a file of JSON")
    parser.add_argument(
        "--seed", type=int, metavar="N", help="the variant that students get (with --student; default 0)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object that says what was written")


def run(given: Namespace) -> int:
    """Build, and say what was written."""
    if given.path:
        given.course = given.path
    if given.seed is not None and (given.seed < 0 or not given.student):
        raise UsageError("--seed is a whole number of at least 0, and goes with --student.")
    course = the_course(given)
    name = course_id(course, course.folder.name)
    target = _target(given, f"{name}-student.zip" if given.student else f"{name}.zip")
    keys = _keys_path(target, name, given) if given.student else None
    built = _build(given, course, target, keys)
    say_left_out(built.left_out, "as keys or as no part of a course" if given.student else "as no part of a course")
    _say(given, name, built, keys)
    return 0


def _build(given: Namespace, course: Course, target: Path, keys: Path | None) -> Built:
    if keys is None:
        return build_pack(course.folder, target)
    from coursekit.packs.student import build_student  # it reads labs, and with them NumPy

    return build_student(course, target, keys, given.seed or 0)


def _target(given: Namespace, default: str) -> Path:
    return Path(os.path.expanduser(given.out)) if given.out else Path.cwd() / default


def _keys_path(target: Path, name: str, given: Namespace) -> Path:
    """Put the keys beside the pack, under a name that cannot be taken for it."""
    return target.with_name(f"{target.stem if given.out else name}-keys.json")


def _say(given: Namespace, name: str, built: Built, keys: Path | None) -> None:
    if given.json:
        print_json(
            {
                "type": "pack",
                "id": name,
                "path": str(built.path),
                "files": built.files,
                "bytes": built.size,
                "keys": keys and str(keys),
                "left_out": built.left_out,
            }
        )
        return
    print(clean(f"{built.path}: {count(built.files, 'file')}, {built.size:,} bytes"))
    if keys:
        print(clean(f"{keys}: the keys. Give it to nobody who is to be graded."))
