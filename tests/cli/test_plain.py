"""The session through pipes: what is typed, what is said, what is saved."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coursekit.model import Attempt
from coursekit.store.store import open_store

Run = Callable[..., Any]
Ask = Callable[..., tuple[str, tuple[Attempt, ...]]]
SHIPPED = Path(__file__).parents[2]
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def ask(run: Run, shared_course: Path, tmp_path: Path) -> Iterator[Ask]:
    """Return what asks a question, types, and returns what was said and what was saved."""
    said: list[str] = []

    def ask(name: str, typed: str, course: Path = shared_course) -> tuple[str, tuple[Attempt, ...]]:
        done = run("ask", *name.split(), "--plain", course=course, home=tmp_path / "home", typed=typed)
        said.append(done.out)
        assert (done.status, done.err) == (0, "")
        with closing(open_store(tmp_path / "home", "tiny", NOW)) as store:
            return done.out, store.attempts()

    yield ask
    assert not [text for text in said if "\x1b" in text or "\x07" in text]


def test_a_right_response_is_marked_explained_and_saved(ask: Ask):
    said, attempts = ask("pick-one", "2\n")

    assert "Question 1 of 1\nWhat a step is made of.\n\nBasics › Steps and batches\nHalf of the noise\n" in said
    assert "1. 2\n2. 1/2\n3. 1/4\n" in said
    assert "✓ Right.\nKey: 2. 1/2\n  2 (yours): Yes, a mean of twice as many terms.\n" in said
    assert "1 of 1 point · due again in 10 minutes\n" in said
    assert "Why\nThe variance of a mean of B terms falls as 1/B.\n" in said
    assert "References\n• Bottou, Curtis, Nocedal, 2018\n" in said
    assert "See it: coursekit lab run bowl\nRelated: pick-many\n" in said
    assert [(a.question, a.response, a.mark, a.hints) for a in attempts] == [("pick-one", ("2",), 1.0, 0)]


def test_a_wrong_response_shows_its_feedback_and_the_key(ask: Ask):
    said, attempts = ask("pick-one", "1\n")

    assert "✗ Wrong.\nKey: 2. 1/2\n" in said
    assert "  1 (yours): More terms in a mean make it steadier.\n  2 (key): Yes," in said
    assert "0 of 1 point · " in said
    assert attempts[0].mark == 0.0


def test_a_part_of_the_keys_is_partly_right(ask: Ask):
    said, attempts = ask("pick-many", "2\n")

    assert "≈ Partly right.\nKey: 1. momentum; 2. per-parameter scaling\n" in said
    assert "1 of 2 points · " in said
    assert attempts[0].mark == 0.5


@pytest.mark.parametrize("typed", ["1 2\n", "2,1\n", "1, 2\n"])
def test_several_numbers_can_be_typed_in_any_way(ask: Ask, typed: str):
    said, attempts = ask("pick-many", typed)

    assert "✓ Right." in said
    assert set(attempts[0].response) == {"1", "2"}


@pytest.mark.parametrize(
    ("name", "typed", "problem"),
    [
        ("pick-one", "\n", "Nothing is picked yet."),
        ("pick-one", "4\n", "There is no option '4'. Pick a number from 1 to 3."),
        ("pick-one", "two\n", "There is no option 'two'."),
        ("pick-one", "1 2\n", "Pick one option only."),
        ("pick-many", "1 1\n", "Pick each option once."),
        ("one-step", "\n", "Nothing is typed yet. Expected: a number, within 0.5 %."),
        ("one-step", "half\n", "'half' does not read as a number. Write for example 0.5, 1/2, 5e-1 or 50 %."),
        ("why-calm", "it is too short\n\n", "Write at least three words that say something, besides"),
        ("why-calm", "\n", "the like; this has 0."),
        ("guess-run", "9\n", "There is no option '9'."),
    ],
)
def test_what_is_no_response_is_said_and_is_no_attempt(ask: Ask, name: str, typed: str, problem: str):
    said, attempts = ask(name, typed + "q\n")

    assert problem in said
    assert attempts == ()


def test_after_invalid_input_the_question_goes_on(ask: Ask):
    said, attempts = ask("one-step", "half\nx\n-1\n")

    assert said.count("does not read as a number") == 2
    assert "✗ Wrong." in said
    assert [attempt.response for attempt in attempts] == [("-1",)]


def test_a_known_slip_is_named(ask: Ask):
    said, _ = ask("one-step", "q\n")
    w0, rate = (float(said.split(word)[1].split()[0].rstrip(",")) for word in ("w₀ = ", "rate of "))

    said, attempts = ask("one-step", f"{w0 * (1 + rate)}\n")

    assert "Check the sign of the update." in said
    assert attempts[0].mark == 0.0


def test_the_same_question_comes_with_other_values_next_time(ask: Ask):
    stems = {ask("one-step", "0\n")[0].split("For ")[1].split("\n")[0] for _ in range(5)}

    assert len(stems) > 1


def test_hints_come_one_by_one_and_are_counted(ask: Ask):
    said, attempts = ask("pick-one", "h\nh\nh\n2\n")

    assert said.index("Write the gradient as a mean.") < said.index("Of how many terms?")
    assert said.count("There are no more hints.") == 1
    assert "1 of 1 point · 2 hints used · " in said
    assert attempts[0].hints == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2\n", None),
        ("sure\n2\n", "sure"),
        ("think so\n2\n", "think so"),
        ("think\n2\n", "think so"),
        ("guess\n2\n", "guess"),
        ("guess\nh\nsure\n9\n2\n", "sure"),
    ],
)
def test_how_sure_one_is_may_be_said_before_a_response(ask: Ask, typed: str, kept: str | None):
    said, attempts = ask("pick-one", typed)

    assert "Before a response, if you like, how sure you are: sure, think so, guess.\n" in said
    assert [(attempt.response, attempt.confidence) for attempt in attempts] == [(("2",), kept)]
    assert (f"Kept: {kept}.\n" in said, f" · you said {kept} · " in said) == ((True, True) if kept else (False, False))


def test_a_question_mark_tells_what_can_be_typed_and_what_can_be_done_with_the_question(ask: Ask):
    said, attempts = ask("pick-one", "?\n2\n")

    assert "h tells a hint, n skips, q leaves" in said
    assert "coursekit note pick-one TEXT" in said
    assert [(attempt.response, attempt.confidence) for attempt in attempts] == [(("2",), None)]


def test_how_sure_one_is_holds_for_its_question_only_and_is_a_line_in_a_text(ask: Ask):
    _, attempts = ask("why-calm claim", "guess\nThe step size is\nsure\nand can be larger\n\n\n2\n")

    assert [(attempt.response[0], attempt.confidence) for attempt in attempts] == [
        ("The step size is\nsure\nand can be larger", "guess"),
        ("2", None),
    ]


def test_being_sure_and_wrong_leads_next_time_and_counts_by_certainty(
    ask: Ask, run: Run, shared_course: Path, tmp_path: Path
):
    run("settings", "marks", "certainty", course=shared_course, home=tmp_path / "home")

    said, _ = ask("claim", "sure\n1\n")

    progress = run("progress", "--plain", course=shared_course, home=tmp_path / "home")
    assert " · you said sure · -6 by certainty · " in said
    assert "You said sure: right 0 % of the time (of 1)." in progress.out


@pytest.mark.parametrize("typed", ["q\n", ""])
def test_q_and_the_end_of_input_leave_and_keep_what_was_submitted(ask: Ask, typed: str):
    said, attempts = ask("pick-one claim", "2\n" + typed)

    assert "Question 2 of 2" in said
    assert "Until next time. What you submitted is saved.\n\n1 question in 1 minute: 1 right\n" in said
    assert [attempt.question for attempt in attempts] == ["pick-one"]


def test_without_ids_what_is_due_and_new_is_asked_until_nothing_is_left(run: Run, shared_course: Path, tmp_path: Path):
    typed = "2\n1 2\n2\n0\nit is calm, steady and slow\n\n\n3\n"

    first = run("ask", "--plain", course=shared_course, home=tmp_path, typed=typed)
    second = run("ask", "--plain", course=shared_course, home=tmp_path)

    assert "Question 6 of 6" in first.out
    assert "Until next time" not in first.out
    assert "Nothing is due and nothing is new. Name a question to ask it again: coursekit ask ID" in second.out
    assert (first.status, second.status, first.err, second.err) == (0, 0, "", "")


TEXT = "The noise of the gradient falls,\nso a larger step is fine.\n\n"


def test_a_free_response_shows_its_evidence_and_enter_keeps_the_suggestion(ask: Ask):
    said, attempts = ask("why-calm", TEXT + "\n")

    assert "A suggestion from the words found; it cannot read meaning. You decide." in said
    assert "1. (2) The gradient is less noisy.  found: “The noise of the gradient falls, so”" in said
    assert "2. (1) A larger step is then safe.  found: “a larger step is”" in said
    assert "Suggested: 1 2\n" in said
    assert "\n✓ Right.\n\n3 of 3 points · self-graded · " in said
    assert [(a.mark, a.is_suggestion) for a in attempts] == [(1.0, False)]
    assert attempts[0].response == (TEXT.strip(),)


@pytest.mark.parametrize(
    ("typed", "score", "mark"),
    [
        ("2\n", "1 of 3 points", 1 / 3),
        ("1, 2\n", "3 of 3 points", 1.0),
        ("0\n", "0 of 3 points", 0.0),
        ("all of it\n7\n1\n", "2 of 3 points", 2 / 3),
    ],
)
def test_numbers_correct_the_suggestion(ask: Ask, typed: str, score: str, mark: float):
    said, attempts = ask("why-calm", TEXT + typed)

    assert said.count("Use numbers from 1 to 2.") == typed.count("\n") - 1
    assert f"{score} · self-graded" in said
    assert f"\n{score}\nDue" in said  # what the session came to
    assert attempts[0].mark == pytest.approx(mark)


def test_what_was_not_found_is_said(ask: Ask):
    said, _ = ask("why-calm", "It is calm, steady and slow then.\n\n\n")

    assert "1. (2) The gradient is less noisy.  not found" in said
    assert "Suggested: none" in said


def test_text_that_the_end_of_input_cuts_off_is_saved_as_a_suggestion(ask: Ask):
    said, attempts = ask("why-calm", "The noise falls with the batch")

    assert said.endswith("Until next time. What you submitted is saved.\n")
    assert [(a.response, a.is_suggestion) for a in attempts] == [(("The noise falls with the batch",), True)]


def test_n_skips_a_question_without_an_attempt(ask: Ask):
    said, attempts = ask("why-calm pick-one claim", "n\nn\n2\n")

    assert "Question 3 of 3" in said
    assert said.count("Skipped.\n") == 2
    assert [attempt.question for attempt in attempts] == ["claim"]


def test_a_text_whose_mark_was_not_confirmed_is_there_next_time(ask: Ask):
    ask("why-calm", "The noise falls with the batch\n\n")
    second, _ = ask("why-calm", "\n\n")
    third, attempts = ask("why-calm", "q\n")

    assert "Kept from last time:\nThe noise falls with the batch" in second
    assert "Kept from last time" not in third
    assert [attempt.is_suggestion for attempt in attempts] == [True, False]


def test_q_in_a_text_leaves_and_the_text_goes_on_next_time(ask: Ask):
    first, attempts = ask("why-calm", "The noise falls\nq\n")
    second, later = ask("why-calm", "with the batch\n\n\n")
    third, _ = ask("why-calm", "q\n")

    assert (attempts, "suggestion" in first) == ((), False)
    assert "Kept from last time:\nThe noise falls\n" in second
    assert later[0].response == ("The noise falls\nwith the batch",)
    assert "Kept from last time" not in third


def test_h_asks_for_a_hint_before_the_text_and_is_a_line_in_it(ask: Ask):
    _, attempts = ask("why-calm", "h\nThe step size is\nh\nand it can be larger\n\n\n")

    assert attempts[0].response == ("The step size is\nh\nand it can be larger",)
    assert attempts[0].hints == 1


def test_a_prediction_is_kept_then_the_run_decides(ask: Ask):
    said, attempts = ask("guess-run", "3\n")

    kept, ran, loss, verdict = (
        said.index(word) for word in ("Your prediction is kept.\n", "The run: 20 steps", "  validation loss:", "✓")
    )
    assert kept < ran < loss < verdict
    assert "Key: 3. diverges" in said
    assert [(a.response, a.mark) for a in attempts] == [(("3",), 1.0)]


def test_two_runs_are_named_by_their_options_and_told_by_the_loss_that_is_asked_for(ask: Ask):
    said, _ = ask("predict-narrow-but-deep", "2\n", SHIPPED)

    first, second = said.split("Run 1, three hidden layers of 16 units: 600 steps …\n  ")[1].split(
        "\nRun 2, one hidden layer of 64 units: 600 steps …\n  "
    )
    assert first.startswith("validation loss: ")
    assert second.startswith("validation loss: ")


def test_a_wrong_prediction_is_told_the_key(ask: Ask):
    said, attempts = ask("guess-run", "1\n")

    assert "✗ Wrong.\nKey: 3. diverges" in said
    assert attempts[0].mark == 0.0


def test_a_run_that_no_option_describes_is_not_counted_and_the_session_goes_on(ask: Ask, course_folder: Path):
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text().replace("- diverges\n", ""))

    said, attempts = ask("guess-run claim", "1\n2\n", course_folder)

    assert "This prediction cannot be decided, so it is not counted: The run diverges, which is not among" in said
    assert [attempt.question for attempt in attempts] == ["claim"]


def test_a_question_that_cannot_be_read_takes_no_place_in_a_session(run: Run, course_folder: Path, tmp_path: Path):
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text().replace("[x] $1/2$", "[ ] $1/2$"))

    done = run("ask", "--plain", course=course_folder, home=tmp_path / "home", typed="1 2\nq\n")

    assert "A tiny course. 5 questions." in done.out
    assert "✓ Right." in done.out


def test_text_from_files_brings_no_escape_sequences(ask: Ask, course_folder: Path):
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    evil = topic.read_text().replace("## A claim", "## A \x1b[31mclaim\x07").replace("Nothing promises", "\x1b[2JIt")
    topic.write_text(evil.replace("title: Steps and batches", 'title: "Steps \\x9b5m"'))

    said, _ = ask("claim", "h\n2\n", course_folder)

    assert "claim" in said
    assert "\x9b" not in said


def test_typed_escape_sequences_are_not_sent_back(ask: Ask):
    said, attempts = ask("one-step", "\x1b[31m\nq\n")

    assert "does not read as a number" in said
    assert attempts == ()


@pytest.mark.slow
def test_the_grade_of_a_question_s_lab_is_told_with_it(ask: Ask, run: Run, shared_course: Path, tmp_path: Path):
    before, _ = ask("pick-one", "2\n")
    run("lab", "grade", "bowl", "--set", "learning_rate=0.4", course=shared_course, home=tmp_path / "home")

    after, _ = ask("pick-one", "2\n")

    assert "The lab is graded" not in before
    assert "The lab is graded 3 of 3 points there; with this response 4 of 4." in after
