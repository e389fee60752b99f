"""The table of a lab's runs: sorted, run again, removed and brought back."""

import subprocess
import sys
from pathlib import Path

from coursekit.tui.lab.runs_page import RunTable
from tests.tui.conftest import Seat, Sit, environment
from tests.tui.lab.conftest import MakeRuns, OpenLab, knob


def rows(seat: Seat) -> list[str]:
    """The lines of the table below its head."""
    lines = seat.lines
    head = next(y for y, line in enumerate(lines) if line.lstrip().startswith("run") and "rate" in line)
    return [line.strip() for line in lines[head + 1 : -1] if line.strip()[:1].isdigit()]


def numbers(seat: Seat) -> list[int]:
    """The runs in the order in which they stand."""
    return [int(row.split()[0]) for row in rows(seat)]


def chosen(seat: Seat) -> int:
    """The number of the run at the cursor."""
    table = seat.app.screen.query_one(RunTable)
    return int(table.get_row_at(table.cursor_row)[0].plain.split()[0])


async def test_there_is_no_table_without_a_run(sit: Sit, open_lab: OpenLab):
    async with sit() as seat:
        await open_lab(seat, "bowl")
        await seat.press("t")

        await seat.sees("There is no run in this lab yet. Press enter to make one.", "Reach the bottom")


async def test_it_shows_the_newest_run_first(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1", "0.2")
        await seat.press("t")

        await seat.sees("run ▼", "sorted by run, highest first", "enter run again")
        assert numbers(seat) == [3, 2, 1]
        assert [row.split()[1] for row in rows(seat)] == ["0.2", "0.1", "0.4"]
        assert "✓ 3 of 3" in rows(seat)[2]
        assert "✗ 0 of 3" in rows(seat)[1]


async def test_its_keys_are_told_in_our_words(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 50)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t", "?")

        await seat.sees("the run above", "run this one again", "sort by the next column", "to the last run")
        assert not any(word in seat.text for word in ("Cursor", "Select", "Page", "Top"))


async def test_arrows_sort_by_another_column_and_minus_turns_it_round(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1", "0.2")
        await seat.press("t", "right")
        await seat.sees("rate ▲", "sorted by rate, lowest first")
        assert numbers(seat) == [2, 3, 1]

        await seat.press("-")
        await seat.sees("rate ▼", "sorted by rate, highest first")
        assert numbers(seat) == [1, 3, 2]
        await seat.press("left")
        await seat.sees("run ▼")
        assert numbers(seat) == [3, 2, 1]
        await seat.press("left")
        await seat.sees("when ▲")
        assert numbers(seat) == [1, 2, 3]


async def test_the_cursor_stays_on_its_run_when_the_order_changes(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1", "0.2")
        await seat.press("t", "down")
        assert chosen(seat) == 2
        await seat.press("right", "-")

        assert numbers(seat) == [1, 3, 2]
        assert chosen(seat) == 2


async def test_a_click_on_a_head_sorts_and_a_second_turns_it_round(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1", "0.2")
        await seat.press("t")
        await seat.click("run ▼", dx=8)
        await seat.sees("rate ▲")
        assert numbers(seat) == [2, 3, 1]
        await seat.click("rate ▲")

        await seat.sees("rate ▼")
        assert numbers(seat) == [1, 3, 2]


async def test_what_stands_in_a_column_is_shown_whole_however_it_is_sorted(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1", "0.2")
        await seat.press("t")
        for _ in range(3):
            await seat.click("run ", dx=8)

            assert all("finished" in row and " of 3 " in row and " numpy " in row for row in rows(seat)), seat.text


async def test_a_column_that_lies_outside_is_brought_into_sight(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(60, 20)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t")
        assert "when" not in seat.text
        await seat.press("left")

        await seat.sees("when ▲", "sorted by when")


async def test_enter_runs_the_chosen_one_again_with_its_knobs(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1")
        await seat.press("t", "down", "enter")

        await seat.until(lambda: len(seat.record.runs()) == 3)
        await seat.sees("✓ 3 of 3", "3 of 3 points")
        assert knob(seat, "learning rate") == "0.4"
        assert [run.settings["learning_rate"] for run in seat.record.runs()] == [0.4, 0.1, 0.4]


async def test_r_sets_the_knobs_as_in_the_chosen_run(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1")
        await seat.press("t", "down", "r")

        await seat.sees("The knobs stand as in run 1.", "▸ learning rate  0.4")
        assert len(seat.record.runs()) == 2


async def test_d_removes_a_run_and_z_brings_it_back(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1", "0.2")
        await seat.press("t", "down", "d")
        await seat.sees("Run 2 is removed. z brings it back.")
        assert numbers(seat) == [3, 1]
        assert [run.number for run in seat.record.runs()] == [1, 3]

        await seat.press("z")
        await seat.sees("Run 2 is back.")
        assert numbers(seat) == [3, 2, 1]
        assert [run.number for run in seat.record.runs()] == [1, 2, 3]


async def test_several_that_were_removed_come_back_one_by_one(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1", "0.2")
        await seat.press("t", "d", "d", "d")
        await seat.sees("No run is left. Press z to bring the last one back.")
        await seat.press("d", "enter", "c", "e", "r")
        assert seat.screen == "LabScreen"
        assert seat.record.runs() == ()

        for left in ([1], [2, 1], [3, 2, 1]):
            await seat.press("z")
            assert numbers(seat) == left
        await seat.press("z")
        await seat.sees("No run was removed in this visit.")


async def test_the_table_can_be_opened_to_bring_the_only_run_back(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t", "d", "escape", "t", "z")

        await seat.sees("Run 1 is back.")
        assert numbers(seat) == [1]


async def test_another_process_sees_that_a_run_was_removed(
    sit: Sit, make_runs: MakeRuns, home: Path, course_folder: Path
):
    command = [sys.executable, "-P", "-m", "coursekit", "runs", "bowl", "--course", str(course_folder), "--json"]
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1")
        await seat.press("t", "down", "d")
        await seat.sees("Run 1 is removed.")

        told = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=True)
        assert '"run": 2' in told.stdout
        assert '"run": 1' not in told.stdout


async def test_the_numbers_stay_when_runs_are_removed(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1")
        await seat.press("t", "down", "d", "t", "enter")
        await seat.until(lambda: len(seat.record.runs()) == 2)
        await seat.press("t")

        assert numbers(seat) == [3, 2]


async def test_a_run_that_ends_while_the_table_is_shown_is_listed(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "plane", "0.1")
        await seat.press("down", *"300", "enter", "t")
        await seat.until(lambda: len(seat.record.runs()) == 2)

        await seat.until(lambda: numbers(seat) == [2, 1], seconds=3)


async def test_esc_goes_back_to_the_picture_and_then_out_of_the_lab(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t")
        await seat.sees("sorted by")
        await seat.press("escape")
        await seat.sees("finished", "target")
        assert seat.screen == "LabScreen"
        await seat.press("escape")

        await seat.until(lambda: seat.screen == "HomeScreen")


async def test_t_goes_back_to_the_picture_where_arrows_turn_the_knobs(sit: Sit, make_runs: MakeRuns):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t", "t", "left")

        await seat.sees("finished")
        assert knob(seat, "learning rate") != "0.4"
