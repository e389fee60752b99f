import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coursekit.course import Course, find_course, open_course
from coursekit.errors import ContentError, CourseError, UsageError
from coursekit.questions.free_response import FreeResponse

TOPIC = """\
---
title: {title}
lesson: Basics
---

## One

```yaml question
id: {id}
kind: true-false
key: true
```

A claim.
"""


def topic(id: str, title: str = "A topic") -> str:
    return TOPIC.format(id=id, title=title)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one topic with one question."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "course.md").write_text("---\nid: mine\ntitle: Mine\nprogramme: P\nfield: F\n---\n")
    (tmp_path / "content" / "1-good.md").write_text(topic("good"))
    return tmp_path


def add(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def only_problem(course: Course) -> ContentError:
    (problem,) = course.problems
    return problem


def test_a_course_that_is_named_is_taken(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    assert find_course(str(folder), {"COURSEKIT_COURSE": "/nowhere"}, elsewhere) == folder
    assert find_course(None, {"COURSEKIT_COURSE": str(folder)}, elsewhere) == folder


def test_a_course_is_found_upwards_from_the_working_folder(folder: Path) -> None:
    deep = folder / "labs" / "some" / "where"
    deep.mkdir(parents=True)

    assert find_course(None, {}, deep) == folder
    assert find_course(None, {}, folder) == folder


def test_elsewhere_the_packaged_course_is_taken(tmp_path: Path) -> None:
    found = find_course(None, {}, tmp_path)

    assert (found / "content" / "course.md").is_file()
    assert len(open_course(found).topic_of) >= 11


@pytest.mark.parametrize(
    ("named", "said"),
    [("nowhere", "does not exist"), ("", "has no content/course.md"), ("content", "has no content/course.md")],
)
def test_a_named_folder_that_is_no_course_is_refused(tmp_path: Path, named: str, said: str) -> None:
    (tmp_path / "content").mkdir()

    with pytest.raises(CourseError, match=f"is no course: it {said}"):
        find_course(str(tmp_path / named), {}, tmp_path)


def test_the_home_of_an_unknown_user_is_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="does not exist"):
        find_course("~no-such-user-here/course", {}, tmp_path)


def test_a_home_is_expanded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))

    assert find_course(f"~/{folder.name}", {}, Path("/")) == folder


def test_a_course_holds_its_topics_by_lesson_in_the_order_of_file_names(folder: Path) -> None:
    add(folder, "2-more/1-x.md", topic("x", "X").replace("Basics", "More"))
    add(folder, "0-first.md", topic("first", "First"))
    add(folder, "3-last.md", topic("last", "Last").replace("lesson: Basics\n", ""))

    course = open_course(folder)

    assert (course.id, course.title) == ("mine", "Mine")
    assert list(course.topic_of) == ["first", "good", "x", "last"]
    assert {lesson: [t.title for t in topics] for lesson, topics in course.lessons.items()} == {
        "Basics": ["First", "A topic"],
        "More": ["X"],
        "Other topics": ["Last"],
    }


def test_a_tenth_topic_comes_after_the_second(folder: Path) -> None:
    for number in (10, 2, 1):
        add(folder, f"1-basics/{number}-more.md", topic(f"no-{number}", f"No {number}"))

    assert [name for name in open_course(folder).topic_of if name.startswith("no-")] == ["no-1", "no-2", "no-10"]


@pytest.mark.parametrize("files", [[], ["course.md"], ["course.md", "README.md"]])
def test_a_course_without_questions_says_where_to_add_some(tmp_path: Path, files: list[str]) -> None:
    for name in files:
        add(tmp_path, name, "---\ntitle: T\n---\n")

    with pytest.raises(
        (CourseError, ContentError), match=r"content(/course\.md:1: Cannot be read| has no questions yet)"
    ):
        open_course(tmp_path)


def test_a_course_whose_only_file_is_broken_says_what_is_wrong(tmp_path: Path) -> None:
    add(tmp_path, "course.md", "---\ntitle: T\n---\n")
    add(tmp_path, "a.md", "no front matter")

    with pytest.raises(CourseError, match=r"no questions yet.* First problem: .*a\.md:1: The file must begin"):
        open_course(tmp_path)


BROKEN = {
    "no front matter": (b"# Title\n", 1, "must begin with a line '---'"),
    "open front matter": (b"---\ntitle: T\n", 1, "never closed"),
    "no title": (b"---\nlesson: L\n---\n", 1, "has no title"),
    "bad yaml": (b"---\nlesson: [L\ntitle: 'T\n---\n", 3, "cannot be read"),
    "not utf-8": ("---\ntitle: T\n---\n\nGrün\n".encode("latin-1"), 5, "Not UTF-8"),
    "utf-16": ("---\ntitle: T\n---\n".encode("utf-16"), 1, "Not UTF-8"),
    "too large": (b"---\ntitle: T\n---\n" + b"x" * 2_000_000, 1, "Larger than 2,000,000 bytes"),
    "no fence": (b"---\ntitle: T\n---\n## Q\ntext\n", 4, "'```yaml question' fence"),
    "no id": (b"---\ntitle: T\n---\n## Q\n```yaml question\nkind: numeric\n```\n", 6, "'id' is missing"),
    "bad fence": (b"---\ntitle: T\n---\n## Q\n```yaml question\nid: 'a\n```\n", 6, "cannot be read"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_becomes_a_problem_and_the_others_are_read(folder: Path, name: str) -> None:
    text, line, said = BROKEN[name]
    path = add(folder, "0-broken.md", text)

    course = open_course(folder)

    problem = only_problem(course)
    assert list(course.topic_of) == ["good"]
    assert course.question("good").body.key() == ("1",)
    assert (Path(problem.path).resolve(), problem.line) == (path.resolve(), line)
    assert said in problem.message


def test_a_folder_with_a_files_name_is_a_problem(folder: Path) -> None:
    (folder / "content" / "folder.md").mkdir()

    assert "Cannot be read" in only_problem(open_course(folder)).message


def test_a_broken_question_leaves_its_neighbours(folder: Path) -> None:
    good = topic("second").partition("## One")[2]
    add(folder, "2.md", topic("first") + "\n## Broken\n\nNo fence.\n\n## One" + good)

    course = open_course(folder)

    assert list(course.topic_of) == ["good", "first", "second"]
    assert only_problem(course).line == 16


def test_an_id_that_is_taken_names_the_first_place(folder: Path) -> None:
    add(folder, "2.md", topic("good", "Another"))

    course = open_course(folder)

    assert course.topic_of["good"].title == "A topic"
    assert only_problem(course).line == 6
    assert "The id 'good' is taken by" in only_problem(course).message
    assert "1-good.md:6" in only_problem(course).message


def test_an_unknown_question_names_the_nearest(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"no question 'god'\. Did you mean 'good'"):
        open_course(folder).question("god")


def test_a_question_that_cannot_be_read_comes_as_its_error_among_the_others(folder: Path) -> None:
    add(folder, "2.md", topic("bad").replace("true-false", "true-flase"))
    add(folder, "3.md", topic("last"))

    good, bad, last = open_course(folder).questions()

    assert not isinstance(good, ContentError)
    assert not isinstance(last, ContentError)
    assert isinstance(bad, ContentError)
    assert bad.line == 10
    assert "no kind 'true-flase'. Did you mean 'true-false'?" in bad.message


def test_a_topics_defaults_hold_for_its_questions(folder: Path) -> None:
    add(folder, "2.md", topic("two").replace("lesson: Basics", "lesson: Basics\ndefaults: {points: 3, lab: bowl}"))

    course = open_course(folder)

    assert (course.question("two").points, course.question("two").lab) == (3.0, "bowl")
    assert (course.question("good").points, course.question("good").lab) == (1.0, None)


def test_an_unknown_default_is_named_by_its_line(folder: Path) -> None:
    add(folder, "2.md", topic("two").replace("lesson: Basics", "lesson: Basics\ndefaults: {pionts: 3}"))

    with pytest.raises(ContentError, match=r"2\.md:4: Unknown field 'pionts'. Did you mean 'points'"):
        open_course(folder).question("two")


def test_labs_are_the_folders_that_hold_a_lab(folder: Path) -> None:
    for name in ("b", "a", "empty"):
        (folder / "labs" / name).mkdir(parents=True)
    (folder / "labs" / "a" / "lab.md").touch()
    (folder / "labs" / "b" / "lab.md").touch()

    assert open_course(folder).lab_names() == ("a", "b")


def test_opening_a_course_loads_neither_yaml_nor_the_parser(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from coursekit.course import open_course\n"
        "open_course(Path(sys.argv[1])); print([m for m in ('yaml', 'markdown_it', 'numpy') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_a_problem(folder: Path) -> None:
    add(folder, "2.md", topic("two")).chmod(0)

    assert "Cannot be read: Permission denied" in only_problem(open_course(folder)).message


def test_words_of_free_text_are_weighed_by_the_texts_of_the_course(course_folder: Path):
    course = open_course(course_folder)
    body = course.question("why-calm").body
    assert isinstance(body, FreeResponse)

    assert body.weights() is course.word_weights
    assert 0 < course.word_weights["gradient"] < course.word_weights["nois"] < 1


@pytest.mark.parametrize(
    ("front", "fence", "lab"),
    [
        ("defaults: {lab: bowl}", "", "bowl"),
        ("defaults: {points: 2, lab: 'bowl'}", "", "bowl"),
        ("defaults:  # for all\n  points: 2\n  lab: bowl", "", "bowl"),
        ("defaults: {lab: bowl}", "\nlab: hill", "hill"),
        ("defaults: {points: 2}\nobjectives: {lab: x}", "", ""),
        ("lesson: defaults", "", ""),
    ],
)
def test_facts_tell_the_lab_that_the_question_leads_to(folder: Path, front: str, fence: str, lab: str) -> None:
    text = topic("led").replace("lesson: Basics", front).replace("kind: true-false", f"kind: true-false{fence}")
    add(folder, "2-led.md", text)

    course = open_course(folder)

    assert course.facts("led").lab == lab == (course.question("led").lab or "")


def test_a_thousand_lines_of_defaults_are_read_at_once(folder: Path) -> None:
    add(folder, "2-many.md", topic("many").replace("lesson: Basics", "defaults: {a\n" * 20_000))

    start = time.perf_counter()
    open_course(folder)

    assert time.perf_counter() - start < 2
