"""A course -> the same course without its keys, and the keys: what students get, and what graders keep.

Each question becomes `unkeyed`, as one variant asks it; what is shuffled is numbered in the order in which it is shown,
so that its numbers tell nothing. A prediction and a program stay what they are, since a run decides them. Nothing is
taken out of a file: each is written anew from what may be in it, so what nobody thought of is not in it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, final

from coursekit.course import Course, Topic, open_course
from coursekit.document import Document, split
from coursekit.errors import ContentError, CourseError, CoursekitError
from coursekit.exam.folder import exam_files
from coursekit.fields import Fields
from coursekit.files import read_text, shown
from coursekit.lab.code.definition import CodeLab, load_any_lab
from coursekit.lab.code.parts import read_part, read_slips
from coursekit.lab.definition import Lab
from coursekit.lab.lock import read_lock
from coursekit.packs._unkeyed import POLICY, StudentQuestion, bare, take_key_out
from coursekit.packs._yaml import write_yaml
from coursekit.packs.build import Built, build_pack, write_whole
from coursekit.packs.folder import read_folder
from coursekit.packs.pack import Pack
from coursekit.questions._write import write_section

_PROOF = ("solution", "wrong")
_LAB_PARTS = ("Hint", "References")
_PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".webp")


@final
@dataclass(frozen=True, slots=True)
class Keys:
    """What was taken out of a course: its questions with their keys, in order, and its labs' proofs."""

    questions: tuple[StudentQuestion, ...]
    labs: tuple[Mapping[str, Any], ...]
    predictions: Mapping[str, str]


def build_student(course: Course, target: Path, keys_target: Path, seed: int) -> Built:
    """Write the pack for students, and the keys into a file that only its owner can read. Raises CourseError."""
    pack = read_folder(course.folder)
    try:
        with TemporaryDirectory(prefix="coursekit-") as made:
            folder = Path(made)
            keys = write_student_course(course, pack, folder, seed)
            record = _key_record(course, keys, open_course(folder), seed)
            built = build_pack(folder, target)
            taken = {file.name for file in read_folder(folder).files}
    except OSError as error:
        raise CourseError(f"The pack cannot be made: {error.strerror or error}. Is the disk full?") from error
    record["pack_sha256"] = sha256(target.read_bytes()).hexdigest()
    text = json.dumps(record, indent=1, ensure_ascii=False)
    write_whole(keys_target, lambda out: out.write(f"{text}\n".encode()), mode=0o600)
    left_out = (*(file.name for file in pack.files if file.name not in taken), *pack.left_out)
    return Built(built.path, built.files, built.size, left_out)


def write_student_course(course: Course, pack: Pack, folder: Path, seed: int) -> Keys:
    """Write a course without its keys into an empty folder. Raises CourseError for what cannot be read.

    What is not understood could be a key, so one question that is broken keeps the whole from being built.
    """
    try:
        for problem in course.problems:
            raise problem
        _write(folder / "content" / "course.md", _front_file(course))
        asked = tuple(one for topic in course.topics for one in _write_topic(course, topic, folder, seed))
        labs = tuple(_write_lab(course, name, folder) for name in course.lab_names())
        _write_exams(course, folder)
        predictions = {name: locked.observed for name, locked in read_lock(course).items()}
    except ContentError as error:
        raise CourseError(f"{error} Until then its key cannot be taken out; 'coursekit check' tells more.") from error
    _copy_pictures(pack, folder)
    _compare(asked, course, folder, seed)
    return Keys(asked, labs, predictions)


def _front_file(course: Course) -> str:
    data = {"id": course.id, **_without(course.front.fields().data(), POLICY)}
    return _file(course.front, {**data, "id": course.id, "keyless": True}, [bare(course.front.text.source)])


def _write_topic(course: Course, topic: Topic, folder: Path, seed: int) -> Iterator[StudentQuestion]:
    """Write a topic's file, yielding its questions."""
    asked = [take_key_out(course.question(name, seed), section) for name, section in topic.sections.items()]
    data = topic.document.fields().data()
    if "defaults" in data:
        data["defaults"] = _without(topic.document.fields().mapping("defaults").data(), POLICY)
    texts = [bare(topic.document.text.source), *(write_section(one.student) for one in asked)]
    _write(folder / topic.file.relative_to(course.folder), _file(topic.document, data, texts))
    yield from asked


def _write_exams(course: Course, folder: Path) -> None:
    """Write what the exams ask for; without keys nobody can sit one, but whoever has them sees what was meant."""
    for path in exam_files(course):
        document = split(read_text(path, course.folder), shown(path))
        texts = [bare(document.text.source)]
        _write(folder / path.relative_to(course.folder), _file(document, document.fields().data(), texts))


def _write_lab(course: Course, name: str, folder: Path) -> Mapping[str, Any]:
    """Write a lab without the settings that prove it and without its explanation; return them."""
    lab = load_any_lab(course, name)
    path = course.folder / "labs" / name / "lab.md"
    source = read_text(path)
    document = split(source, shown(path))
    parts = [f"### {part.title}\n\n{bare(part.text.source)}" for part in document.parts if part.title in _LAB_PARTS]
    texts = [bare(document.text.source), *parts]
    _write(folder / "labs" / name / "lab.md", _file(document, _without(document.fields().data(), _PROOF), texts))
    if isinstance(lab, CodeLab):
        return _write_code(lab, folder, source)
    return {"name": name, "solution": dict(lab.solution), "wrong": [dict(w) for w in lab.wrong], "markdown": source}


def _write_code(lab: CodeLab, folder: Path, source: str) -> Mapping[str, Any]:
    """Write what a learner begins with; return the rest, which is what grades it."""
    _write(folder / "labs" / lab.name / "starter.py", read_part(lab, "starter.py").text)
    parts = [read_part(lab, "reference.py"), read_part(lab, "cases.py"), *(slip.part for slip in read_slips(lab))]
    return {"name": lab.name, "files": {part.name: part.text for part in parts}, "markdown": source}


def _file(document: Document, data: Mapping[str, Any], texts: list[str]) -> str:
    """Put front matter and texts together. Raises ContentError when the front matter would read otherwise."""
    front = write_yaml(data)
    if Fields.parse(front, path=document.path, line=2).data() != data:
        raise ContentError(document.path, 1, "The front matter cannot be written anew. Simplify it.")
    return "\n\n".join([f"---\n{front}---", *(text.strip("\n") for text in texts if text.strip())]) + "\n"


def _without(data: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy_pictures(pack: Pack, folder: Path) -> None:
    for file in pack.files:
        if file.name.startswith("content/") and file.name.lower().endswith(_PICTURES):
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(file.chunks()))


def _compare(asked: tuple[StudentQuestion, ...], course: Course, folder: Path, seed: int) -> None:
    """Read back what was written. Raises CourseError where it asks for something else than the course does."""
    student = open_course(folder)
    for one in asked:
        where = f"{one.question.path}:{one.question.line}"
        try:
            if one.question.id in student.topic_of and one.is_asked_by(student.question(one.question.id, seed)):
                continue
            reason = "it would ask for something else"
        except CoursekitError as error:
            reason = str(error).replace(shown(folder), "the pack")
        message = f"Without its key '{one.question.id}' cannot be written: {reason}. Simplify its Markdown."
        raise CourseError(f"{where}: {message}")
    for name in course.lab_names():
        if _played(load_any_lab(course, name)) != _played(load_any_lab(student, name)):
            raise CourseError(f"The lab '{name}' cannot be written without its solution. Simplify its front matter.")
    if list(student.topic_of) != [one.question.id for one in asked]:
        raise CourseError("The course without its keys has other questions. Simplify the texts of its topics.")


def _played(lab: Lab | CodeLab) -> tuple[Any, ...]:
    if isinstance(lab, CodeLab):
        return (lab.title, lab.entry, tuple(replace(check, line=0) for check in lab.checks), lab.limits, len(lab.hints))
    return (lab.title, lab.kind, lab.config, lab.knobs, repr(lab.goals), lab.pace, len(lab.hints))


def _key_record(course: Course, keys: Keys, student: Course, seed: int) -> dict[str, Any]:
    return {
        "course": course.id,
        "title": course.title,
        "seed": seed,
        "pack_sha256": "",
        "questions": [_key_entry(one, student) for one in keys.questions],
        "predictions": keys.predictions,
        "labs": keys.labs,
    }


def _key_entry(one: StudentQuestion, student: Course) -> dict[str, Any]:
    """Say the key in the student's numbers, and how these become the author's: `shown`, where they differ."""
    question = one.question
    return {
        "id": question.id,
        "kind": question.kind,
        "points": question.points,
        "seed": question.seed,
        "fingerprint": question.fingerprint,
        "student_fingerprint": student.question(question.id).fingerprint,
        "key": one.key,
        "shown": one.shown,
        "markdown": write_section(one.author),
    }
