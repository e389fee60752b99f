"""A confirmed full-mark response goes into the author's file, and nothing else of the file changes."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import coursekit
from coursekit.adoption import adopt, candidates
from coursekit.course import Course, open_course
from coursekit.errors import UsageError
from coursekit.model import Attempt, Confirmation
from coursekit.questions.free_response import FreeResponse, likeness
from coursekit.store.store import Store, open_store

Run = Callable[..., Any]
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TOPIC = Path("content") / "1-basics" / "1-steps.md"
MEAN = "# Less noise\r\n---\n- [x] `a` *larger* step <b> {{ w0 }} $x$\x07\n\n```\n## Next\n### Hint\n1. safe"
TIDY = "# Less noise\n---\n- [x] `a` *larger* step <b> {{ w0 }} $x$\ufffd\n\n```\n## Next\n### Hint\n1. safe"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    store = open_store(home, "tiny", NOW)
    yield store
    store.close()


def give(
    store: Store, folder: Path, text: str = "Averages are calm.", *, mark: float | None = 1, name: str = "why-calm"
) -> int:
    """Save an attempt at the question as it is now, confirmed with a mark or not at all; return its id."""
    question = open_course(folder).question(name)
    attempt = Attempt(
        question=name,
        fingerprint=question.fingerprint,
        response=(text,),
        mark=0.5,
        points=question.points,
        is_suggestion=True,
        hints=0,
        seed=0,
        started=NOW,
        finished=NOW,
    )
    number = store.add_attempt(attempt)
    if mark is not None:
        store.confirm(Confirmation(number, (mark == 1, True), mark, NOW))
    return number


def models(folder: Path) -> tuple[str, ...]:
    body = open_course(folder).question("why-calm").body
    assert isinstance(body, FreeResponse)
    return body.model_responses


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / TOPIC
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def refusal(course: Course, store: Store, number: int) -> str:
    """Return why it is refused; no file of the course may change."""
    files = {
        path: path.read_bytes() for path in course.folder.rglob("*") if path.is_file() and "home" not in path.parts
    }
    with pytest.raises(UsageError) as caught:
        adopt(course, store, number)
    assert {path: path.read_bytes() for path in files} == files
    return str(caught.value)


def test_a_response_becomes_the_last_model_response_and_the_rest_stays(
    run: Run, course_folder: Path, home: Path, store: Store
):
    before, key = (course_folder / TOPIC).read_bytes(), models(course_folder)
    number = give(store, course_folder, "Averages are calm.\nThat helps.")

    done = run("adopt", str(number), course=course_folder, home=home)

    after = (course_folder / TOPIC).read_bytes()
    block = b"\n### Model response\n\nAverages are calm.\nThat helps.\n"
    line = after[: after.index(block)].count(b"\n") + 2
    assert (done.status, done.err) == (0, "")
    assert (
        done.out == f"{course_folder / TOPIC}:{line}: Attempt {number} written; 'why-calm' has 2 model responses now.\n"
    )
    assert after.replace(block, b"") == before
    assert models(course_folder) == (*key, "Averages are calm.\nThat helps.")
    assert open_course(course_folder).question("why-calm").body.key() == key
    assert run("check", course_folder, home=home).status == 0


def test_what_is_adopted_counts_as_a_model_from_then_on(course_folder: Path, store: Store):
    text = "Averages tend towards calm, permitting bigger strides."
    adopt(open_course(course_folder), store, give(store, course_folder, text))

    body = open_course(course_folder).question("why-calm").body
    assert isinstance(body, FreeResponse)
    assert likeness(body, text).words == 1


def test_a_strangers_markdown_opens_nothing(course_folder: Path, store: Store):
    questions = list(open_course(course_folder).topic_of)

    adopt(open_course(course_folder), store, give(store, course_folder, MEAN))

    course = open_course(course_folder)
    assert (list(course.topic_of), course.problems) == (questions, ())
    assert models(course_folder)[1].replace("\\", "") == TIDY
    assert candidates(course, store)[0].obstacle == "It is a model response already."


def test_one_after_the_other_can_be_adopted(course_folder: Path, store: Store):
    numbers = [give(store, course_folder, text) for text in ("Averages are calm.", "Means are steady.")]

    for number in numbers:
        adopt(open_course(course_folder), store, number)

    assert models(course_folder)[1:] == ("Averages are calm.", "Means are steady.")


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize(
    "tail", [b"", b"\n\n\n", b"\n### References\n\n- B\n", b"\n## Last\n```yaml question\nid: z\n```\n"]
)
def test_line_ends_and_what_follows_stay(course_folder: Path, store: Store, ending: bytes, tail: bytes):
    path = course_folder / TOPIC
    text = path.read_bytes()
    kept = text[: text.index(b"\n\n## Beyond the border")]
    path.write_bytes((b"\xef\xbb\xbf" + kept + tail).replace(b"\n", ending))
    before = path.read_bytes()

    adopt(open_course(course_folder), store, give(store, course_folder))

    after = path.read_bytes()
    head = len((b"\xef\xbb\xbf" + kept).replace(b"\n", ending))
    assert after.startswith(before[:head])
    assert after.endswith(before[head + len(ending) :] if tail else b"")
    assert b"\n" not in after.replace(ending, b"")
    assert len(models(course_folder)) == 2


def test_a_heading_that_follows_at_once_gets_a_blank_line(course_folder: Path, store: Store):
    edit(course_folder, "step is safe.\n\n## Beyond", "step is safe.\n## Beyond")

    adopt(open_course(course_folder), store, give(store, course_folder))

    text = (course_folder / TOPIC).read_text()
    assert "step is safe.\n\n### Model response\n\nAverages are calm.\n\n## Beyond" in text


def test_mode_and_link_stay_and_nothing_is_left_beside(course_folder: Path, store: Store, tmp_path: Path):
    path = course_folder / TOPIC
    path.chmod(0o640)
    real = course_folder / "real.md"
    path.rename(real)
    path.symlink_to(real)

    adopt(open_course(course_folder), store, give(store, course_folder))

    assert path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert len(models(course_folder)) == 2
    assert [each.name for each in (*path.parent.iterdir(), *tmp_path.iterdir()) if each.suffix == ".tmp"] == []


def test_the_list_has_what_was_confirmed_in_full(run: Run, course_folder: Path, home: Path, store: Store):
    number = give(store, course_folder, "Averages are calm,\x1b[31m they say.")
    give(store, course_folder, mark=0.5)
    give(store, course_folder, mark=None)

    plain, lines = (run("adopt", *more, course=course_folder, home=home) for more in ((), ("--json",)))

    assert (plain.status, lines.status) == (0, 0)
    assert plain.out.splitlines() == [
        "why-calm: Why a larger batch is calmer",
        f"{number:>6}  2026-03-01, 5 words",
        "        Averages are calm,\ufffd[31m they say.",
    ]
    assert lines.records == [
        {
            "type": "response",
            "question": "why-calm",
            "attempt": number,
            "at": NOW.isoformat(),
            "text": "Averages are calm,\ufffd[31m they say.",
            "obstacle": None,
        }
    ]


def test_an_empty_list_says_so(run: Run, shared_course: Path, tmp_path: Path):
    done = run("adopt", course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (0, "")
    assert done.err == "No response to a free-text question has a confirmed full mark yet.\n"


def test_where_it_was_written_comes_as_json(run: Run, course_folder: Path, home: Path, store: Store):
    number = give(store, course_folder)

    (record,) = run("adopt", str(number), "--json", course=course_folder, home=home).records

    lines = (course_folder / TOPIC).read_text().splitlines()
    assert lines[record.pop("line") - 1] == "### Model response"
    assert record == {
        "type": "adopted",
        "question": "why-calm",
        "attempt": number,
        "path": str(course_folder / TOPIC),
        "count": 2,
    }


def test_what_is_refused_has_status_2_and_one_line(run: Run, course_folder: Path, home: Path, store: Store):
    number = give(store, course_folder, mark=None)

    done = run("adopt", str(number), course=course_folder, home=home)

    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f"coursekit: Attempt {number} cannot be adopted. Its mark is a suggestion that nobody has confirmed.\n"
    )


@pytest.mark.parametrize(
    ("mark", "old", "new", "said"),
    [
        (0.5, "Averages", "Averages", "Its confirmed mark is 50%"),
        (1, "id: why-calm", "id: why-quiet", "The course has no question 'why-calm' any more."),
        (1, "What does a larger batch do", "What does a small batch do", "'why-calm' was changed since"),
        (1, "- noise | noisy | variance", "- noise", "'why-calm' was changed since"),
        (1, "The noise of the gradient falls,", "The noise falls,", "'why-calm' was changed since"),
        (1, "id: why-calm\n", "id: why-calm\nparams: {b: [1, 2]}\n", "'why-calm' has other numbers each time"),
        (1, "id: why-calm\nkind: free-response", "id: why-calm\nkind: short-answr", "There is no kind 'short-answr'"),
    ],
)
def test_what_does_not_fit_is_refused(course_folder: Path, store: Store, mark: float, old: str, new: str, said: str):
    number = give(store, course_folder, mark=mark)
    edit(course_folder, old, new)

    assert said in refusal(open_course(course_folder), store, number)


def test_a_mended_explanation_is_no_obstacle(course_folder: Path, store: Store):
    number = give(store, course_folder)
    edit(course_folder, "Averages are steadier.", "Averages are steady.")

    assert adopt(open_course(course_folder), store, number).count == 2


def test_other_kinds_and_unknown_numbers_are_refused(course_folder: Path, store: Store):
    course, number = open_course(course_folder), give(store, course_folder, "2", name="pick-one")

    assert "'pick-one' is no free-text question" in refusal(course, store, number)
    assert "Your record has no attempt 99 at this course." in refusal(course, store, 99)


def test_a_model_response_is_not_adopted_twice(course_folder: Path, store: Store):
    (key,) = models(course_folder)
    number = give(store, course_folder, f" {key} ".replace(" ", "\n"))

    assert "It is a model response already." in refusal(open_course(course_folder), store, number)


def test_an_empty_response_is_refused(course_folder: Path, store: Store):
    number = give(store, course_folder, " \u200b\n")

    assert "It has no text." in refusal(open_course(course_folder), store, number)


def test_a_course_that_came_along_stays_as_it_is(course_folder: Path, store: Store):
    number = give(store, course_folder)
    packaged = replace(open_course(course_folder), folder=Path(coursekit.__file__).parent / "packaged")

    assert "This course came with coursekit" in refusal(packaged, store, number)


def test_a_file_that_may_only_be_read_stays_as_it_is(course_folder: Path, store: Store):
    number = give(store, course_folder)
    (course_folder / TOPIC).chmod(0o444)

    assert "1-steps.md may only be read. Make it writable" in refusal(open_course(course_folder), store, number)


def test_a_file_that_was_changed_meanwhile_stays_as_it_is(course_folder: Path, store: Store):
    number, course = give(store, course_folder), open_course(course_folder)
    edit(course_folder, "## Half of the noise", "## A half of the noise\n")

    assert "1-steps.md was changed meanwhile" in refusal(course, store, number)


def test_a_model_response_with_an_open_fence_takes_no_other(course_folder: Path, store: Store):
    path = course_folder / TOPIC
    text = path.read_text()
    path.write_text(f"{text[: text.index('## Beyond')]}```\nnever closed\n")
    number = give(store, course_folder)

    said = refusal(open_course(course_folder), store, number)

    assert "A fence or comment of this question is never closed. Close it." in said
    assert os.listdir(path.parent) == [path.name]


def test_a_folder_of_a_course_that_cannot_be_written_is_one_sentence(
    run: Run, course_folder: Path, home: Path, store: Store
):
    number = give(store, course_folder)
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (course_folder / TOPIC).parent.chmod(0o555)

    done = run("adopt", str(number), course=course_folder, home=home)

    (course_folder / TOPIC).parent.chmod(0o755)
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
