"""What a graph of imports cannot see: which libraries are loaded by the time a person waits."""

import subprocess
import sys
from pathlib import Path

import pytest

SLOW = {"numpy", "tensorflow", "textual", "yaml", "markdown_it", "rich", "click", "sqlite3", "fsrs"}
ROOT = Path(__file__).parents[1]
LOADED = "print('loaded:', *sorted(name for name in sys.modules if '.' not in name))"

COMMAND = f"""
import sys
from coursekit.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
{LOADED}
"""
FIRST_FRAME = f"""
import asyncio, sys
from pathlib import Path
from coursekit.cli._app import open_app  # as the command does
from coursekit.course import open_course
from coursekit.tui.app import CoursekitApp

async def first_frame():
    app = CoursekitApp(open_course(Path(sys.argv[1])), Path(sys.argv[2]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.query("Outline")
    {LOADED}

asyncio.run(first_frame())
"""


def loaded_by(code: str, *arguments: str) -> set[str]:
    """Run code in a fresh interpreter and return the packages that it has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )

    last = done.stdout.splitlines()[-1]
    assert last.startswith("loaded: ")
    return set(last.split()[1:])


def test_help_loads_nothing_slow():
    assert not loaded_by(COMMAND, "--help") & SLOW


@pytest.mark.parametrize("name", ["check", "list", "progress"])
def test_help_of_a_command_loads_neither_numpy_nor_a_screen(name: str):
    assert not loaded_by(COMMAND, name, "--help") & {"numpy", "tensorflow", "textual"}


def test_listing_questions_loads_neither_numpy_nor_a_screen():
    assert not loaded_by(COMMAND, "list", "questions") & {"numpy", "tensorflow", "textual"}


def test_the_first_frame_loads_only_what_it_draws_with(tmp_path: Path):
    found = loaded_by(FIRST_FRAME, str(ROOT), str(tmp_path))

    assert "textual" in found
    assert not found & {"numpy", "tensorflow", "fsrs", "markdown_it", "yaml", "sqlite3"}
