"""An exam for which the course has too few questions."""

from coursekit.check.rule import Example, ReaderRule
from coursekit.check.rules.bad_exam import CLAIM, EXAM

PLUGIN = ReaderRule(
    finds="An exam for which the course has too few questions",
    why="Nobody could begin it. Questions that are confirmed by the learner or graded in a lab are none for an exam.",
    example=Example(
        EXAM.replace("questions: 1", "questions: 3").replace("count: 1", "count: 3"),
        EXAM,
        "content/exams/short.md",
        beside={"content/2-more.md": CLAIM},
    ),
)
