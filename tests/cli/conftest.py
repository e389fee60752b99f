"""Run the real command in a clean environment: no home but the one given, no terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """How a process ended."""

    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as strict JSON lines."""
        return [json.loads(line, parse_constant=_refuse) for line in self.out.splitlines()]


def _refuse(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def _run(
    *arguments: object,
    home: Path | None = None,
    course: Path | None = None,
    typed: str | bytes = "",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    **options: Any,
) -> Done:
    """Run `coursekit`, never with a traceback."""
    command = [sys.executable, "-P", "-m", "coursekit", *(["--course", course] if course else []), *arguments]
    done = subprocess.run(
        [str(word) for word in command],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        check=False,
        timeout=60,
        cwd=cwd or "/usr",  # where no course is, and nothing to which a path could be relative
        env=clean(home) | dict(env or {}),
        **options,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in out + err, out + err
    return Done(done.returncode, out, err)


def clean(home: Path | None) -> dict[str, str]:
    """Return an environment in which nothing but the given home is known."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"} | ({"HOME": str(home), "COURSEKIT_HOME": str(home)} if home else {})


@pytest.fixture(scope="session")
def run() -> Run:
    """Return what runs a command to its end."""
    return _run


_HOMELESS = """
import sys, platformdirs
from pathlib import Path
platformdirs.user_data_path = lambda *_, **__: Path("no/home")  # as for a user whom the system does not know
from coursekit.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="session")
def homeless() -> Run:
    """Return what runs a command as someone without a home."""

    def run_it(*arguments: object) -> Done:
        command = [sys.executable, "-P", "-c", _HOMELESS, *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=60, cwd="/usr", env=clean(None)
        )
        assert "Traceback" not in done.stdout + done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    return run_it


@pytest.fixture(scope="session")
def environment() -> Callable[[Path | None], dict[str, str]]:
    """Return what makes a clean environment, for processes that a test steers itself."""
    return clean
