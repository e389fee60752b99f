"""A link or picture whose file is not there."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from coursekit.check.facts import CourseFacts
from coursekit.check.rule import CourseRule, Example
from coursekit.check.rules._examples import question


def _find(course: CourseFacts) -> Iterator[tuple[str, int, str]]:
    for topic in course.topics:
        for each in topic.questions:
            for line, address in each.links:
                if not _is_there(Path(topic.folder), address):
                    yield topic.path, line, f"'{address}' is not there, seen from this file. Mend the address."


def _is_there(folder: Path, address: str) -> bool:
    try:
        return (folder / unquote(address)).exists()
    except (OSError, ValueError):  # too long, or with a NUL
        return False


PLUGIN = CourseRule(
    finds="A link or picture whose file is not there",
    why=(
        "An address without https:// is a file beside the topic's. Addresses of the web are not looked up: a "
        "check works offline."
    ),
    example=Example(
        question(stem="See [the course](../course.mdx). Doubling the batch size does what?"),
        question(stem="See [the course](course.md). Doubling the batch size does what?"),
    ),
    find=_find,
)
