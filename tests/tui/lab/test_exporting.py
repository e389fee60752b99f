"""A run written to a file from the table."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.conftest import Sit, environment
from tests.tui.lab.conftest import MakeRuns, notices


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the app is started."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


async def test_e_asks_for_the_form_and_writes_the_run(sit: Sit, make_runs: MakeRuns, folder: Path):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4", "0.1")
        await seat.press("t", "down")
        for form, name in (("1", "bowl-run-1.csv"), ("2", "bowl-run-1.jsonl"), ("3", "bowl-run-1.svg")):
            await seat.press("e")
            await seat.sees("Write run 1 into this folder as", "CSV", "JSON", "SVG")
            await seat.press(form, "enter")

            await seat.sees(f"Run 1 is written to {name}.")
            assert (folder / name).stat().st_size > 100
        assert (folder / "bowl-run-1.csv").read_text().count("\n") == 11
        assert (folder / "bowl-run-1.svg").read_text().startswith("<")


async def test_a_run_written_as_json_is_accepted_by_replay(sit: Sit, make_runs: MakeRuns, folder: Path, home: Path):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "digits", "0.1")
        await seat.press("t", "e", "2", "enter")
        await seat.sees("Run 1 is written to digits-run-1.jsonl.")

    command = [sys.executable, "-P", "-m", "coursekit", "replay", "digits-run-1.jsonl"]
    done = subprocess.run(command, env=environment(home), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


async def test_nothing_is_written_over(sit: Sit, make_runs: MakeRuns, folder: Path):
    (folder / "bowl-run-1.csv").write_text("mine")
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t", "e", "1", "enter")
        await seat.sees("Run 1 is written to bowl-run-1-2.csv.")
        await seat.press("e", "1", "enter")
        await seat.sees("Run 1 is written to bowl-run-1-3.csv.")

    assert (folder / "bowl-run-1.csv").read_text() == "mine"
    assert len(list(folder.iterdir())) == 3


async def test_two_forms_asked_for_in_haste_are_both_written_and_told(sit: Sit, make_runs: MakeRuns, folder: Path):
    async with sit(size=(120, 40)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t", "e", "1", "enter", "e", "1", "enter", "e", "2", "enter")

        await seat.until(lambda: len(list(folder.iterdir())) == 3)
        await seat.sees("bowl-run-1.csv.", "bowl-run-1-2.csv.", "bowl-run-1.jsonl.")


async def test_esc_writes_nothing_and_stays_at_the_table(sit: Sit, make_runs: MakeRuns, folder: Path):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4")
        await seat.press("t", "e", "escape")

        await seat.sees("sorted by run")
        assert list(folder.iterdir()) == []


async def test_a_folder_that_is_gone_is_told(sit: Sit, make_runs: MakeRuns, folder: Path):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "bowl", "0.4")
        folder.rmdir()
        await seat.press("t", "e", "1", "enter")

        await seat.until(lambda: notices(seat))
        assert "could not be written: " in notices(seat)[0]
        assert "No such file or directory" in notices(seat)[0]
        assert seat.screen == "LabScreen"


async def test_a_measurement_is_written_too(sit: Sit, make_runs: MakeRuns, folder: Path):
    async with sit(size=(120, 30)) as seat:
        await make_runs(seat, "noise", "8")
        await seat.press("t", "e", "1", "enter")
        await seat.sees("Run 1 is written to noise-run-1.csv.")

    assert "variance" in (folder / "noise-run-1.csv").read_text()
