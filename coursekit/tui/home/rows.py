"""Home's head and rows: what is today, then lessons with their topics, then labs."""

from collections.abc import Collection
from functools import partial

from textual.content import Content

from coursekit.course import Course
from coursekit.study.agenda import Agenda, minutes_sentence
from coursekit.tui.home.lines import Lines
from coursekit.tui.home.overview import Overview
from coursekit.tui.outline import Row
from coursekit.tui.text import PARTLY, QUIET, spread
from coursekit.words import count


def head(course: Course, found: Overview, width: int) -> Content:
    """Name the course, count what is due, new and mastered, and say how far off the exam is."""
    day = found.day
    counts = f"◷ {len(day.due_names)} due   ○ {day.unseen} new   ● {len(found.counted.mastered)} mastered"
    title, right = Content.styled(course.title, "bold"), Content.styled(counts, QUIET)
    has_room = title.cell_length + right.cell_length < width
    below = Content.styled(" · ".join(part for part in ("exam review", course.programme) if part), QUIET)
    lines = [spread(title, right, width)] if has_room else [title, right]
    lines.append(spread(below, Content.styled(_exam_words(day), QUIET), width))
    if course.problems:
        what = f"{count(len(course.problems), 'problem')} in the course's files: see 'coursekit check'"
        lines.append(Content.styled(what, PARTLY))
    return Content("\n").join(lines)


def all_rows(course: Course, found: Overview, folded: Collection[str], width: int) -> list[Row]:
    """Make the rows of today, of lessons and topics but those of folded lessons, and of labs."""
    lines = Lines(found, found.day, width)
    rule, labs = Row(lines.rule), Row(lambda: Content.styled("Labs", "bold"))
    named = [Row(partial(lines.lab, name), f"lab:{name}") for name in course.lab_names()]
    return [*_today(lines), rule, *_topics(course, lines, folded), rule, labs, *named]


def _today(lines: Lines) -> list[Row]:
    rows = [Row(lines.start, "start")]
    if said := minutes_sentence(lines.day):
        rows.append(Row(lambda: Content.styled(f"  {said}", QUIET)))
    if lines.day.lab and lines.found.counted.seen:
        rows.append(Row(lines.lab_to_try, f"lab:{lines.day.lab}"))
    return rows


def _topics(course: Course, lines: Lines, folded: Collection[str]) -> list[Row]:
    places = {topic.file: place for place, topic in enumerate(course.topics)}
    rows: list[Row] = []
    for lesson, topics in course.lessons.items():
        rows.append(Row(partial(lines.lesson, lesson, topics, lesson in folded), f"lesson:{lesson}"))
        if lesson not in folded:
            rows += [Row(partial(lines.topic, topic), f"topic:{places[topic.file]}") for topic in topics]
    return rows


def _exam_words(day: Agenda) -> str:
    """Say how far off the exam is."""
    if day.days_to_exam is None:
        return ""
    return {0: "exam today", 1: "exam tomorrow"}.get(day.days_to_exam, f"exam in {day.days_to_exam} days")
