import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.store.store import open_store
from coursekit.study.selection import Choice
from tests.tui.conftest import Sit

RESPONSE = "A larger batch makes the gradient less noisy."


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids="{0[0]}x{0[1]}".format)
async def test_options_below_the_screen_have_a_key_until_they_are_seen(
    sit: Sit, course_folder: Path, size: tuple[int, int]
):
    path = course_folder / "content" / "1-basics" / "1-steps.md"
    path.write_text(path.read_text().replace("Write the gradient as a mean.", " ".join(["Write the gradient."] * 60)))
    async with sit("pick-one", course=open_course(course_folder), size=size) as seat:
        await seat.press("h")
        await seat.sees("Hint 1   Write the gradient.", "enter submit   pgdn more")
        await seat.press("pagedown", "pagedown")

        await seat.until(lambda: "more" not in seat.bar)
        assert "3 ○" in seat.text


async def test_hints_come_one_at_a_time_and_are_counted(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("h")
        await seat.sees("Hint 1", "Write the gradient as a mean.")
        assert "Hint 2" not in seat.text
        await seat.press("h")
        await seat.sees("Hint 2", "Of how many terms?")
        await seat.press("h")
        await seat.sees("There are no more hints.")
        await seat.press("2", "enter")

        await seat.sees("✓ right", "2 hints used")
        assert [attempt.hints for attempt in seat.record.attempts()] == [2]


async def test_the_verdict_tells_key_and_response_and_why(sit: Sit):
    async with sit("pick-one", size=(80, 40)) as seat:
        await seat.press("1", "enter")

        await seat.sees("✗ wrong", "0 of 1 point", "due again")
        one, two = (next(line for line in seat.lines if f" {n} ◉" in line or f" {n} ○" in line) for n in (1, 2))
        assert one.endswith("✗ yours")
        assert two.endswith("✓ key")
        await seat.sees("More terms in a mean make it steadier.", "Yes, a mean of twice as many terms.")
        await seat.sees("The variance of a mean of B terms falls as 1/B.", "Bottou, Curtis, Nocedal, 2018")


async def test_a_response_that_is_partly_right_says_so(sit: Sit):
    async with sit("pick-many") as seat:
        await seat.press("1", "2", "3", "enter")

        await seat.sees("points")
        marks = [attempt.mark for attempt in seat.record.attempts()]
        word = "✗ wrong" if marks == [0] else "≈ partly right"
        await seat.sees(word, "✓ yours", "✗ yours")


async def test_a_key_that_was_missed_is_shown(sit: Sit):
    async with sit("pick-many") as seat:
        await seat.press("1", "enter")

        await seat.sees("✓ yours", "✓ key")


async def test_no_verdict_is_on_the_screen_before_submitting(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("2")

        assert not any(sign in seat.text for sign in ("✓", "✗", "Yes, a mean", "1/B"))


async def test_related_questions_open_on_top_and_lead_back(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("r")
        await seat.press("2", "enter")
        await seat.sees("✓ right", "Related", "What turns a step")
        await seat.press("r")
        await seat.sees("Which of these change the direction", "Related  1 of 1")
        await seat.press("escape")

        await seat.sees("✓ right", "Half of the noise")


async def test_the_lab_opens_and_leads_back(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("3", "l")
        await seat.sees("Steps and batches › Half of the noise › lab bowl", "Reach the bottom")
        await seat.press("escape")

        await seat.sees("Half of the noise", "◉   1/4")


async def test_next_before_the_verdict_skips_without_an_attempt(sit: Sit):
    async with sit("pick-one", "claim") as seat:
        await seat.press("1", "n")

        await seat.sees("A claim", "2 of 2")
        assert seat.record.attempts() == ()


async def test_what_was_picked_and_not_submitted_is_there_again(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("3", "escape")
        await seat.sees("Study now")

    async with sit("pick-one") as seat:
        await seat.sees("3 ◉   1/4")


async def test_a_skipped_text_is_there_again_after_a_restart(sit: Sit):
    async with sit("why-calm", "claim") as seat:
        await seat.write("The noise falls, so")
        await seat.press("escape", "n")
        await seat.sees("A claim")

    async with sit("why-calm") as seat:
        await seat.sees("The noise falls, so")
        await seat.write(" steps grow")
        await seat.press("ctrl+s")
        await seat.sees("Suggested")
        assert [attempt.response for attempt in seat.record.attempts()] == [("The noise falls, so steps grow",)]
        assert seat.record.draft("why-calm") == ("The noise falls, so steps grow",)
        await seat.press("enter")
        await seat.sees("self-graded")
        assert seat.record.draft("why-calm") == ()


async def test_a_text_is_kept_when_coursekit_is_left_in_the_middle_of_it(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("The noise falls, so")
        await seat.press("ctrl+q")
        await seat.until(lambda: not seat.app.is_running)

    assert seat.record.draft("why-calm") == ("The noise falls, so",)


async def test_a_free_text_is_suggested_a_score_with_its_evidence(sit: Sit):
    async with sit("why-calm", size=(80, 40)) as seat:
        await seat.write(RESPONSE)
        await seat.press("ctrl+s")

        await seat.sees("Suggested: 2 of 3 points", "Only your ticks count")
        first, second = (seat.text.index(words) for words in ("The gradient is less noisy. (2)", "A larger step is"))
        assert "less noisy" in seat.text[first + 20 : second]
        assert "found: “" in seat.text[first:second]
        assert "not found" in seat.text[second:]
        assert "Averages are steadier" not in seat.text


async def test_suggested_and_confirmed_marks_are_both_kept(sit: Sit, home: Path):
    async with sit("why-calm", size=(80, 40)) as seat:
        await seat.write(RESPONSE)
        await seat.press("ctrl+s")
        await seat.sees("Suggested")
        (suggested,) = seat.record.attempts()
        assert suggested.is_suggestion
        assert round(suggested.mark, 3) == 0.667
        await seat.press("2", "enter")

        await seat.sees("✓ right", "3 of 3 points · self-graded", "Model", "Averages are steadier")
        (confirmed,) = seat.record.attempts()
        assert (confirmed.mark, confirmed.is_suggestion) == (1, False)
        assert [(c.ticks, c.mark) for c in seat.record.confirmations(confirmed.id)] == [((True, True), 1)]
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
        assert connection.execute("select round(mark, 3), is_suggestion from attempt").fetchall() == [(0.667, 1)]


async def test_a_tick_can_be_taken_back(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write(RESPONSE)
        await seat.press("ctrl+s")
        await seat.sees("Suggested")
        await seat.press("space", "enter")

        await seat.sees("✗ wrong", "0 of 3 points · self-graded")
        assert [attempt.mark for attempt in seat.record.attempts()] == [0]


async def test_ticks_stand_after_they_were_confirmed(sit: Sit):
    async with sit("why-calm", size=(80, 50)) as seat:
        await seat.write(RESPONSE)
        await seat.press("ctrl+s")
        await seat.sees("Suggested")
        await seat.press("enter")
        await seat.sees("≈ partly right")
        before = seat.text
        await seat.click("A larger step is then safe")

        assert seat.text == before


async def test_next_waits_for_the_ticks(sit: Sit):
    async with sit("why-calm", "claim") as seat:
        await seat.write(RESPONSE)
        await seat.press("ctrl+s")
        await seat.sees("Suggested")
        await seat.press("n")

        await seat.sees("Suggested")


async def test_a_session_ends_with_what_it_came_to(sit: Sit):
    async with sit("pick-one", "claim", "pick-many") as seat:
        await seat.press("2", "enter")
        await seat.sees("✓ right")
        await seat.press("n", "1", "enter")
        await seat.sees("✗ wrong")
        await seat.press("enter", "n")

        await seat.sees("That was the last one. What you submitted is saved.")
        await seat.sees("2 questions in 1 minute: 1 right, 1 wrong", "1 of 2 points")
        await seat.press("enter")
        await seat.sees("Study now: 4 new")


async def test_a_session_without_a_response_ends_too(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("n")

        await seat.sees("Nothing was submitted this time.")


async def test_a_question_that_cannot_be_read_is_told_and_passed_over(sit: Sit, course_folder: Path):
    broken = (
        "---\ntitle: Broken\nlesson: Basics\n---\n\n## [red]Bad[/]\n\n```yaml question\nid: bad\nkind: quizz\n```\n"
    )
    (course_folder / "content" / "1-basics" / "2-broken.md").write_text(broken)

    async with sit("bad", "claim", course=open_course(course_folder)) as seat:
        await seat.sees("2-broken.md:", "There is no kind 'quizz'", "Press n to go on.")
        await seat.press("h", "l", "r", "enter")
        await seat.sees("A claim")
        assert seat.record.attempts() == ()


async def test_a_record_that_cannot_be_written_is_told_and_no_score_is_shown(sit: Sit, home: Path):
    async with sit("pick-one") as seat:
        seat.app.store.attempts()
        with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
            connection.execute("drop table attempt")
        await seat.press("2", "enter")

        await seat.sees("not saved")
        assert "✓ right" not in seat.text


async def test_a_home_that_is_a_file_is_told(sit: Sit, home: Path):
    home.write_text("no folder")

    async with sit() as seat:
        await seat.press("enter")
        await seat.sees("Your record cannot be kept in")
        assert "✓" not in seat.text


async def test_the_page_follows_the_cursor_and_pages_by_key(sit: Sit):
    async with sit("pick-one", size=(50, 15)) as seat:
        await seat.press("2", "enter")
        await seat.sees("✓ right")
        await seat.press("end")

        await seat.sees("Related")


async def test_keys_that_arrive_together_are_taken_in_their_order(sit: Sit):
    """As over a slow line: the key that goes on must not overtake the one that submits."""
    async with sit("pick-one", "claim") as seat:
        for key in ("2", "enter", "n"):
            seat.app.simulate_key(key)

        await seat.sees("2 of 2")
        assert [(a.question, a.response) for a in seat.record.attempts()] == [("pick-one", ("2",))]


@pytest.mark.parametrize("keys", ["c2!", "2c!", "cccch2c!"])
@pytest.mark.parametrize("rank", range(4))
async def test_what_is_said_of_a_response_in_a_burst_is_said_before_it_is_submitted(sit: Sit, keys: str, rank: int):
    """Again and again: it is a race, which the one that was lost before lost three times in four."""
    async with sit("pick-one", "claim") as seat:
        for key in (*keys.replace("!", ""), "enter"):
            seat.app.simulate_key(key)

        await seat.sees("✓ right", "you said sure")
        assert [(a.confidence, a.hints) for a in seat.record.attempts()] == [("sure", keys.count("h"))]


@pytest.mark.parametrize("rank", range(4))
async def test_a_burst_to_a_line_for_a_number_says_how_sure_one_is(sit: Sit, rank: int):
    async with sit("one-step") as seat:
        for key in ("h", "c", "c", "2", "enter", "c"):
            seat.app.simulate_key(key)

        await seat.sees("you said think so")
        assert [(a.confidence, a.response) for a in seat.record.attempts()] == [("think so", ("2",))]


async def test_a_related_question_is_crammed_as_the_one_before_it(sit: Sit, home: Path, course: Course):
    async with sit() as seat:
        seat.app.study(("pick-one",), "Cramming", "cram")
        await seat.sees("Half of the noise")
        await seat.press("2", "enter")
        await seat.sees("✓ right")
        await seat.press("r")
        await seat.sees("Which of these change")
        await seat.press("1", "enter")
        await seat.sees("points")

        assert [(a.question, a.purpose) for a in seat.record.attempts()] == [
            ("pick-one", "cram"),
            ("pick-many", "cram"),
        ]
    with closing(open_store(home, course.id, datetime.now(UTC))) as store:
        assert store.cards() == {}


async def test_enter_with_nothing_focused_goes_back_to_the_response(sit: Sit):
    async with sit("why-calm", "claim") as seat:
        await seat.press("escape", "enter", *"calm")

        await seat.sees("1 of 2", "calm")


async def test_how_sure_one_is_is_kept_with_the_attempt(sit: Sit):
    async with sit("pick-one") as seat:
        await seat.press("c", "c", "2", "enter")

        await seat.sees("✓ right", "you said think so")
        assert [a.confidence for a in seat.record.attempts()] == ["think so"]


async def test_why_a_question_comes_stands_below_the_count(sit: Sit):
    async with sit() as seat:
        seat.app.study(
            (Choice("pick-one", "leech"), Choice("claim", "due", serves="pick-many"), Choice("one-step", "asked for")),
            "Today",
        )
        await seat.sees("Today  1 of 3")
        assert seat.lines[1].endswith("leech")
        await seat.press("n")
        await seat.sees("Today  2 of 3")
        assert seat.lines[1].endswith("due, in the place of pick-many")
        await seat.press("n")
        await seat.sees("Today  3 of 3")
        assert seat.lines[1].endswith("Steps and batches")


async def test_a_message_that_makes_the_page_too_long_is_seen_to_its_end(sit: Sit, course_folder: Path):
    """The scrollbar that comes with it takes a column, in which the words above had just found room."""
    just_fits = "abc" + 24 * " ab"
    topic = f"---\ntitle: Low\nlesson: Basics\n---\n\n{just_fits}\n\n## Half\n\n"
    stem = "\n\n".join([*4 * ["one"], f"{just_fits} more"])
    question = f"```yaml question\nid: half\nkind: numeric\nkey: 0.5\n```\n\n{stem}\n"
    (course_folder / "content" / "1-basics" / "2-low.md").write_text(topic + question, encoding="utf-8")

    async with sit("half", course=open_course(course_folder)) as seat:
        await seat.sees(just_fits, "Expected: a number")
        await seat.press("1", "x", "enter")

        await seat.sees("'1x' does not read as a number. Write for example 0.5, 1/2, 5e-1 or 50 %.")
