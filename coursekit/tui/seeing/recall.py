"""What would be recalled now: a row for each topic, and below it, when it is unfolded, one for each objective."""

from collections.abc import Collection, Sequence
from functools import partial

from textual.content import Content

from coursekit.course import Course, Topic
from coursekit.plots.interval_bar import interval_bar
from coursekit.prose import inline
from coursekit.scheduling import Card
from coursekit.study.mastery import Mastery, Objective, percent, sentence
from coursekit.study.seeing import Standing
from coursekit.tui.outline import Row
from coursekit.tui.text import PARTLY, QUIET, line_content, spread

KEY = "█ sure  ▓ likely  ░ possible, by the reviews so far"


def recall_sentences(found: Standing) -> str:
    """Say how well the whole is mastered, and what least."""
    least = found.weakest
    said = sentence(found.whole, "the course")
    return f"{said} The least: {least.words} ({percent(least.mastery.share)})." if least else said


def recall_rows(course: Course, found: Standing, unfolded: Collection[str], width: int) -> list[Row]:
    """Draw the rows; a topic's name is `topic:` and its place in the course, as in `unfolded`."""
    rows: list[Row] = []
    for place, (topic, each, below) in enumerate(zip(course.topics, found.topics, found.objectives, strict=True)):
        name = f"topic:{place}"
        rows.append(Row(partial(_topic_line, topic, each, name in unfolded, width), name))
        if name in unfolded:
            rows += [Row(partial(_objective_line, one, width)) for one in below]
    return rows


def leech_rows(course: Course, found: Sequence[Card], width: int) -> list[Row]:
    """Draw what does not stick under a heading of its own, each row named `question:` and its id; none, no heading."""
    if not found:
        return []
    rows = [Row(lambda: Content.styled("What does not stick", "bold"))]
    rows += [Row(partial(_leech_line, course, card, width), f"question:{card.question}") for card in found]
    return rows


def _leech_line(course: Course, card: Card, width: int) -> Content:
    title = course.topic_of[card.question].entries[card.question].title
    return spread(
        Content("    ") + line_content(inline(title)), Content.styled(f"missed {card.lapses} times", PARTLY), width
    )


def _topic_line(topic: Topic, found: Mastery, is_unfolded: bool, width: int) -> Content:
    title = Content.styled(f"{'▾' if is_unfolded else '▸'} {topic.title}", "bold")
    return spread(title, _share(found, width), width)


def _objective_line(one: Objective, width: int) -> Content:
    return spread(Content(f"    {one.words}"), _share(one.mastery, width), width)


def _share(found: Mastery, width: int) -> Content:
    """Draw the bar, the share and the ends of its interval."""
    cells = 20 if width >= 70 else 10
    drawn = (interval_bar(found.low, found.share, found.high, cells), "$text-primary")
    if not found.seen:
        return Content.assemble(drawn, ("    ○ not seen yet".ljust(18), QUIET))
    ends = f"{found.low * 100:.0f}–{found.high * 100:.0f} %"
    return Content.assemble(drawn, f" {percent(found.share):>5}", (f"{ends:>10}  ", QUIET))
