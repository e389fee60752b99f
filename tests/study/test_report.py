"""What a report tells and what it keeps, on the tiny course."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from coursekit.course import Course, open_course
from coursekit.model import Attempt, Choice, Confirmation, Gaps, Matching, Ordering, Program, TextEntry
from coursekit.store.labs import LabGrade, LabRun
from coursekit.store.store import Store, open_store
from coursekit.study.report.collected import Asked, Report, collect
from coursekit.study.report.html import to_html
from coursekit.study.report.markdown import to_markdown
from coursekit.study.report.wording import Said, in_words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WHY = "The variance of a mean"
Write = Callable[[Report], str]
BOTH = pytest.mark.parametrize("write", [to_markdown, to_html])


class Tags(HTMLParser):
    """Which tags a page has, and how many headings."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)
        self.headings += tag in ("h1", "h2", "h3", "h4", "h5", "h6")


@pytest.fixture
def store(tmp_path: Path, course: Course) -> Iterator[Store]:
    opened = open_store(tmp_path / "home", course.id, NOW)
    yield opened
    opened.close()


def tried(course: Course, name: str, *response: str, mark: float = 0.0, seed: int = 0) -> Attempt:
    fingerprint, began = course.question(name, seed).fingerprint, NOW - timedelta(seconds=9)
    return Attempt(name, fingerprint, response, mark, 1.0, False, 0, seed, began, NOW)


def told(course: Course, store: Store) -> dict[str, Asked]:
    report = collect(course, store, NOW, UTC)
    return {asked.id: asked for topic in report.topics for asked in topic.asked}


def with_policy(folder: Path, policy: str) -> Course:
    file = folder / "content" / "course.md"
    file.write_text(file.read_text().replace("programme: Tests", f"programme: Tests\n{policy}"))
    return open_course(folder)


@BOTH
def test_what_was_asked_is_told_with_response_key_explanation_and_note(course: Course, store: Store, write: Write):
    store.add_attempt(replace(tried(course, "pick-one", "1"), confidence="sure", hints=2))
    store.notes.write("pick-one", "halves, as 1/B", NOW)

    text = write(collect(course, store, NOW, UTC))

    assert "Half of the noise" in text
    for words in (
        "✗ 0 of 1 point · you said sure · 2 hints used",
        WHY,
        "halves, as 1/B",
        "2026-03-02 09:00".replace("-", "-"),
    ):
        assert words in text.replace("\\", "")
    assert "What turns a step" not in text


def test_a_key_that_was_not_shown_yet_is_not_told(course_folder: Path, store: Store):
    course = with_policy(course_folder, "attempts: 2")
    store.add_attempt(tried(course, "pick-one", "1"))

    asked = told(course, store)["pick-one"]
    texts = [write(collect(course, store, NOW, UTC)) for write in (to_markdown, to_html)]

    assert (asked.is_revealed, asked.key, asked.explanation, asked.references) == (False, (), "", "")
    assert all("Its key was not shown yet" in text and WHY not in text for text in texts)


def test_the_last_try_at_one_variant_shows_the_key_and_tries_at_others_do_not(course_folder: Path, store: Store):
    course = with_policy(course_folder, "attempts: 2")
    store.add_attempts([tried(course, "one-step", "9", seed=seed) for seed in (0, 1)])
    before = told(course, store)["one-step"]
    store.add_attempt(tried(course, "one-step", "8", seed=0))
    after = told(course, store)["one-step"]

    assert not before.is_revealed
    assert after.is_revealed
    assert after.key == tuple(map(Said, course.question("one-step", 0).body.key()))
    assert after.stem == course.question("one-step", 0).stem


@pytest.mark.parametrize(("reveal", "shown"), [("never", (False, False)), ("right", (False, True))])
def test_what_a_policy_says_about_showing_holds(
    course_folder: Path, store: Store, reveal: str, shown: tuple[bool, bool]
):
    course = with_policy(course_folder, f"reveal: {reveal}")
    store.add_attempt(tried(course, "pick-one", "1"))
    wrong = told(course, store)["pick-one"].is_revealed
    store.add_attempt(tried(course, "pick-one", "2", mark=1.0, seed=1))

    assert (wrong, told(course, store)["pick-one"].is_revealed) == shown


@pytest.mark.parametrize(("after", "is_shown"), [(["score", "misses"], True), (["score"], False), ([], False)])
def test_an_exam_shows_here_what_it_shows_after_its_end(course: Course, store: Store, after: list[str], is_shown: bool):
    drawn = [{"question": "pick-one", "seed": 3}]
    number = store.sittings.begin("mock", {"show": {"after": after}}, 1, drawn, NOW - timedelta(hours=1))
    store.add_attempt(replace(tried(course, "pick-one", "1", seed=3), purpose="exam"))
    running = told(course, store)["pick-one"]
    store.sittings.end(number, NOW, "handed in")
    ended = told(course, store)["pick-one"]

    assert (running.is_revealed, running.tries[0].mark) == (False, None)
    assert (ended.is_revealed, ended.tries[0].mark is not None) == (is_shown, is_shown)


def test_a_note_without_an_attempt_tells_the_question_and_not_its_key(course: Course, store: Store):
    store.notes.write("pick-one", "ask about this", NOW)

    asked = told(course, store)["pick-one"]

    assert (asked.note, asked.is_revealed, asked.key, asked.tries) == ("ask about this", False, (), ())
    assert asked.stem


@BOTH
def test_strangers_text_stays_text(course_folder: Path, store: Store, write: Write):
    file = course_folder / "content" / "1-basics" / "1-steps.md"
    hostile = "Doubling <script>alert(1)</script> <img src=x onerror=alert(2)> the batch size"
    file.write_text(file.read_text().replace("Doubling the batch size", hostile).replace("## Half", "## <b>Half"))
    course = open_course(course_folder)
    store.add_attempt(tried(course, "why-calm", "# <script>mine</script> *x*\n\n- ---\n</blockquote>"))
    store.add_attempt(tried(course, "pick-one", "1"))
    store.notes.write("pick-one", "<iframe src=//evil>\x1b[31m\n\n## not a heading", NOW)

    text = write(collect(course, store, NOW, UTC))
    page = text if write is to_html else MarkdownIt("commonmark", {"html": True}).render(text)

    found = Tags()
    found.feed(page)
    assert not found.tags & {"script", "img", "iframe", "b"}
    assert found.headings == 1 + 1 + 2  # the course, its topic, two questions
    assert "\x1b" not in page


def test_the_page_loads_nothing_and_runs_nothing(course: Course, store: Store):
    store.add_attempt(tried(course, "pick-one", "1"))

    text = to_html(collect(course, store, NOW, UTC))

    assert "default-src 'none'" in text
    for bad in ("<script", "src=", "<link", "@import", "url(", "javascript:"):
        assert bad not in text
    assert text.count("<h2") == text.count("</h2>")


@BOTH
def test_labs_are_told_with_settings_and_points(course: Course, store: Store, write: Write):
    store.add_run(LabRun("bowl", {}, {"learning_rate": 0.4}, "finished", (), 2.0, 3.0, 10, NOW))
    store.add_grade(LabGrade("bowl", {}, {"learning_rate": 0.4}, ({}, {}, {}), 3.0, 3.0, NOW))

    text = write(collect(course, store, NOW, UTC)).replace("\\", "")

    assert "run 1 · 2026-03-02 09:00 · learning rate 0.4 · finished · 2 of 3 points" in text
    assert "3 of 3 points over 3 seeds" in text


@BOTH
def test_a_question_that_cannot_be_read_hides_no_other(course_folder: Path, store: Store, write: Write):
    course = open_course(course_folder)
    store.add_attempts([tried(course, "claim", "true"), tried(course, "pick-one", "1")])
    file = course_folder / "content" / "1-basics" / "1-steps.md"
    file.write_text(file.read_text().replace("key: false", "key: perhaps"))

    text = write(collect(open_course(course_folder), store, NOW, UTC))

    assert "A claim" in text
    assert WHY in text


@BOTH
def test_what_the_course_no_longer_has_is_counted_and_an_empty_record_says_so(
    course: Course, store: Store, write: Write
):
    assert "Nothing was studied yet." in write(collect(course, store, NOW, UTC))

    store.add_attempt(replace(tried(course, "pick-one", "1"), question="gone"))

    assert "1 attempt at questions that the course no longer has." in write(collect(course, store, NOW, UTC))


def test_an_unconfirmed_suggestion_and_a_changed_question_are_said(course: Course, store: Store):
    number = store.add_attempt(replace(tried(course, "why-calm", "It is calm."), is_suggestion=True, fingerprint="old"))
    before = to_markdown(collect(course, store, NOW, UTC))
    store.confirm(Confirmation(number, (True, True), 1.0, NOW))
    after = to_markdown(collect(course, store, NOW, UTC))

    assert "not confirmed yet · the question has been changed since" in before
    assert "✓ 1 of 1 point · the question has been changed since" in after


@pytest.mark.parametrize(
    ("interaction", "response", "words"),
    [
        (Choice(("a", "b"), many=True), ("2", "7", "x"), ("b", "7", "x")),
        (Ordering(("a", "b"), (2, 1)), ("2", "1"), ("b", "a")),
        (Matching(("p", "q"), ("a", "b"), (1, 2)), ("2", ""), ("p: b", "q: none")),
        (Gaps(("", ""), (TextEntry("word"),)), ("mean",), ("gap 1: mean",)),
        (TextEntry("word"), (), ()),
        (Program("f"), ("def f(): …",), ("def f(): …",)),
    ],
)
def test_any_response_can_be_said(interaction: object, response: tuple[str, ...], words: tuple[str, ...]):
    assert tuple(part.text for part in in_words(interaction, response)) == words  # pyright: ignore[reportArgumentType]
