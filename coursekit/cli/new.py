"""Start a course, a topic, a question, a lab or an exam from a skeleton that works.

A skeleton passes 'coursekit check' but for its TODOs: change what is there, and check as you go. What is missing is
asked for in a terminal; elsewhere a default is taken. Nothing is ever written over.

examples:
  coursekit new course my-course
  coursekit new topic "Mini-batches" --lesson Training
  coursekit new question batch-noise --kind numeric --topic "Mini-batches"
  coursekit new lab batch-size
  coursekit new lab write-a-step --code
  coursekit new exam mid-term
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from coursekit.authoring.creating import free_id, new_code_lab, new_course, new_exam, new_lab, new_question, new_topic
from coursekit.authoring.skeletons import example_run, kinds_to_write
from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.course import Course, Topic, find_course
from coursekit.errors import UsageError, suggest
from coursekit.files import shown

GROUP = "instructor"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be started."""
    parser.add_argument("what", choices=("course", "topic", "question", "lab", "exam"), help="what to start")
    parser.add_argument(
        "name", nargs="?", help="the course's folder, the topic's title, the question's id, the lab's or exam's name"
    )
    parser.add_argument("--title", help="the title of a course, a lab or an exam")
    parser.add_argument("--lesson", help="the lesson of a topic; default: that of the last topic")
    parser.add_argument("--kind", help="the kind of question; 'coursekit doc' lists them; default: single-choice")
    parser.add_argument("--code", action="store_true", help="a lab in which code is written, with all of its files")
    parser.add_argument(
        "--topic", metavar="TOPIC", help="a question's topic, by its title or file; default: the last one"
    )


def run(given: Namespace) -> int:
    """Start it and say where it is."""
    if given.code and given.what != "lab":
        raise UsageError(f"--code is for a lab. For a {given.what}, leave it out.")
    match given.what:
        case "course":
            _course(given)
        case "topic":
            _topic(given)
        case "question":
            _question(given)
        case "exam":
            _exam(given)
        case _:
            _lab(given)
    return 0


def _course(given: Namespace) -> None:
    folder = Path(os.path.expanduser(given.name or _ask("Folder of the course", "my-course")))
    title = given.title or _ask("Title", _as_title(folder.resolve().name))
    for path in new_course(folder, title):
        print(shown(path))
    print(f"Next: coursekit check {shown(folder)}", file=sys.stderr)


def _topic(given: Namespace) -> None:
    course = the_course(given)
    title = given.name or _ask("Title of the topic", "New topic")
    lesson = given.lesson or _ask("Lesson", course.topics[-1].lesson)
    print(shown(new_topic(course, title, lesson)))


def _question(given: Namespace) -> None:
    course = the_course(given)
    kind = given.kind or _ask(f"Kind ({', '.join(kinds_to_write())})", "single-choice")
    name = given.name or _ask("Id", free_id(course, f"new-{kind}"))
    place = new_question(course, name, kind, _the_topic(course, given.topic))
    print(clean(f"{shown(place.path)}:{place.line}"))
    if example_run(kind) is not None:
        print("Next: 'coursekit lock' makes the run and keeps the key that it decides.", file=sys.stderr)


def _lab(given: Namespace) -> None:
    folder = find_course(given.course, os.environ, Path.cwd())
    name = given.name or _ask("Name of the lab's folder", "new-lab")
    title = given.title or _ask("Title", _as_title(name))
    if not given.code:
        print(shown(new_lab(folder, name, title)))
        print(
            f"Next: 'coursekit lab run {name}' makes its run, 'coursekit check labs/{name} --labs' proves it.",
            file=sys.stderr,
        )
        return
    for path in new_code_lab(folder, name, title):
        print(shown(path))
    print(f"Next: 'coursekit check labs/{name} --labs' proves it, before you change it and after.", file=sys.stderr)


def _exam(given: Namespace) -> None:
    course = the_course(given)
    name = given.name or _ask("Name of the exam's file", "new-exam")
    title = given.title or _ask("Title", _as_title(name))
    print(shown(new_exam(course, name, title)))
    print(f"Next: 'coursekit check' holds it to the questions, 'coursekit exam {name}' sits it.", file=sys.stderr)


def _the_topic(course: Course, named: str | None) -> Topic:
    if named is None:
        return course.topics[-1]
    titled = [topic for topic in course.topics if topic.title == named]
    if len(titled) == 1:
        return titled[0]
    for topic in course.topics:
        if topic.file.resolve() == Path(os.path.expanduser(named)).resolve():
            return topic
    known = tuple(topic.path if titled else topic.title for topic in titled or course.topics)
    what = "the title of several topics; name one by its file" if titled else "no topic of this course"
    raise UsageError(f"'{named}' is {what}. {suggest(named, known)}")


def _ask(what: str, default: str) -> str:
    """Ask a person in a terminal; elsewhere, and for an empty line, take the default."""
    if not sys.stdin.isatty():
        return default
    try:
        return input(f"{what} [{default}]: ").strip() or default
    except EOFError:
        raise UsageError("Nothing was started: the input ended.") from None


def _as_title(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or "New"
