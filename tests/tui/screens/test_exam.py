import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.exam import desk
from coursekit.exam.folder import load_exam
from coursekit.exam.shown import to_author
from coursekit.exam.sitting import Sitting
from coursekit.store.store import open_store
from coursekit.tui.app import CoursekitApp
from coursekit.tui.interactions.choice import ChoiceList
from coursekit.tui.keybar import KeyBar
from coursekit.tui.screens.exams import ExamsScreen
from tests.exam.conftest import EXAM, add_exam
from tests.tui.conftest import Seat, Sit, _key

GOLDEN = Path(__file__).parents[1] / "golden" / "course"
BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHOICES = EXAM.replace("questions: 4", "questions: 3").replace("  - {kinds: [numeric], count: 1}\n", "")
VERDICTS = ("✓", "✗", "right", "wrong", "correct")


class Clock:
    """The app's clock, to be set by hand."""

    def __init__(self) -> None:
        self.now = BEGUN


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return a clock that stands until it is set."""
    clock = Clock()
    monkeypatch.setattr(CoursekitApp, "now", lambda _: clock.now)
    return clock


@pytest.fixture
def course(course_folder: Path) -> Course:
    """Return the tiny course with an exam of three questions with options."""
    return add_exam(course_folder, CHOICES)


async def _open(seat: Seat) -> None:
    seat.app.push_screen(ExamsScreen())
    await seat.sees("A short test", "3 questions · 10 min")


async def _begin(seat: Seat) -> None:
    await _open(seat)
    await seat.press("enter")
    await seat.sees("60 % of the points pass", "enter begins")
    await seat.press("enter")
    await seat.sees("1 of 3")


async def test_an_exam_is_begun_sat_handed_in_and_reported(sit: Sit):
    async with sit(size=(80, 40)) as seat:
        await _begin(seat)
        for _ in range(3):
            await seat.press("1", "enter")
        await seat.sees("Before you hand in", "Every question has a response.")
        await seat.press("d")

        await seat.sees("A short test", "60 % pass", "By topic", "Steps and batches", "By objective", "Key")
        assert {attempt.purpose for attempt in seat.record.attempts()} == {"exam"}
        assert len(seat.record.attempts()) == 3
        await seat.press("escape")
        await seat.sees("sitting 1 · ")


async def test_nothing_on_the_screen_tells_what_is_right_while_it_runs(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        for _ in range(3):
            await seat.press("1")
            assert not any(word in seat.text for word in VERDICTS)
            await seat.press("enter")

        await seat.sees("Before you hand in")
        assert not any(word in seat.text for word in VERDICTS)


async def test_a_response_is_in_the_record_as_soon_as_it_is_picked(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        before = _sat(seat).responses
        await seat.press("2")

        assert before == ((), (), ())
        assert len(_sat(seat).responses[0]) == 1


async def test_flags_and_the_map_and_the_way_back(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("f")
        await seat.sees("⚑ flagged", "▸1○⚑")
        await seat.press("n", "2")
        await seat.sees("▸2●", " 1○⚑")
        await seat.press("p")
        await seat.sees("▸1○⚑", "1 of 3")
        await seat.click(" 3○", dx=1)
        await seat.sees("▸3○", "3 of 3")


async def test_handing_in_with_open_questions_asks_twice(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("m")
        await seat.sees("3 without a response: 1, 2, 3.")
        await seat.press("d")
        await seat.sees("Press d again to hand in.")
        await seat.press("d")

        await seat.sees("✗ not passed")
        assert seat.record.attempts() == ()


async def test_a_sitting_goes_on_after_it_was_left_with_its_clock(sit: Sit, clock: Clock):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("2")
        await seat.press("escape")
        await seat.sees("goes on: enter resumes")
        clock.now += timedelta(minutes=4)
        await seat.press("enter")

        await seat.sees("06:00", "▸1●")
        assert "◉" in seat.text or "[x]" in seat.text


async def test_time_up_hands_in_by_itself(sit: Sit, clock: Clock):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("1")
        clock.now += timedelta(minutes=10)

        await seat.sees("the time was up after 10 minutes", "The time is up.")
        assert len(seat.record.attempts()) == 1


async def test_time_up_on_the_page_before_handing_in(sit: Sit, clock: Clock):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("m")
        await seat.sees("Before you hand in")
        clock.now += timedelta(minutes=11)

        await seat.sees("the time was up after 10 minutes")


async def test_a_clock_turned_back_gives_no_time(sit: Sit, clock: Clock):
    async with sit() as seat:
        await _begin(seat)
        clock.now += timedelta(minutes=8)
        await seat.sees("02:00")
        clock.now -= timedelta(hours=3)
        await seat.press("n")

        await seat.until(lambda: "01:5" in seat.text)


async def test_what_another_process_handed_in_is_over_here_too(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        store = open_store(seat.app.home, "tiny", BEGUN)
        desk.hand_in(seat.app.course, store, desk.going_on(store)[0], datetime.now(UTC))
        store.close()
        await seat.press("1")

        await seat.sees("✗ not passed")


async def test_a_course_without_exams_says_how_one_is_written(sit: Sit, course_folder: Path):
    (course_folder / "content" / "exams" / "short.md").unlink()
    async with sit() as seat:
        seat.app.push_screen(ExamsScreen())

        await seat.sees("This course has no exam yet.")


async def test_a_broken_exam_is_told_and_the_others_stay(sit: Sit, course_folder: Path):
    add_exam(course_folder, EXAM.replace("pass", "pas"), "broken")
    async with sit() as seat:
        seat.app.push_screen(ExamsScreen())

        await seat.sees("Unknown field 'pas'", "A short test")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)], ids="{0[0]}x{0[1]}".format)
async def test_every_exam_screen_has_its_keys_at_every_size(sit: Sit, size: tuple[int, int]):
    async with sit(size=size) as seat:
        for screen in ("ExamsScreen", "ExamStartScreen", "ExamScreen", "ExamReviewScreen", "ExamReportScreen"):
            if screen == "ExamsScreen":
                await _open(seat)
            else:
                keys = {"ExamReviewScreen": "m", "ExamReportScreen": "d"}
                await seat.press(*(["d", "d"] if screen == "ExamReportScreen" else [keys.get(screen, "enter")]))
            await seat.until(lambda screen=screen: seat.screen == screen)

            assert len(seat.app.screen.query_one(KeyBar)._keys) <= 6
            assert "?" in seat.bar
            assert all(len(line) <= size[0] for line in seat.lines)


async def test_the_options_stand_in_the_drawn_order_and_responses_are_the_authors(sit: Sit, home: Path, course: Course):
    now = datetime.now(UTC)
    home.mkdir()
    store = open_store(home, "tiny", now)
    sitting = desk.begin(course, store, load_exam(course, "short"), 3, now)
    store.close()
    place = next(at for at, drawn in enumerate(sitting.places) if drawn.question == "pick-one")
    order = sitting.places[place].order
    async with sit() as seat:
        seat.app.push_screen(ExamsScreen("short"))
        await seat.sees("1 of 3")
        for _ in range(place):
            await seat.press("n")
        await seat.sees("Doubling the batch size")
        await seat.press("1")

        assert sorted(order) == [1, 2, 3]
        assert _sat(seat).responses[place] == (str(order[0]),)


async def test_a_key_typed_before_the_next_question_is_there_changes_no_response(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("1")
        seat.app.screen.query_one(ChoiceList).action_submit()
        seat.app.post_message(_key("2"))
        await seat.sees("2 of 3")

        first, *_ = _sat(seat).responses
        assert first == _author(seat, 0, "1")


async def test_the_last_question_can_be_changed_after_looking_over_all(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("n", "n", "1", "enter")
        await seat.sees("Before you hand in")
        await seat.press("escape")
        await seat.sees("3 of 3")
        await seat.press("2")

        assert _author(seat, 2, "2")[0] in _sat(seat).responses[2]


async def test_a_question_is_left_out_only_when_that_was_said_once(sit: Sit):
    async with sit() as seat:
        await _begin(seat)
        await seat.press("down", "down", "enter")
        await seat.sees("Nothing is picked yet.", "enter once more leaves it out.")
        assert "1 of 3" in seat.text

        await seat.press("enter")
        await seat.sees("2 of 3")
        await seat.press("enter")
        assert "2 of 3" in seat.text


async def test_an_order_that_nobody_moved_is_said_once_and_can_be_moved_then(sit: Sit, tmp_path: Path):
    folder = tmp_path / "every-way"
    shutil.copytree(GOLDEN, folder)
    exam = "---\ntitle: One way\nquestions: 1\nfrom: [{kinds: [ordering]}]\nminutes: 10\n---\n"
    async with sit(course=add_exam(folder, exam, "one")) as seat:
        seat.app.push_screen(ExamsScreen("one"))
        await seat.sees("enter begins")
        await seat.press("enter")
        await seat.sees("1 of 1")
        await seat.press("enter")
        await seat.sees("Nothing is moved yet.")
        await seat.press("space", "down", "space", "enter")

        await seat.sees("Every question has a response.")


def _author(seat: Seat, place: int, shown: str) -> tuple[str, ...]:
    return to_author((shown,), _sat(seat).places[place].order)


EVERY_WAY = {
    "numeric": ((*"2.2",), ("2.2",)),
    "short-answer": ((*"Heavy ball",), ("Heavy ball",)),
    "cloze": ((*"mean", "tab", *"0.5"), ("mean", "0.5", "")),
    "ordering": (("space", "down"), None),
    "matching": (("a", "down", "b"), None),
    "multiple-choice": (("1", "3"), None),
    "predict": (("1",), None),
}


@pytest.mark.parametrize("kind", EVERY_WAY)
async def test_each_way_to_respond_is_kept_while_it_is_entered(sit: Sit, tmp_path: Path, kind: str):
    keys, wanted = EVERY_WAY[kind]
    folder = tmp_path / "every-way"
    shutil.copytree(GOLDEN, folder)
    lock = {"predict": {"made_by": "0", "observed": "diverges"}}
    (folder / "content" / "predict.lock").write_text(json.dumps(lock))
    exam = f"---\ntitle: One way\nquestions: 1\nfrom: [{{kinds: [{kind}]}}]\nminutes: 10\n---\n"
    course = add_exam(folder, exam, "one")
    async with sit(course=course) as seat:
        seat.app.push_screen(ExamsScreen("one"))
        await seat.sees("enter begins")
        await seat.press("enter")
        await seat.sees("1 of 1")
        before = _sat(seat).responses[0]
        await seat.press(*keys)
        kept = _sat(seat).responses[0]
        while seat.screen == "ExamScreen":
            await seat.press("escape")
        await seat.sees("goes on: enter resumes")
        await seat.press("enter")
        await seat.sees("▸1●")

        assert before == ()
        assert kept
        assert wanted in (None, kept)
        assert _sat(seat).responses[0] == kept


def _sat(seat: Seat) -> Sitting:
    """The last sitting as another process finds it."""
    store = open_store(seat.app.home, seat.app.course.id, BEGUN)
    try:
        return desk.sat(store)[-1]
    finally:
        store.close()


@pytest.mark.parametrize("rank", range(4))
async def test_how_sure_one_is_said_in_a_burst_belongs_to_the_question_at_hand(sit: Sit, course: Course, rank: int):
    async with sit(course=course) as seat:
        await _begin(seat)
        for key in ("1", "c", "f", "enter"):
            seat.app.simulate_key(key)
        await seat.sees("2 of 3")

        (sitting,) = desk.going_on(seat.app.store, "short")
        assert sitting.confidences[:2] == ("sure", None)
        assert sitting.flags == {0}
