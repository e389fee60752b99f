"""What students get: the same questions, and nowhere in it a key."""

import json
import re
import stat
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from coursekit import plugins
from coursekit.check import check_course
from coursekit.course import Course, open_course
from coursekit.document import last_list
from coursekit.errors import CourseError
from coursekit.exam.drawing import is_keyless
from coursekit.lab.code.definition import load_any_lab
from coursekit.lab.definition import load_lab
from coursekit.model import Matching, Ordering
from coursekit.packs.installed import add_course
from coursekit.packs.student import build_student
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.questions.unkeyed import Unkeyed

ROOT = Path(__file__).parents[2]
KINDS = [kind for kind in plugins.names("coursekit.questions") if kind not in ("unkeyed", "code")]
Build = Callable[..., "tuple[Course, dict[str, Any]]"]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return what builds a course for students: the course as it is added, and the keys."""

    def build_it(folder: Path, seed: int = 0) -> tuple[Course, dict[str, Any]]:
        target, keys = tmp_path / f"{seed}.zip", tmp_path / f"{seed}.json"
        build_student(open_course(folder), target, keys, seed)
        added = add_course(tmp_path / f"home-{seed}", target, replace=True)
        return added.course, json.loads(keys.read_text())

    return build_it


def in_author_numbers(response: list[str], shown: list[int]) -> tuple[str, ...]:
    """Do what a grader does with a response."""
    return tuple(str(shown[int(number) - 1]) for number in response) if shown else tuple(response)


@pytest.fixture
def every_kind(tmp_path: Path) -> Path:
    """A course of the example of every kind, with an explanation, a note of the author's and feedback."""
    sections: list[str] = []
    for kind in KINDS:
        doc = import_module(f"coursekit.questions.{kind.replace('-', '_')}").__doc__ or ""
        text = doc.partition("```yaml question\n")[2]
        sections.append(
            f"## Of {kind}\n\n```yaml question\n{text}\n\n### Hint\n\nLook.\n\n### Explanation\n\nEXPLAINED.\n"
        )
    folder = tmp_path / "every"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "course.md").write_text("---\nid: every\ntitle: Every kind\nattempts: 3\n---\n")
    head = "---\ntitle: A topic # SECRET\ndefaults: {lab: quadratic-bowl, attempts: 2, reveal: never}\n---\n\nText.\n\n"
    (folder / "content" / "1.md").write_text(head + "\n".join(sections))
    (folder / "labs" / "quadratic-bowl").mkdir(parents=True)
    lab = (ROOT / "labs" / "quadratic-bowl" / "lab.md").read_text()
    (folder / "labs" / "quadratic-bowl" / "lab.md").write_text(lab)
    return folder


@pytest.mark.parametrize("seed", range(4))
def test_every_kind_asks_the_same_without_its_key(every_kind: Path, build: Build, seed: int) -> None:
    course = open_course(every_kind)

    student, keys = build(every_kind, seed)

    assert list(student.topic_of) == list(course.topic_of)
    for entry in keys["questions"]:
        mine, theirs = course.question(entry["id"], seed), student.question(entry["id"], seed)
        assert theirs.hints == mine.hints
        assert theirs.stem == mine.stem
        assert theirs.explanation == ""
        assert type(theirs.body.interaction()) is type(mine.body.interaction())
        assert isinstance(theirs.body, Experiment if entry["kind"] == "predict" else Unkeyed)


@pytest.mark.parametrize("seed", range(4))
def test_the_key_in_the_students_numbers_earns_full_mark_in_the_authors(
    every_kind: Path, build: Build, seed: int
) -> None:
    course = open_course(every_kind)

    _, keys = build(every_kind, seed)

    for entry in keys["questions"]:
        if entry["kind"] != "predict":
            question = course.question(entry["id"], entry["seed"])
            assert question.body.grade(in_author_numbers(entry["key"], entry["shown"])).fraction == 1


def test_the_numbers_of_what_is_shuffled_tell_nothing(every_kind: Path, build: Build) -> None:
    seen: dict[str, set[tuple[str, ...]]] = {}
    for seed in range(6):
        student, keys = build(every_kind, seed)
        for entry in keys["questions"]:
            interaction = student.question(entry["id"]).body.interaction()
            if isinstance(interaction, Ordering | Matching):
                assert interaction.shown == tuple(range(1, len(interaction.shown) + 1))
                seen.setdefault(entry["id"], set()).add(tuple(entry["key"]))

    assert len(seen) == 2
    assert all(len(keys) > 2 for keys in seen.values())


def test_check_does_not_ask_a_pack_without_keys_for_what_was_taken_out(every_kind: Path, build: Build) -> None:
    student, _ = build(every_kind)

    codes = {finding.code for finding in check_course(student)}

    assert {"no-explanation", "no-kept-key", "unproven-lab"}.isdisjoint(codes)
    assert codes <= {finding.code for finding in check_course(open_course(every_kind))}


def test_a_pack_of_nothing_but_predictions_is_known_to_have_no_keys(course_folder: Path, build: Build) -> None:
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    head, *sections = re.split(r"(?m)^(?=## )", topic.read_text(encoding="utf-8"))
    topic.write_text(head + next(one for one in sections if "id: guess-run" in one), encoding="utf-8")

    student, _ = build(course_folder)

    assert [student.facts(name).kind for name in student.topic_of] == ["predict"]
    assert is_keyless(student)
    assert not is_keyless(open_course(course_folder))
    assert {finding.code for finding in check_course(student)} <= {"unused-objective"}


def test_a_course_that_says_of_its_keys_neither_yes_nor_no_is_told(course_folder: Path) -> None:
    front = course_folder / "content" / "course.md"
    front.write_text(
        front.read_text(encoding="utf-8").replace("id: tiny", "id: tiny\nkeyless: perhaps"), encoding="utf-8"
    )

    findings = [str(finding) for finding in check_course(open_course(course_folder))]

    assert not is_keyless(open_course(course_folder))
    assert [finding for finding in findings if "'keyless' must be true or false." in finding]


def test_no_text_of_the_author_that_is_no_question_is_in_it(every_kind: Path, build: Build) -> None:
    topic = every_kind / "content" / "1.md"
    text = topic.read_text().replace("Text.", "Text. <!-- SECRET -->\n\n<!--\nSECRET\n-->\n\n### Notes\n\nSECRET\n")
    text = text.replace("kind: true-false", "kind: true-false # SECRET").replace(
        "Look.", "Look. <!-- SECRET --> `<!--`"
    )
    topic.write_text(text)
    for name in ("content/README.md", "content/notes.txt", "labs/quadratic-bowl/reference.py", "content/gold/a.jsonl"):
        (every_kind / name).parent.mkdir(exist_ok=True)
        (every_kind / name).write_text("SECRET")
    (every_kind / "content" / "plot.PNG").write_bytes(b"\x89PNG")

    student, _ = build(every_kind)

    files = {p.relative_to(student.folder).as_posix(): p for p in student.folder.rglob("*") if p.is_file()}
    assert set(files) == {
        *("content/course.md", "content/1.md", "content/plot.PNG", "labs/quadratic-bowl/lab.md", "origin.json")
    }
    assert all(word not in path.read_bytes() for path in files.values() for word in (b"SECRET", b"EXPLAINED"))
    assert "`<!--`" in files["content/1.md"].read_text()


def test_tries_and_what_is_revealed_are_for_those_who_know_the_key(every_kind: Path, build: Build) -> None:
    student, _ = build(every_kind)

    assert {student.question(name).policy.attempts for name in student.topic_of} == {1}


def test_labs_run_as_before_and_do_not_tell_their_solution(course_folder: Path, build: Build) -> None:
    mine = load_lab(open_course(course_folder), "bowl")

    student, keys = build(course_folder)

    theirs = load_lab(student, "bowl")
    assert (theirs.config, theirs.knobs, theirs.goals, theirs.hints) == (
        mine.config,
        mine.knobs,
        mine.goals,
        mine.hints,
    )
    assert (theirs.solution, theirs.wrong, theirs.explanation) == ({}, (), "")
    assert keys["labs"][0]["solution"] == {"learning_rate": 0.4}
    assert "Each step multiplies the distance" in keys["labs"][0]["markdown"]


def test_a_prediction_stays_one_without_the_key_that_its_run_gave(course_folder: Path, build: Build) -> None:
    student, keys = build(course_folder)

    question = student.question("guess-run")
    assert question.body.interaction() == open_course(course_folder).question("guess-run").body.interaction()
    assert not (student.folder / "content" / "predict.lock").exists()
    assert keys["predictions"] == {"guess-run": "diverges"}


def test_a_prediction_tells_the_figures_that_runs_came_to(course_folder: Path, build: Build) -> None:
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    text = topic.read_text(encoding="utf-8")
    figures = "lab: bowl\nfigures: {end: {run: {learning_rate: 0.4}, gives: validation_loss}}\nrun: {learning_rate: 1.5"
    text = text.replace("lab: bowl\nrun: {learning_rate: 1.5", figures)
    topic.write_text(text.replace("The curvature is 2.", "Another ends at {{ end }}."), encoding="utf-8")
    lock = course_folder / "content" / "predict.lock"
    kept = json.loads(lock.read_text(encoding="utf-8")) | {"guess-run:end": {"made_by": "0", "observed": "0.25"}}
    lock.write_text(json.dumps(kept), encoding="utf-8")

    student, _ = build(course_folder)

    found = student.question("guess-run")
    assert "Another ends at 0.25." in found.stem
    assert found.figures == ()
    assert found.body.interaction() == open_course(course_folder).question("guess-run").body.interaction()


def test_a_prediction_says_nothing_of_what_its_author_knew(course_folder: Path, build: Build) -> None:
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    told = "lab: bowl # SECRET\nrun: {learning_rate: 1.5, steps: 20} # SECRET\ntags: [secret]\n"
    text = topic.read_text().replace("lab: bowl\nrun: {learning_rate: 1.5, steps: 20}\n", told)
    topic.write_text(text.replace("- oscillates\n", "- oscillates\n  > SECRET\n  > It is so.\n"))

    student, _ = build(course_folder)

    question = student.question("guess-run")
    (written,) = student.folder.glob("content/*/*.md")
    assert "secret" not in written.read_text().casefold()
    assert question.body.interaction() == open_course(course_folder).question("guess-run").body.interaction()
    assert (question.tags, question.explanation) == ((), "")


def test_the_keys_say_which_pack_they_are_for_and_only_their_owner_reads_them(
    course_folder: Path, tmp_path: Path, build: Build
) -> None:
    student, keys = build(course_folder)

    assert stat.S_IMODE((tmp_path / "0.json").stat().st_mode) == 0o600
    assert keys["pack_sha256"] == __import__("hashlib").sha256((tmp_path / "0.zip").read_bytes()).hexdigest()
    entry = keys["questions"][0]
    assert list(entry) == [
        *("id", "kind", "points", "seed", "fingerprint", "student_fingerprint", "key", "shown", "markdown")
    ]
    assert entry["fingerprint"] == open_course(course_folder).question("pick-one").fingerprint
    assert entry["student_fingerprint"] == student.question("pick-one").fingerprint
    assert (entry["key"], entry["points"]) == (["2"], 1.0)


def test_building_twice_gives_the_same_bytes_and_another_seed_others(course_folder: Path, tmp_path: Path) -> None:
    course = open_course(course_folder)
    for name, seed in (("a", 0), ("b", 0), ("c", 3)):
        build_student(course, tmp_path / f"{name}.zip", tmp_path / f"{name}.json", seed)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes() != (tmp_path / "c.zip").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: claim\n", "", "1-steps.md:68: "),
        ("key: false\n", "key: maybe\n", "needs 'key: true' or 'key: false'"),
        ("lesson: Basics", "lesson: [Basics", "The YAML cannot be read"),
    ],
)
def test_what_cannot_be_read_keeps_the_pack_from_being_built(
    course_folder: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text().replace(old, new))

    with pytest.raises(CourseError) as caught:
        build_student(open_course(course_folder), tmp_path / "s.zip", tmp_path / "k.json", 0)

    assert said in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, str, str]:
    """The shipped course, every byte of its student pack, and its keys."""
    folder = tmp_path_factory.mktemp("shipped")
    course = open_course(ROOT)
    build_student(course, folder / "s.zip", folder / "k.json", 0)
    with ZipFile(folder / "s.zip") as archive:
        whole = "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())
    return course, whole, (folder / "k.json").read_text()


def test_no_key_of_the_shipped_course_is_in_its_student_pack(shipped: tuple[Course, str, str]) -> None:
    course, whole, keys = shipped
    words = " ".join(whole.split())

    secrets = [secret for question in questions(course) for secret in key_texts(course, question)]
    secrets += [lab.explanation for lab in (load_any_lab(course, name) for name in course.lab_names())]

    assert len(secrets) > 120
    assert [secret for secret in secrets if " ".join(secret.split()) in words] == []
    told = " ".join(entry["markdown"] for name in ("questions", "labs") for entry in json.loads(keys)[name])
    assert [secret for secret in secrets if "\n" not in secret and secret not in told] == []
    assert not re.search(
        r"\[[xX ]\]|\[\[|\bkeys?:|\bwrong:|\bsolution:|\bsay:|\bscoring:|### (Expl|Rubr|Model)|->|-student", whole
    )


def test_no_short_key_of_the_shipped_course_is_in_its_own_question(shipped: tuple[Course, str, str]) -> None:
    course, whole, _ = shipped
    short = [question for question in questions(course) if question.kind == "short-answer"]

    assert short
    for question in short:
        own = whole.partition(f"id: {question.id}\n")[2].partition("\n## ")[0]
        keys = course.topic_of[question.id].sections[question.id].fields().texts("keys")
        assert [key for key in keys if key.removeprefix("re:").casefold() in own.casefold()] == []


def questions(course: Course) -> Iterator[Question]:
    for question in course.questions():
        assert isinstance(question, Question)
        yield question


def key_texts(course: Course, question: Question) -> Iterator[str]:
    """Yield everything that an author wrote and that gives a question's key away."""
    section = course.topic_of[question.id].sections[question.id]
    yield from (part.text.source for part in section.parts if part.title in ("Explanation", "Rubric", "Model response"))
    for part in section.parts:
        if part.title == "Rubric":
            for item in last_list(part.text, section.path)[1]:
                yield item.text
                yield from (group.text for group in item.items if "|" in group.text)  # one word may stand anywhere
    for item in last_list(section.text, section.path)[1] if "\n- [" in section.text.source else ():
        yield from filter(None, (item.quote, f"[x] {item.text}" if item.is_checked else ""))
    for entry in section.fields().data().get("wrong", []):
        yield entry["say"]
    if question.kind == "free-response":
        yield question.body.key()[0]
