from collections.abc import Callable
from pathlib import Path

import pytest

from coursekit.course import open_course
from coursekit.errors import ContentError
from coursekit.questions._policy import ONE_TRY, Policy
from coursekit.questions._question import Question

Read = Callable[..., Question]
OPTIONS = "Which?\n\n- [x] a\n- [ ] b\n- [ ] c\n"
SHORT = "id: q\nkind: short-answer\nkeys: [a]"


def test_a_question_has_one_try_and_then_shows_its_key(read: Read) -> None:
    assert read("id: q", OPTIONS).policy == ONE_TRY
    assert [ONE_TRY.is_revealed(mark, 1) for mark in (0, 0.5, 1)] == [True, True, True]


@pytest.mark.parametrize(
    ("reveal", "shown"),
    [("last", [False, True, True, True]), ("right", [False, True, False, True]), ("never", [False] * 4)],
)
def test_the_key_is_shown_when_the_policy_says_so(reveal: str, shown: list[bool]) -> None:
    policy = Policy(2, reveal)

    assert [policy.is_revealed(mark, tries) for tries in (1, 2) for mark in (0.5, 1)] == shown


def test_a_question_says_its_policy(read: Read) -> None:
    assert read(f"{SHORT}\nattempts: 3\nreveal: right").policy == Policy(3, "right")


@pytest.mark.parametrize(
    ("metadata", "body", "said"),
    [
        (f"{SHORT}\nattempts: 0", "", "a whole number from 1 to 20"),
        (f"{SHORT}\nattempts: 1.5", "", "a whole number from 1 to 20"),
        (f"{SHORT}\nattempts: 21", "", "a whole number from 1 to 20"),
        (f"{SHORT}\nattempts: many", "", "must be a number"),
        (f"{SHORT}\nreveal: lst", "", "Did you mean 'last'"),
        ("id: q\nattempts: 3", OPTIONS, "going through the options would do. Write 'attempts: 2'"),
        ("id: q\nkind: true-false\nkey: true\nattempts: 2", "So.", "Write 'attempts: 1'"),
    ],
)
def test_a_policy_that_would_credit_luck_or_says_nothing_is_refused(
    read: Read, metadata: str, body: str, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == 6 + len(metadata.splitlines())


def test_a_topic_inherits_from_the_course_and_a_question_from_its_topic(course_folder: Path) -> None:
    front, topic = course_folder / "content" / "course.md", course_folder / "content" / "1-basics" / "1-steps.md"
    front.write_text(front.read_text().replace("title:", "attempts: 5\nreveal: right\ntitle:", 1))
    topic.write_text(
        topic.read_text()
        .replace("lab: bowl}", "lab: bowl, attempts: 4}")
        .replace("id: one-step", "id: one-step\nattempts: 3\nreveal: never")
    )

    course = open_course(course_folder)

    policies = {name: course.question(name).policy for name in course.topic_of}
    assert policies == {
        "pick-one": Policy(2, "right"),  # three options: a third try would be sure
        "pick-many": Policy(4, "right"),
        "claim": Policy(1, "right"),
        "one-step": Policy(3, "never"),
        "why-calm": Policy(1, "right"),
        "guess-run": ONE_TRY,  # the run shows it
    }
