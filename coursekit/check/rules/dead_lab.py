"""A lab that the course does not have."""

from collections.abc import Iterator

from coursekit.check.facts import CourseFacts
from coursekit.check.rule import CourseRule, Example
from coursekit.check.rules._examples import question
from coursekit.errors import suggest


def _find(course: CourseFacts) -> Iterator[tuple[str, int, str]]:
    known = set(course.labs)
    for topic in course.topics:
        for each in topic.questions:
            if each.lab and each.lab not in known:
                advice = suggest(each.lab, course.labs) if known else "There are none yet."
                yield topic.path, each.lab_line, f"'lab' names '{each.lab}'. {advice}"


PLUGIN = CourseRule(
    finds="A lab that the course does not have",
    why="A lab is a folder of labs/ with a lab.md.",
    example=Example(question(metadata="id: half\nlab: bowling"), question()),
    find=_find,
)
