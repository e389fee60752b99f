from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.session import as_rated, submit
from coursekit.store.asides import Aside, Flag
from coursekit.store.store import open_store
from tests.tui.conftest import Seat, Sit


def held(seat: Seat) -> dict[str, Aside]:
    """Read what is put aside as another process would."""
    now = datetime.now(UTC)
    with closing(open_store(seat.app.home, seat.app.course.id, now)) as store:
        return store.asides.held(now)


def flags(seat: Seat) -> tuple[Flag, ...]:
    with closing(open_store(seat.app.home, seat.app.course.id, datetime.now(UTC))) as store:
        return store.asides.flags()


@pytest.mark.parametrize(
    ("number", "what", "days"), [("1", "bury", 1), ("2", "snooze", 3), ("3", "snooze", 7), ("4", "suspend", None)]
)
async def test_a_question_is_put_aside_and_a_notice_says_until_when(sit: Sit, number: str, what: str, days: int | None):
    async with sit("claim") as seat:
        await seat.press("p")
        await seat.sees("Put aside: A claim", "a number picks")
        await seat.press(number, "enter")

        await seat.sees("Put aside until" if days else "Suspended: it is not asked until you bring it back")
        aside = held(seat)["claim"]
        assert aside.what == what
        if days:
            assert aside.until
            assert timedelta(days=days - 1) < aside.until - datetime.now(UTC) <= timedelta(days=days, hours=1)
        await seat.sees({"bury": "buried", "snooze": "snoozed", "suspend": "suspended"}[what])


async def test_it_is_brought_back(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("p")
        assert "bring it back" not in seat.text.replace("until I bring it back", "")
        await seat.press("4", "enter", "p")
        await seat.sees("5 ○   bring it back")
        await seat.press("5", "enter")

        await seat.sees("It is back among the questions to ask.")
        assert held(seat) == {}
        assert "suspended" not in seat.lines[0]


async def test_what_is_wrong_is_kept_with_the_variant_that_was_seen(sit: Sit):
    async with sit("one-step") as seat:
        await seat.press("p", "5", "enter")
        await seat.sees("What is wrong with this question?")
        await seat.press("enter")
        await seat.sees("Say in a few words what is wrong")
        await seat.write("the sign is wrong")
        await seat.press("enter")

        await seat.sees("⚑ Kept for the author")
        (flag,) = flags(seat)
        question = seat.app.course.question("one-step", 0)
        assert (flag.question, flag.says, flag.seed) == ("one-step", "the sign is wrong", 0)
        assert flag.fingerprint == question.fingerprint


async def test_an_attempt_is_rated_by_oneself_only_after_the_verdict(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("p")
        assert "rate this attempt" not in seat.text
        await seat.press("escape", "2", "enter")
        await seat.sees("n next")
        await seat.press("p")
        await seat.sees("6 ○   rate this attempt myself …")
        await seat.press("6", "enter")
        await seat.sees("How well did you know it?")
        await seat.press("2", "enter")

        await seat.sees("Rated hard by you. It is due again")
        (attempt,) = seat.record.attempts()
        assert attempt.own_rating == "hard"


async def test_the_score_line_says_when_it_is_due_by_ones_own_rating(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("2", "enter")
        await seat.sees("1 of 1 point · due again in 10 minutes")
        await seat.press("p", "6", "enter")
        await seat.sees("How well did you know it?")
        await seat.press("4", "enter")

        await seat.sees("✓ right   1 of 1 point · rated easy by you · due again in 8 days")
        assert "in 10 minutes" not in seat.text


def test_only_the_newest_attempt_has_the_rating(course: Course, tmp_path: Path):
    now = datetime.now(UTC)
    with closing(open_store(tmp_path, "tiny", now)) as store:
        question = course.question("claim")
        first, last = (submit(store, question, ("2",), started=now, now=now, hints=0) for _ in range(2))
        store.rate(last.attempt.id, "easy", now)

        assert as_rated(store, first).attempt.own_rating is None
        assert as_rated(store, last).attempt.own_rating == "easy"
        assert as_rated(store, last).card == store.card("claim")


async def test_esc_puts_nothing_aside(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("p", "escape")

        assert seat.screen == "QuestionScreen"
        assert held(seat) == {}


async def test_a_crammed_attempt_is_not_offered_to_be_rated(sit: Sit):
    async with sit() as seat:
        seat.app.study(("claim",), "Cramming", "cram")
        await seat.sees("A claim")
        await seat.press("2", "enter")
        await seat.sees("n next")
        await seat.press("p")
        await seat.sees("something is wrong with it")

        assert "rate this attempt" not in seat.text
