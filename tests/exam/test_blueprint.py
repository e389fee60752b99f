from collections.abc import Callable

import pytest

from coursekit.course import Course
from coursekit.errors import ContentError, UsageError
from coursekit.exam.blueprint import Blueprint, kept_blueprint, read_blueprint
from coursekit.exam.folder import every_exam, exam_names, load_exam
from tests.exam.conftest import EXAM, add_exam


def test_a_blueprint_is_what_its_file_says(exam: Blueprint):
    assert (exam.name, exam.title, exam.questions, exam.minutes) == ("short", "A short test", 4, 10)
    assert (exam.pass_share, exam.attempts, exam.shuffle) == (0.6, 0, True)
    assert [part.count for part in exam.parts] == [3, 1]
    assert exam.intro == "Four questions in ten minutes."


def test_what_a_record_keeps_reads_as_the_same_exam(exam: Blueprint):
    kept = kept_blueprint(exam.data() | {"last": ["claim"]}, "short")

    assert kept.data() == exam.data()


def test_one_count_for_the_whole_is_enough():
    exam = read_blueprint("---\ntitle: All\nquestions: 7\n---\n", "all", "all.md")

    assert [part.count for part in exam.parts] == [7]


WRONG = {
    "unknown field": ("minutes: 10", "minuts: 10", 7, "Did you mean 'minutes'?"),
    "unknown field of a part": ("count: 3", "count: 3, lab: bowl", 5, "Unknown field 'lab'"),
    "counts": ("questions: 4", "questions: 5", 3, "The counts under 'from' make 4, not 5."),
    "no count": (", count: 3", "", 5, "Say how many: 'count: 5'"),
    "unknown kind": ("numeric", "numerik", 6, "Did you mean 'numeric'?"),
    "free text": ("numeric", "free-response", 6, "is confirmed by the learner, so no exam can grade it."),
    "code": ("numeric", "code", 6, "is graded in its lab, so no exam can grade it."),
    "pass": ("pass: 60", "pass: 160", 8, "'pass' is a number from 0 to 100, got 160."),
    "no time": ("minutes: 10", "minutes: 0", 7, "'minutes' is above 0"),
    "half a question": ("questions: 4", "questions: 4.5", 3, "'questions' is a whole number"),
    "a score meanwhile": ("pass: 60", "pass: 60\nshow: {during: [score]}", 9, "A score is never shown while"),
    "a question": ("Four questions", "## A question\n\nFour questions", 11, "Move this one into a topic file."),
    "no title": ("title: A short test\n", "", 1, "'title' is missing."),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_line(what: str):
    old, new, line, message = WRONG[what]
    assert old in EXAM

    with pytest.raises(ContentError) as caught:
        read_blueprint(EXAM.replace(old, new), "short", "short.md")

    assert message in str(caught.value)
    assert abs(caught.value.line - line) <= 1


def test_exams_are_no_topics(examined: Course):
    assert exam_names(examined) == ("short",)
    assert [topic.title for topic in examined.topics] == ["Steps and batches"]
    assert examined.problems == ()


def test_an_exam_that_is_not_there_is_told_with_those_that_are(examined: Course):
    with pytest.raises(UsageError, match=r"has no exam 'shrt'\. Did you mean 'short'"):
        load_exam(examined, "shrt")


def test_one_broken_exam_hides_no_other(examined: Course):
    course = add_exam(examined.folder, "no front matter", "broken")
    found = list(every_exam(course))

    assert [type(one) for one in found] == [ContentError, Blueprint]


def test_a_link_out_of_the_course_is_not_followed(examined: Course, tmp_path_factory: pytest.TempPathFactory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text(EXAM, encoding="utf-8")
    (examined.folder / "content" / "exams" / "away.md").symlink_to(secret)

    with pytest.raises(ContentError, match="link out of the course"):
        load_exam(examined, "away")


def test_the_shipped_exam_says_whose_its_time_limit_is(shipped: Callable[[], Course]):
    exam = load_exam(shipped(), "eitc")

    assert (exam.questions, exam.minutes, exam.pass_share) == (15, 45, 0.6)
    assert {kind for part in exam.parts for kind in part.kinds} == {"single-choice", "true-false"}
    assert "No official one is published" in exam.intro
