"""A related question that the course does not have."""

from collections.abc import Iterator

from coursekit.check.facts import CourseFacts
from coursekit.check.rule import CourseRule, Example
from coursekit.check.rules._examples import question
from coursekit.course import nearest


def _find(course: CourseFacts) -> Iterator[tuple[str, int, str]]:
    known = set(course.ids)
    for topic in course.topics:
        for each in topic.questions:
            for name in each.related:
                if name not in known:
                    advice = nearest(name, course.ids)
                    yield (
                        topic.path,
                        each.related_line,
                        f"'related' names '{name}', which is no question of this course. {advice}",
                    )


PLUGIN = CourseRule(
    finds="A related question that the course does not have",
    why="The way on would lead nowhere.",
    example=Example(
        question(metadata="id: half\nlab: bowl\nrelated: [fal]"),
        question(metadata="id: half\nlab: bowl\nrelated: [fall]"),
    ),
    find=_find,
)
