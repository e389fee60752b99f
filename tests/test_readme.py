"""The README is true: each command in it runs, each file in it is there, each link leads somewhere."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.tui.conftest import Terminal, environment

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCREENS = {
    "coursekit": ("Welcome", "1 of 3"),
    "coursekit exam eitc": ("questions", "minutes"),
    "coursekit preview": ("Problems", "fresh"),
}
"""Commands that draw a screen, and words on it."""
NOT_MET = ("coursekit lab grade write-sgd",)
"""Commands that find something amiss here: a starter is not written yet."""
WORDS = re.sub(r"^(````?)[^`].*?^\1$", "", README, flags=re.MULTILINE | re.DOTALL)
INLINE = sorted(set(re.findall(r"`((?:coursekit|python) [^`]+)`", WORDS)))


def _blocks() -> dict[str, list[str]]:
    """Return the commands of each section that has a block of them, without what is said beside them."""
    found: dict[str, list[str]] = {}
    for section in README.split("\n## ")[1:]:
        if block := re.search(r"^```\n(coursekit.*?)^```$", section, re.MULTILINE | re.DOTALL):
            found[section.split("\n")[0]] = [re.split(r" {2,}", line)[0] for line in block[1].splitlines()]
    return found


BLOCKS = _blocks()


def test_each_of_three_users_has_a_path():
    assert list(BLOCKS) == ["Learners", "Self-graders", "Instructors"]


@pytest.mark.slow
@pytest.mark.parametrize("user", BLOCKS)
def test_every_command_runs_in_the_order_in_which_it_stands(user: str, tmp_path: Path):
    env, place = _environment(tmp_path / "home"), tmp_path

    for written in BLOCKS[user]:
        line = re.sub(r"20\d\d-\d\d-\d\d", str(date.today() + timedelta(days=58)), written)
        if line in SCREENS:
            _draws(line, SCREENS[line], env, place)
        elif line.startswith("cd "):
            place /= line.removeprefix("cd ")
        else:
            done = _done(line, env, place)
            assert done.returncode == (line in NOT_MET), (line, done.stdout.decode(), done.stderr.decode())
            assert done.stdout or done.stderr or ">" in line, line


def _done(line: str, env: dict[str, str], place: Path) -> subprocess.CompletedProcess[bytes]:
    given = {"cwd": place, "env": env, "stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 120}
    return subprocess.run(line, shell=True, check=False, **given)


def _draws(line: str, words: tuple[str, ...], env: dict[str, str], place: Path) -> None:
    """See a command draw its screen, and leave it."""
    with Terminal(["/bin/sh", "-c", f"cd '{place}' && exec {line}"], env) as seen:
        seen.sees(*words[1:])
        seen.press("\x11")  # ctrl+q
        assert seen.wait() == 0


@pytest.mark.parametrize("command", INLINE)
def test_a_command_in_a_sentence_is_one_and_has_its_options(command: str, tmp_path: Path):
    program, *words = command.split()

    if program == "python":
        named = [word for word in words if "/" in word]
        assert all((ROOT / word).exists() for word in named), command
        return
    name, options = words[0], [word for word in words if word.startswith("--")]
    told = subprocess.run(
        ["coursekit", *([] if name.startswith("-") else [name]), "--help"],
        env=_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(option in told.stdout for option in options), told.stdout


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!https?:)([^)]+)\)", README))))
def test_every_link_leads_somewhere(target: str):
    name, _, anchor = target.partition("#")

    assert (ROOT / name).is_file()
    if anchor:
        headings = re.findall(r"^#+ (.*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in [heading.lower().replace(" ", "-") for heading in headings]


def _environment(home: Path) -> dict[str, str]:
    found = environment(home)
    return found | {"PATH": f"{Path(sys.executable).parent}:{found['PATH']}"}
