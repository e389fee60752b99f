"""A bank of any size, made of the questions that coursekit ships, so that its mix of kinds is a real one.

python tests/benchmarks/bank.py FOLDER [QUESTIONS] [FILES]      default: 10000 questions in 400 files
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from coursekit.course import Course, open_course
from coursekit.lab.lock import read_lock, write_lock

ROOT = Path(__file__).parents[2]


def make_bank(folder: Path, questions: int = 10_000, files: int = 400) -> Path:
    """Write a course whose questions are the shipped ones again and again, under new ids; labs and kept keys too."""
    course = open_course(ROOT)
    originals = list(_sections(course))
    objectives = {name: text for topic in course.topics for name, text in _objectives(topic.document.front.source)}
    (folder / "content").mkdir(parents=True)
    shutil.copytree(ROOT / "labs", folder / "labs")
    (folder / "content" / "course.md").write_text(f"---\nid: bank\ntitle: A bank of {questions} questions\n---\n")
    listed = "\n".join(f"  {name}: {text}" for name, text in objectives.items())
    each = -(-questions // files)
    for number in range(files):
        front = f"---\ntitle: Topic {number}\nlesson: Lesson {number // 20}\nobjectives:\n{listed}\n---\n\n"
        numbers = range(number * each, min(questions, (number + 1) * each))
        body = "\n\n".join(_copy(originals[n % len(originals)], n // len(originals)) for n in numbers)
        (folder / "content" / f"{number:04}.md").write_text(front + body + "\n", encoding="utf-8")
    copies, kept = range(-(-questions // len(originals))), read_lock(course)
    write_lock(open_course(folder), {f"{name}-{n}": kept[name] for name in kept for n in copies})
    return folder


def _sections(course: Course) -> Iterator[str]:
    """Cut the shipped files at their questions; what a topic says for all of them goes into each."""
    for topic in course.topics:
        text = Path(ROOT / topic.document.path).read_text(encoding="utf-8")
        lab = re.search(r"^defaults: .*lab: ([\w-]+)", text, re.MULTILINE)
        for section in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
            has_lab = re.search(r"^lab: ", section, re.MULTILINE)
            yield section if has_lab or not lab else _with_lab(section, lab[1])


def _with_lab(section: str, lab: str) -> str:
    return re.sub(r"^(id: .*)$", rf"\1\nlab: {lab}", section, count=1, flags=re.MULTILINE)


def _objectives(front: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"^  (LO-[\d.]+): (.*)$", front, re.MULTILINE)


def _copy(section: str, number: int) -> str:
    """Give a question another id, which its related questions have too."""
    section = re.sub(r"^id: (.*)$", rf"id: \1-{number}", section.strip(), count=1, flags=re.MULTILINE)
    related = re.search(r"^related: \[(.*)\]$", section, re.MULTILINE)
    return section.replace(f"{related[0]}\n", "", 1) if related else section


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[2:4]]
    made = make_bank(Path(sys.argv[1]), *sizes)
    print(f"{len(open_course(made).topic_of)} questions in {made}")
