"""The author's preview: every state, its source and problems, live on save."""

import asyncio
import os
import signal
import stat
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest

from coursekit.course import Course, open_course
from coursekit.questions._question import Question
from coursekit.tui.app import CoursekitApp
from coursekit.tui.preview_deck import Target, deck, locate
from coursekit.tui.preview_states import STATES, in_state, wrong_response
from coursekit.tui.preview_watch import WATCHER
from coursekit.tui.screens.preview import PreviewScreen
from tests.tui.conftest import OpenTerminal, Seat

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Open = Callable[..., AbstractAsyncContextManager[Seat]]

MORE = """\
---
title: Other kinds
lesson: Basics
objectives: {LO-1: Know them}
defaults: {points: 1, lab: bowl}
---

## Gaps

```yaml question
id: gaps
kind: cloze
```

A step is [[rate]] times [[gradient]].

### Hint

Two words.

### Explanation

It is the rule.

## A program

```yaml question
id: program
kind: code
entry: step
```

Write a step.

### Hint

Two lines.

### Explanation

So it goes.

## Nothing to read

No fence at all.
"""


@pytest.fixture
def topic(course_folder: Path) -> Path:
    """Return the topic file that is previewed."""
    return course_folder / "content" / "1-basics" / "1-steps.md"


@pytest.fixture
def preview(course_folder: Path, home: Path) -> Open:
    """Return what opens the preview of a question."""

    @asynccontextmanager
    async def opened(name: str = "", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seat]:
        course = open_course(course_folder)
        leaf = locate(deck(course), Target(name=name))
        reopen = partial(open_course, course_folder)
        app = CoursekitApp(course, home, first=lambda: PreviewScreen(leaf, reopen))
        async with app.run_test(size=size, notifications=True) as pilot:
            seat = Seat(app, pilot)
            await seat.until(lambda: "checking" not in seat.text and "Problems:" in seat.text)
            yield seat

    return opened


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_a_fresh_question_stands_as_it_is_asked(preview: Open):
    async with preview("pick-one") as seat:
        await seat.sees(
            "▸ 1 fresh", "What a step is made of.", "Half of the noise", "1 ○   2", "single-choice · 1 of 6"
        )
        assert "Hint" not in seat.text.replace("2 hint", "")
        assert "n next" in seat.bar
        assert "? keys" in seat.bar


@pytest.mark.parametrize("key", ["h", "2"])
async def test_every_hint_is_shown(preview: Open, key: str):
    async with preview("pick-one") as seat:
        await seat.press(key)

        await seat.sees("▸ 2 hint", "Hint 1", "Write the gradient as a mean.", "Hint 2", "Of how many terms?")


async def test_the_key_is_right(preview: Open):
    async with preview("pick-one", size=(80, 40)) as seat:
        await seat.press("3")

        await seat.sees("▸ 3 right", "✓ yours", "✓ right   1 of 1 point", "falls as 1/B", "See it", "Related")


async def test_a_wrong_response_is_wrong(preview: Open):
    async with preview("pick-one", size=(80, 40)) as seat:
        await seat.press("4")

        await seat.sees("▸ 4 wrong", "✗ yours", "✓ key", "✗ wrong   0 of 1 point", "Why")


async def test_an_exam_shows_stem_and_options_only(preview: Open):
    async with preview("pick-one", size=(80, 40)) as seat:
        await seat.press("3", "5")

        await seat.sees("▸ 5 exam", "Doubling the batch size", "1 ○   2")
        for word in ("Half of the noise", "What a step", "Hint", "✓ yours", "point", "Why"):
            assert word not in seat.text


async def test_arrows_go_through_the_states_and_round(preview: Open):
    async with preview("claim") as seat:
        await seat.press("left")
        await seat.sees("▸ 5 exam")
        await seat.press("right", "right")
        await seat.sees("▸ 2 hint")


async def test_a_text_is_shown_with_what_was_found_and_the_model(preview: Open):
    async with preview("why-calm", size=(80, 60)) as seat:
        await seat.press("3")

        await seat.sees("Suggested: 3 of 3 points", "[x]", "✓ right   3 of 3 points", "self-graded", "Model")
        await seat.press("4")
        await seat.sees("✗ wrong", "Oranges, bananas")


async def test_a_prediction_is_decided_by_its_kept_key(preview: Open, course_folder: Path):
    async with preview("guess-run", size=(80, 40)) as seat:
        await seat.press("3")
        await seat.sees("✓ right", "the run diverges")
        (course_folder / "content" / "predict.lock").unlink()

        await seat.sees("No run has decided this prediction yet. Run 'coursekit lock'.")
        assert "✓ right" not in seat.text


async def test_what_a_policy_keeps_back_is_kept_back(preview: Open, topic: Path):
    _edit(topic, "id: pick-one\n", "id: pick-one\nreveal: never\n")
    async with preview("pick-one", size=(80, 40)) as seat:
        await seat.press("4")

        await seat.sees("✗ wrong", "More terms in a mean", "yours")
        for word in ("✓ key", "Yes, a mean", "Why"):
            assert word not in seat.text


@pytest.mark.parametrize(("name", "said"), [("program", "graded by its lab"), ("kept-back", "key of this question is")])
async def test_without_a_key_it_says_why_there_is_no_verdict(preview: Open, topic: Path, name: str, said: str):
    fence = "```yaml question\nid: kept-back\nkind: unkeyed\ninteraction: {choice: {options: [a, b], many: false}}\n```"
    topic.with_name("2-more.md").write_text(MORE + f"\n## Kept back\n\n{fence}\n\nWhich?\n")
    async with preview(name) as seat:
        for key in ("3", "4"):
            await seat.press(key)
            await seat.sees(said)
            assert "point" not in seat.text


async def test_next_and_previous_question(preview: Open):
    async with preview() as seat:
        await seat.press("p")
        await seat.sees("This is the first question.")
        await seat.press("n")
        await seat.sees("What turns a step", "2 of 6")
        await seat.press("p")
        await seat.sees("Half of the noise", "1 of 6")
        await seat.press("n", "n", "n", "n", "n", "n")
        await seat.sees("This is the last question.", "Beyond the border")


async def test_variants_are_stepped_through(preview: Open):
    async with preview("one-step") as seat:
        await seat.sees("Variant 0: w0 = ", "v variant")
        first = seat.text
        await seat.press("v")
        await seat.sees("Variant 1: w0 = ")
        second = seat.text
        await seat.press("V", "V")

        await seat.sees("Variant 0: ")
        assert seat.text == first != second


async def test_a_question_without_variants_says_so(preview: Open):
    async with preview("claim") as seat:
        assert "v variant" not in seat.bar
        await seat.press("v")

        await seat.sees("This question has no variants")


async def test_tab_shows_one_part_after_the_other_on_a_narrow_screen(preview: Open, topic: Path):
    line = topic.read_text().split("\n").index("## A claim") + 1
    async with preview("claim") as seat:
        await seat.press("tab")
        await seat.sees("▸ Source", f"{line}  ## A claim", "id: claim")
        assert "Warm-up always lowers the final loss." in seat.text
        assert "Half of the noise" not in seat.text
        await seat.press("tab")
        await seat.sees("▸ Problems: none", "✓ no problems in this question")
        await seat.press("tab", "shift+tab", "tab")
        await seat.sees("▸ Question")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=["60x20", "80x24"])
async def test_a_narrow_screen_has_room_for_what_is_needed(preview: Open, size: tuple[int, int]):
    async with preview("one-step", size=size) as seat:
        for state in STATES:
            await seat.sees(f"▸ {STATES.index(state) + 1} {state}", "Variant 0", "▸ Question", "? keys")
            await seat.press("right")


async def test_a_wide_screen_shows_all_beside_each_other(preview: Open):
    async with preview("one-step", size=(120, 40)) as seat:
        await seat.sees("▸ Question", "Source", "Problems: none", "## One step on a parabola", "For L(w) = w² / 2")
        await seat.press("tab")
        await seat.sees("▸ Source", "For L(w) = w² / 2")
        await seat.resize(80, 24)
        await seat.sees("▸ Source", "## One step on a parabola")
        assert "For L(w) = w² / 2" not in seat.text


async def test_arrows_scroll_the_part_at_hand(preview: Open):
    async with preview("pick-one", size=(120, 20)) as seat:
        page, lines = seat.app.screen.query_one("#page"), seat.app.screen.query_one("#lines")
        await seat.press("3", "home", "down", "tab", "pagedown")

        assert (page.scroll_y, lines.scroll_y > 5) == (1, True)


async def test_each_save_is_shown_at_the_same_place(preview: Open, topic: Path):
    async with preview("one-step", size=(80, 16)) as seat:
        await seat.press("v", "4", "home", "down", "down")
        page = seat.app.screen.query_one("#page")
        for old, new in pairwise(("", "one", "two", "three")):
            _edit(topic, f"{old}what is", f"{new}what is")
            await seat.sees(f"{new}what is")

        await seat.sees("▸ 4 wrong", "Variant 1")
        assert page.scroll_y == 2


async def test_a_question_is_found_again_where_lines_were_put_before_it(preview: Open, topic: Path):
    async with preview("claim") as seat:
        _edit(topic, "What a step is made of.", "What a step is made of.\n\n\n\nIn several lines.")
        await seat.sees("Problems: none")
        line = topic.read_text().split("\n").index("## A claim") + 1

        await seat.sees(f":{line} ", "A claim", "3 of 6")


async def test_a_new_id_keeps_the_place(preview: Open, topic: Path):
    async with preview("claim") as seat:
        _edit(topic, "id: claim", "id: other-claim")
        await seat.press("tab")

        await seat.sees("id: other-claim", "3 of 6")


async def test_a_broken_question_tells_its_line_until_it_is_mended(preview: Open, topic: Path):
    line = topic.read_text().split("\n").index("key: w0 * (1 - lr)") + 1
    async with preview("one-step") as seat:
        await seat.press("4")
        _edit(topic, "key: w0 * (1 - lr)", "key: w0 * (1 - rate)")
        await seat.sees("✗ This question cannot be read.", f":{line}:", "no 'rate' here", "Problems: 1")
        await seat.press("tab")
        await seat.sees(f"✗{line:>5}  key: w0 * (1 - rate)")
        await seat.press("tab")
        await seat.sees(f"✗ line {line}")
        await seat.press("tab")
        _edit(topic, "key: w0 * (1 - rate)", "key: w0 * (1 - lr)")

        await seat.sees("For L(w) = w² / 2", "▸ 4 wrong", "✗ yours", "Problems: none")


@pytest.mark.parametrize("half", [b"", b"---\ntitle: Ste", b"---\ntitle: \xff\xfe"], ids=["empty", "half", "bytes"])
async def test_half_a_file_is_no_crash_and_the_question_comes_back(preview: Open, topic: Path, half: bytes):
    whole = topic.read_bytes()
    async with preview("one-step") as seat:
        topic.write_bytes(half)
        await seat.sees("✗ This question cannot be read.", "1-steps.md:")
        topic.write_bytes(whole)

        await seat.sees("One step on a parabola", "For L(w) = w² / 2", "4 of 6")


async def test_half_the_questions_saved_do_not_lose_the_one_at_hand(preview: Open, topic: Path):
    whole = topic.read_text()
    async with preview("guess-run") as seat:
        topic.write_text(whole[: whole.index("## A claim")])
        await seat.sees("of 2")
        topic.write_text(whole)

        await seat.sees("Beyond the border", "6 of 6")


async def test_a_broken_course_file_and_a_folder_that_was_away_come_back(preview: Open, course_folder: Path):
    front = course_folder / "content" / "course.md"
    async with preview("claim") as seat:
        _edit(front, "---\nid", "id")
        await seat.sees("course.md:1:", "Problems: 1")
        _edit(front, "id: tiny", "---\nid: tiny")
        await seat.sees("Warm-up always lowers", "Problems: none")
        (course_folder / "content").rename(course_folder / "away")
        await seat.sees("cannot be read")
        (course_folder / "away").rename(course_folder / "content")
        await seat.sees("Warm-up always lowers", "Problems: none")


async def test_a_folder_that_was_replaced_is_watched_on(preview: Open, course_folder: Path, topic: Path):
    async with preview("claim") as seat:
        copytree(course_folder / "content", course_folder / "copy")
        (course_folder / "content").rename(course_folder / "away")
        (course_folder / "copy").rename(course_folder / "content")
        await asyncio.sleep(1)  # what was there is still there, so nothing shows that it was seen
        _edit(topic, "Warm-up always", "Cool-down always")

        await seat.sees("Cool-down always")


async def test_a_state_is_seen_at_once_on_a_narrow_screen(preview: Open):
    async with preview("claim") as seat:
        await seat.press("tab", "3")

        await seat.sees("▸ Question", "▸ 3 right", "✓ right")


async def test_a_section_without_an_id_is_told_in_its_place(preview: Open, topic: Path):
    topic.with_name("2-more.md").write_text(MORE)
    async with preview("pick-one") as seat:
        await seat.press(*"nnnnnn")
        await seat.sees("2-more.md:8", "7 of 9")
        await seat.press("n", "n")

        await seat.sees("✗ This question cannot be read.", "needs a '```yaml question' fence", "9 of 9")


async def test_problems_of_this_question_come_before_those_of_its_file(preview: Open, topic: Path):
    _edit(topic, "### Hint\n\nAlways?\n\n", "")
    _edit(topic, "### Explanation\n\nOnly what mixes or scales entries turns it.\n\n", "")
    async with preview("claim") as seat:
        await seat.sees("Problems: 1 here, 1 more")
        await seat.press("tab", "tab")

        await seat.sees("no hint", "Elsewhere in this file", "no explanation")
        assert seat.text.index("no hint") < seat.text.index("Elsewhere") < seat.text.index("no explanation")


async def test_the_source_of_a_stranger_is_shown_as_text(preview: Open, topic: Path):
    _edit(topic, "Warm-up always", "[@click=app.leave]Warm-up[/] \x1b]0;x\x07 \u202e always")
    async with preview("claim", size=(120, 40)) as seat:
        await seat.sees("[@click=app.leave]Warm-up[/]")
        assert "\x1b" not in seat.text
        assert "\u202e" not in seat.text


async def test_nothing_is_stored(preview: Open, home: Path):
    async with preview("pick-one") as seat:
        for _ in range(6):
            await seat.press("1", "2", "3", "4", "5", "n")

    assert not home.exists()


async def test_no_key_and_no_click_enters_anything(preview: Open):
    async with preview("pick-one") as seat:
        await seat.click("1 ○")
        await seat.press("enter", "space", "down")

        await seat.sees("1 ○   2", "2 ○   1/2")
        assert seat.app.focused is None


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_ends_the_watching_thread(preview: Open, key: str):
    async with preview() as seat:
        assert _watchers() == 1
        await seat.press(key)
        await seat.until(lambda: not seat.app.is_running)

    end = time.monotonic() + 2
    while _watchers() and time.monotonic() < end:
        time.sleep(0.02)
    assert _watchers() == 0


def _watchers() -> int:
    return sum(thread.name == WATCHER for thread in threading.enumerate())


def _fake(folder: Path, name: str) -> Path:
    """Write an editor that writes down how it was called."""
    path = folder / name
    path.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {folder}/called.new; mv {folder}/called.new {folder}/called\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


async def test_an_editor_with_a_window_is_opened_at_the_problem(
    preview: Open, topic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("VISUAL", f"'{_fake(tmp_path, 'code')}' --reuse-window")
    _edit(topic, "key: false", "key: perhaps")
    line = topic.read_text().split("\n").index("key: perhaps") + 1
    async with preview("claim") as seat:
        await seat.press("e")
        called = tmp_path / "called"
        await seat.until(called.exists)

    words = called.read_text().split("\n")
    assert words[:2] == ["--reuse-window", "--goto"]
    assert os.path.abspath(words[2].rpartition(":")[0]) == str(topic)
    assert words[2].endswith(f":{line}")


async def test_without_an_editor_it_says_what_to_set(preview: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with preview("claim") as seat:
        await seat.press("e")

        await seat.sees("No editor is set. Set $VISUAL or $EDITOR")


@pytest.mark.parametrize("editor", ["/no/such/code", "'unclosed", "vim"])
async def test_an_editor_that_cannot_be_opened_is_told(preview: Open, monkeypatch: pytest.MonkeyPatch, editor: str):
    monkeypatch.setenv("VISUAL", editor)
    async with preview("claim") as seat:
        await seat.press("e")

        await seat.sees("$VISUAL")
        assert seat.screen == "PreviewScreen"


@pytest.mark.parametrize("name", ["pick-one", "pick-many", "claim", "one-step", "why-calm", "guess-run", "gaps"])
def test_the_wrong_response_of_every_question_is_wrong(course: Course, topic: Path, name: str):
    topic.with_name("2-more.md").write_text(MORE)
    course = open_course(course.folder)

    right, wrong = (in_state(course, course.question(name), s, NOW) for s in ("right", "wrong"))

    assert right.submitted is not None
    assert wrong.submitted is not None
    assert right.submitted.attempt.mark == 1
    assert wrong.submitted.attempt.mark < 1


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "status"), [("q", 0), ("\x1b", 0), ("", 143)], ids=["q", "esc", "SIGTERM"])
def test_the_process_ends_cleanly(terminal: OpenTerminal, keys: str, status: int):
    seen = terminal("preview", "pick-one", "--state", "wrong")
    seen.sees("▸ 4 wrong", "✗ yours", "Problems: none")
    seen.press(keys) if keys else seen.signal(signal.SIGTERM)

    assert seen.wait(5) == status
    assert b"Traceback" not in seen.raw
    assert seen.raw.rfind(b"\x1b[?1049l") > seen.raw.rfind(b"\x1b[?1049h")


@pytest.mark.slow
def test_an_editor_of_the_terminal_gets_it_and_gives_it_back(terminal: OpenTerminal, tmp_path: Path, topic: Path):
    editor = tmp_path / "vim"
    editor.write_text(f'#!/bin/sh\necho "EDITING $@"\nread line\nsed -i "s/Warm-up/$line/" {topic}\n')
    editor.chmod(0o755)
    line = topic.read_text().split("\n").index("## A claim") + 1
    seen = terminal("preview", "claim", VISUAL="", EDITOR=str(editor), size=(120, 24))
    seen.sees("Warm-up always", "Problems: none")
    seen.press("e")
    seen.sees(f"EDITING +{line} ", "1-steps.md")
    seen.press("Cool-down\r")

    seen.sees("Cool-down always", "Problems: none", "n next")
    seen.press("q")
    assert seen.wait(5) == 0, seen.raw[-3000:]


def test_every_shipped_question_has_a_wrong_response(shipped_course: Course):
    for question in shipped_course.questions():
        assert isinstance(question, Question)
        if key := question.body.key():
            assert wrong_response(question) not in (None, key), question.id
