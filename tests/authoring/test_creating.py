"""A skeleton is a working course, topic, question or lab: check finds nothing in it but its TODOs."""

from pathlib import Path

import pytest

from coursekit.authoring.creating import free_id, new_code_lab, new_course, new_lab, new_question, new_topic
from coursekit.authoring.formatting import format_topic
from coursekit.authoring.skeletons import kinds_to_write, lab_text, slug
from coursekit.authoring.writing import create, replace_file
from coursekit.check import check_course, check_labs
from coursekit.course import Course, open_course
from coursekit.document import split
from coursekit.errors import UsageError
from coursekit.lab.code.definition import load_code_lab


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_course(tmp_path / "mine", "My course")
    return tmp_path / "mine"


def findings(course: Course) -> list[str]:
    """What check says, apart from TODOs and from a prediction that has not run yet."""
    found = (finding for finding in check_course(course) if finding.code != "todo")
    return [finding.message for finding in found if "Run 'coursekit lock'" not in finding.message]


def lines(folder: Path) -> list[str]:
    return (folder / "content" / "1-first-topic.md").read_text().splitlines()


def test_a_new_course_passes_check_with_its_lab(folder: Path) -> None:
    course = open_course(folder)

    assert (course.id, course.title) == ("mine", "My course")
    assert findings(course) == []
    assert list(check_labs(course)) == []


@pytest.mark.parametrize("kind", kinds_to_write())
def test_a_new_question_of_each_kind_passes_check_and_is_formatted(folder: Path, kind: str) -> None:
    course = open_course(folder)

    place = new_question(course, f"my-{kind}", kind, course.topics[0])

    again = open_course(folder)
    assert again.question(f"my-{kind}").kind == kind
    assert again.question(f"my-{kind}").line == place.line
    assert findings(again) == []
    assert any("TODO" in line for line in lines(folder)[place.line - 1 :])
    source = place.path.read_text(encoding="utf-8")
    assert format_topic(source, "t.md") == source


@pytest.mark.parametrize("kind", kinds_to_write())
def test_a_new_question_fits_the_lab_of_any_course(course: Course, kind: str) -> None:
    new_question(course, "fresh", kind, course.topics[0])

    assert findings(open_course(course.folder)) == []


def test_a_topic_without_a_lab_gets_a_question_that_names_one(course: Course) -> None:
    path = course.folder / "content" / "1-basics" / "2-more.md"
    path.write_text("---\ntitle: More\n---\n")
    again = open_course(course.folder)

    new_question(again, "fresh", "numeric", again.topics[-1])

    assert "lab: bowl" in path.read_text()
    assert findings(open_course(course.folder)) == []


def test_a_new_topic_stands_behind_the_others_of_its_lesson(course: Course) -> None:
    path = new_topic(course, "Mini-batches: noise", "Basics")

    again = open_course(course.folder)
    assert path.relative_to(course.folder).as_posix() == "content/1-basics/2-mini-batches-noise.md"
    assert [(topic.title, topic.lesson) for topic in again.topics][-1] == ("Mini-batches: noise", "Basics")
    assert findings(again) == []


def test_a_new_lesson_gets_a_folder_where_lessons_have_folders(course: Course, folder: Path) -> None:
    assert new_topic(course, "A", "New one").relative_to(course.folder).as_posix() == "content/2-new-one/1-a.md"
    assert new_topic(open_course(folder), "A", "New one").name == "2-a.md"


def test_a_number_is_as_wide_as_those_before(folder: Path) -> None:
    (folder / "content" / "1-first-topic.md").rename(folder / "content" / "009-first.md")

    assert new_topic(open_course(folder), "Next", None).name == "010-next.md"


@pytest.mark.parametrize("title", ["a: b", "yes # no", "'quoted", "[x]", "1e3", "null", "- a", 'say "so"', "é & ü"])
def test_a_title_may_be_anything(course: Course, title: str) -> None:
    new_topic(course, title, title)

    topic = open_course(course.folder).topics[-1]
    assert (topic.title, topic.lesson) == (title, title)
    assert split(lab_text(title), "lab.md").fields().text("title") == title


def test_nothing_is_written_over(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(UsageError, match="is there already"):
        new_course(folder, "Again")
    with pytest.raises(UsageError, match="is there already"):
        new_lab(folder, "first-lab", "Again")
    with pytest.raises(UsageError, match="is there already"):
        create(folder / "content" / "course.md", "x")

    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_new_lab_of_code_proves_itself_with_all_its_files(folder: Path) -> None:
    paths = new_code_lab(folder, "write-it", "Write: it")

    course = open_course(folder)
    names = [path.relative_to(folder / "labs" / "write-it").as_posix() for path in paths]
    assert names == ["lab.md", "starter.py", "reference.py", "cases.py", "wrong/one_slip.py"]
    assert load_code_lab(course, "write-it").title == "Write: it"
    assert list(check_labs(course)) == []
    assert findings(course) == []
    assert any("TODO" in line for line in paths[0].read_text().splitlines())


def test_a_lab_of_code_is_made_whole_or_not_at_all(folder: Path) -> None:
    (folder / "labs" / "write-it").mkdir()
    (folder / "labs" / "write-it" / "cases.py").write_text("mine")

    with pytest.raises(UsageError, match="is there already"):
        new_code_lab(folder, "write-it", "Write it")
    with pytest.raises(UsageError, match="is no name for a lab"):
        new_code_lab(folder, "Write It", "Write it")

    assert [path.name for path in (folder / "labs" / "write-it").iterdir()] == ["cases.py"]


def test_a_course_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    new_lab(tmp_path, "first-lab", "Mine")

    with pytest.raises(UsageError, match="is there already"):
        new_course(tmp_path, "My course")

    assert not (tmp_path / "content").exists()


def test_a_prediction_asks_for_a_run_that_the_lab_can_make(course: Course) -> None:
    lab = course.folder / "labs" / "bowl" / "lab.md"
    lab.write_text(lab.read_text().replace("max: 1000", "max: 1"))
    again = open_course(course.folder)

    new_question(again, "fresh", "predict", again.topics[0])

    source = again.topics[0].document.path
    assert "run: {learning_rate: 0.05}" in Path(source).read_text()


def test_a_taken_or_wrong_id_is_refused_and_a_free_one_is_named(folder: Path) -> None:
    course = open_course(folder)

    with pytest.raises(UsageError, match="Take another id, for example 'first-question-2'"):
        new_question(course, "first-question", "numeric", course.topics[0])
    with pytest.raises(UsageError, match="'No Id' is no id"):
        new_question(course, "No Id", "numeric", course.topics[0])
    with pytest.raises(UsageError, match=r"There is no kind 'numerc'\. Did you mean 'numeric'"):
        new_question(course, "x", "numerc", course.topics[0])
    assert free_id(course, "new") == "new"


def test_a_question_is_added_with_the_files_line_ends(folder: Path) -> None:
    path = folder / "content" / "1-first-topic.md"
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before.rstrip())
    course = open_course(folder)

    new_question(course, "next", "numeric", course.topics[0])

    assert path.read_bytes().startswith(before)
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert "next" in open_course(folder).topic_of


def test_an_open_fence_at_the_end_swallows_no_question(folder: Path) -> None:
    path = folder / "content" / "1-first-topic.md"
    path.write_text(path.read_text() + "\n```python\nopen\n")
    before, course = path.read_bytes(), open_course(folder)

    with pytest.raises(UsageError, match="never closed"):
        new_question(course, "next", "numeric", course.topics[0])

    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["Big Lab", "../up", "a/b", ""])
def test_a_lab_needs_a_plain_name(folder: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a lab"):
        new_lab(folder, name, "T")


def test_a_new_lab_proves_itself(folder: Path) -> None:
    new_lab(folder, "batch-size", "Batch size")

    course = open_course(folder)
    assert course.lab_names() == ("batch-size", "first-lab")
    assert findings(course) == []


def test_a_file_is_replaced_with_its_mode_and_through_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.md", tmp_path / "b.md"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)

    replace_file(link, b"new")

    assert (path.read_text(), path.stat().st_mode & 0o777, link.is_symlink()) == ("new", 0o640, True)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_a_file_that_may_only_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o440)

    with pytest.raises(UsageError, match="may only be read"):
        replace_file(path, b"new")

    assert path.read_text() == "old"


def test_a_slug_is_a_name_that_files_and_ids_can_have() -> None:
    assert [slug(title) for title in ("A B", "é", "--x--", "a" * 90)] == ["a-b", "untitled", "x", "a" * 60]
