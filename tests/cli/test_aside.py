from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coursekit.store.store import open_store

Run = Callable[..., Any]


@pytest.fixture
def command(run: Run, shared_course: Path, tmp_path: Path) -> Run:
    def command(*arguments: object, typed: str = "") -> Any:
        return run(*arguments, course=shared_course, home=tmp_path, typed=typed)

    return command


def test_what_is_put_aside_is_listed_until_it_is_brought_back(command: Run):
    assert command("aside").out == "Nothing is put aside.\n"

    snoozed = command("aside", "pick-one", "--snooze", 3)
    suspended = command("aside", "claim", "--suspend")
    listed = command("aside")
    back = command("aside", "pick-one", "claim", "--bring-back")

    assert snoozed.out.startswith("pick-one is put aside until ")
    assert suspended.out == "claim is put aside until you bring it back.\n"
    assert listed.out == suspended.out + snoozed.out
    assert back.out == "pick-one is asked again from now on.\nclaim is asked again from now on.\n"
    assert command("aside").out == "Nothing is put aside.\n"


def test_what_is_put_aside_as_json(command: Run):
    command("aside", "pick-one", "--bury")
    command("aside", "claim", "--suspend")

    claim, pick_one = command("aside", "--json").records

    assert claim == {"type": "aside", "question": "claim", "aside": "suspend", "back_on": None}
    assert (pick_one["question"], pick_one["aside"], len(pick_one["back_on"])) == ("pick-one", "bury", 10)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--bury",), "Name the questions that are meant."),
        (("claim",), "Say for how long: --snooze DAYS, --bury, --suspend, or --bring-back."),
        (("clam", "--bury"), "The course has no question 'clam'. Did you mean 'claim'?"),
        (("claim", "--snooze", "0"), "A question can be put aside for 1 to 365 days."),
        (("claim", "--bury", "--suspend"), "not allowed with argument"),
    ],
)
def test_a_slip_is_told_and_puts_nothing_aside(command: Run, words: tuple[str, ...], problem: str):
    done = command("aside", *words)

    assert (done.status, done.out) == (2, "")
    assert problem in done.err
    assert command("aside").out == "Nothing is put aside.\n"


def test_a_flag_is_kept_listed_and_taken_back(command: Run):
    assert command("flag").out.startswith("Nothing is flagged.")

    said = command("flag", "claim", "The key is \x1b[31mwrong.")
    listed = command("flag", "--json").records
    withdrawn = command("flag", "--withdraw", 1)

    assert said.out == "1  claim: The key is �[31mwrong.\n"
    assert [(each["number"], each["question"]) for each in listed] == [(1, "claim")]
    assert withdrawn.out.startswith("Nothing is flagged.")


def test_a_flag_needs_no_quotes(command: Run):
    said = command("flag", "claim", "The", "third", "option", "is", "unclear.")

    assert said.out == "1  claim: The third option is unclear.\n"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("claim", "  "), "Say what is wrong, in quotes"),
        (("clam", "It is wrong."), "The course has no question 'clam'."),
        (("--withdraw", "7"), "The record has no flag with the id 7."),
    ],
)
def test_a_flag_that_says_nothing_or_of_nothing_is_refused(command: Run, words: tuple[str, ...], problem: str):
    done = command("flag", *words)

    assert (done.status, done.out) == (2, "")
    assert problem in done.err


def test_ones_own_rating_counts(command: Run):
    command("ask", "claim", "--plain", typed="2\n")

    done = command("rate", "claim", "easy")

    assert done.out.startswith("claim: easy, due again in ")
    assert done.out.endswith(" days.\n")
    assert command("rate", "claim", "again").out == "claim: again, due again in 1 minute.\n"


def test_cramming_is_not_rated_but_the_last_attempt_that_counts(command: Run, tmp_path: Path):
    command("ask", "claim", "--plain", typed="2\n")
    command("review", "--cram", "--minutes", 1, typed="2\n")

    done = command("rate", "claim", "easy")

    with closing(open_store(tmp_path, "tiny", datetime.now(UTC))) as store:
        assert [(each.purpose, each.own_rating) for each in store.attempts("claim")] == [
            ("study", "easy"),
            ("cram", None),
        ]
    assert done.out.startswith("claim: easy, due again in ")
    assert " days. That is your attempt of " in done.out
    assert done.out.endswith(", the last that counts.\n")


@pytest.mark.parametrize(
    ("words", "typed", "why"),
    [
        (("review", "--cram", "--minutes", "9"), "2\n" * 2, "cramming leaves the schedule alone"),
        (("ask", "why-calm", "--plain"), "The noise of the gradient falls.\n", "its mark is not confirmed yet"),
    ],
)
def test_what_counts_for_nothing_cannot_be_rated(command: Run, words: tuple[str, ...], typed: str, why: str):
    command(*words, typed=typed)

    done = command("rate", "why-calm" if "why-calm" in words else "pick-one", "easy")

    assert (done.status, done.out) == (2, "")
    assert f"counts, so none can be rated: {why}. Ask it: coursekit ask" in done.err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("claim", "hard"), "You have not responded to 'claim' yet. Ask it first: coursekit ask claim"),
        (("clam", "hard"), "The course has no question 'clam'."),
        (("claim", "splendid"), "invalid choice: 'splendid'"),
    ],
)
def test_what_cannot_be_rated_is_said(command: Run, words: tuple[str, ...], problem: str):
    done = command("rate", *words)

    assert (done.status, done.out) == (2, "")
    assert problem in done.err
