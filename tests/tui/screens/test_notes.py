import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from coursekit.store.store import open_store
from tests.tui.conftest import Seat, Sit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def on_disk(seat: Seat, question: str) -> str:
    """Read a note as another process would."""
    with closing(open_store(seat.app.home, seat.app.course.id, NOW)) as store:
        return store.notes.read(question)


async def test_a_note_is_kept_when_it_is_closed_and_shown_after_the_verdict(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("m")
        await seat.sees("Note on A claim")
        await seat.write("Goyal: $\\alpha$ matters")
        await seat.press("escape")
        assert on_disk(seat, "claim") == "Goyal: $\\alpha$ matters"
        await seat.until(lambda: "note" in seat.lines[0])
        assert "Goyal" not in seat.text
        await seat.press("1", "enter", "end")

        await seat.sees("Note", "Goyal: α matters")


async def test_what_is_typed_is_kept_while_it_is_typed(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("m")
        await seat.write("not closed")

        await seat.until(lambda: on_disk(seat, "claim") == "not closed", seconds=5)


async def test_leaving_the_app_keeps_what_was_typed_at_last(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("m")
        await seat.write("just now")
        await seat.press("ctrl+q")

        assert on_disk(seat, "claim") == "just now"


async def test_a_note_is_changed_where_it_ends_and_an_empty_one_goes(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("m")
        await seat.write("one")
        await seat.press("escape", "m")
        await seat.write(" two")
        await seat.press("escape")
        assert on_disk(seat, "claim") == "one two"
        await seat.press("m", "ctrl+u", "escape")

        assert on_disk(seat, "claim") == ""
        assert "note" not in seat.lines[0]


async def test_a_note_changed_after_the_verdict_is_shown_once(sit: Sit):
    async with sit("claim", size=(80, 50)) as seat:
        await seat.press("1", "enter")
        await seat.sees("Why")
        for word in ("first", "second"):
            await seat.press("m", "ctrl+u")
            await seat.write(word)
            await seat.press("escape")

        await seat.sees("second")
        assert "first" not in seat.text
        assert seat.text.count("Note ") == 1


async def test_a_note_that_cannot_be_saved_stays_open_and_says_why(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("m")
        with closing(sqlite3.connect(seat.app.home / "record.sqlite3")) as other:
            other.execute("drop table note")
            other.commit()
            await seat.write("precious")
            await seat.press("escape")

            await seat.sees("Your note is not saved", "precious")
            assert seat.screen == "NoteScreen"


async def test_a_bookmark_is_set_and_taken_away(sit: Sit):
    async with sit("claim") as seat:
        await seat.press("b")
        await seat.sees("★ bookmarked")
        with closing(open_store(seat.app.home, seat.app.course.id, NOW)) as store:
            assert store.notes.marked() == {"claim"}
        await seat.press("b")

        await seat.sees("No longer bookmarked.")
        assert "★ bookmarked" not in seat.lines[0]


async def test_small_letters_are_partners_where_there_are_some_and_capital_ones_still_bookmark(sit: Sit):
    from coursekit.course import open_course
    from tests.tui.test_golden import COURSE

    async with sit("match", course=open_course(COURSE)) as seat:
        await seat.press("b")
        assert "★" not in seat.text
        await seat.press("B")

        await seat.sees("★ bookmarked")


async def test_a_letter_in_a_text_is_a_letter(sit: Sit):
    async with sit("why-calm") as seat:
        await seat.write("mbp/")

        assert seat.screen == "QuestionScreen"
        assert "★" not in seat.lines[0]
        assert "mbp/" in seat.text
