"""The real command on the terminals that people have: poor ones, bare ones, slow ones."""

import os
import re
import select
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest

from coursekit.course import open_course
from coursekit.store.store import open_store
from tests.tui.conftest import ROOT, OpenTerminal, Terminal

pytestmark = pytest.mark.slow

BYTES_A_SECOND = 10_000
FEW_SIGNS = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # else Python takes C for UTF-8
GROUNDS = {"light": (231,), "dark": (233,), "contrast": (16,)}
_RGB, _OF_256 = re.compile(rb"38;2;\d"), re.compile(rb"38;5;\d")
_OF_16 = re.compile(rb"\x1b\[(?:\d+;)*(?:3|9)[0-7](?:;\d+)*m")
_MOUSE = re.compile(rb"\x1b\[\?(?:1000|1003|1006)h")


def visit(seen: Terminal) -> None:
    """See Home, a question and its verdict, and leave."""
    seen.sees("A tiny course", "Study now", "? keys")
    seen.press("\r")
    seen.sees("Half of the noise", "enter submit")
    seen.press("2\r")
    seen.sees("right", "1 of 1 point")
    seen.press("q")
    assert seen.wait() == 0


def choose(home: Path, **settings: object) -> None:
    """Keep settings in a learner's record."""
    with closing(open_store(home, "tiny", datetime.now(UTC))) as store:
        for name, value in settings.items():
            store.settings.set(name, value, for_all=True)


@pytest.mark.parametrize(
    ("env", "colours"),
    [
        ({"TERM": "xterm-256color"}, _OF_256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, _RGB),
        ({"TERM": "screen-256color"}, _OF_256),
        ({"TERM": "tmux-256color"}, _OF_256),
        ({"TERM": "linux"}, _OF_16),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, None),
    ],
    ids=lambda each: "-".join(each.values()) if isinstance(each, dict) else "",
)
def test_it_uses_the_colours_that_there_are(
    terminal: OpenTerminal, env: dict[str, str], colours: re.Pattern[bytes] | None
):
    seen = terminal(**env)
    visit(seen)

    found = [each for each in (_RGB, _OF_256, _OF_16) if each.search(seen.raw)]
    assert found[:1] == ([colours] if colours else [])


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_each_theme_is_drawn_in_256_colours(terminal: OpenTerminal, home: Path, theme: str):
    choose(home, theme=theme)
    seen = terminal()
    visit(seen)

    grounds = Counter(int(each) for each in re.findall(rb"48;5;(\d+)m", seen.raw))
    assert grounds.most_common(1)[0][0] in GROUNDS[theme]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)], ids="{0[0]}x{0[1]}".format)
def test_it_fits_the_window(terminal: OpenTerminal, size: tuple[int, int]):
    visit(terminal(size=size))


def test_a_dumb_terminal_gets_lines(terminal: OpenTerminal):
    seen = terminal(TERM="dumb")
    seen.sees("Question 1 of", "Half of the noise", "Number:")
    seen.press("q\r")

    assert seen.wait() == 0
    assert b"\x1b" not in seen.raw


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_bare_locale_still_means_utf_8(terminal: OpenTerminal, locale: str):
    seen = terminal(LC_ALL=locale)
    seen.sees("▸ Study now")
    seen.press("q")

    assert seen.wait() == 0


def test_where_there_is_only_ascii_signs_give_way_to_some_that_are_alike(terminal: OpenTerminal):
    seen = terminal(**FEW_SIGNS)
    seen.sees("> Study now", "oooo")
    seen.press("l\r")
    seen.sees("Reach the bottom")
    seen.press("0.4\r")
    seen.sees("3 of 3 points", "bowl", "+")
    seen.press("q")

    assert seen.wait() == 0
    assert seen.raw.isascii()
    assert seen.raw.count(b"?") < 200


def test_the_console_of_linux_gets_signs_that_its_font_has(terminal: OpenTerminal):
    seen = terminal(TERM="linux")
    seen.sees("> Study now", "──")
    seen.press("l\r")
    seen.sees("Reach the bottom")
    seen.press("0.4\r")
    seen.sees("3 of 3 points")
    seen.press("q")

    assert seen.wait() == 0
    assert seen.raw.decode().encode("cp437")


def test_a_key_in_another_encoding_is_told_and_passed_over(terminal: OpenTerminal):
    seen = terminal("ask", "why-calm")
    seen.sees("Why a larger batch is calmer", "ctrl+s")
    os.write(seen._fd, "été".encode("latin-1"))
    seen.sees("no UTF-8")
    seen.press("less noisy")
    seen.sees("less noisy")
    seen.press("\x11")

    assert seen.wait() == 0


@pytest.mark.parametrize("keys", [b"\x1b[97;1:3u", b"\x1b[99999999A"], ids=["a key let go", "a huge number"])
def test_a_sequence_that_makes_no_sense_is_passed_over(terminal: OpenTerminal, keys: bytes):
    seen = terminal()
    seen.sees("Study now")
    os.write(seen._fd, keys)
    seen.settle()
    seen.press("?")
    seen.sees("Keys on this screen")
    seen.press("\x11")

    assert seen.wait() == 0
    assert b"Traceback" not in seen.raw


def test_the_mouse_can_be_left_to_the_terminal(terminal: OpenTerminal, home: Path):
    before = terminal()
    visit(before)
    choose(home, mouse=False)
    after = terminal("ask", "claim")
    after.sees("A claim")
    after.press("q")

    assert after.wait() == 0
    assert _MOUSE.search(before.raw)
    assert not _MOUSE.search(after.raw)


def trickle(seen: Terminal, seconds: float, *words: str) -> float:
    """Read as a slow line does, until words stand on the screen or so long; return the seconds."""
    start, taken = monotonic(), 0
    while (spent := monotonic() - start) < seconds and not (words and all(word in seen.text for word in words)):
        room = min(int(spent * BYTES_A_SECOND) - taken, 1000)
        if room < 100 or not select.select([seen._fd], [], [], 0)[0]:
            sleep(0.005)
            continue
        data = os.read(seen._fd, room)
        taken += len(data)
        seen._stream.feed(data)
    return monotonic() - start


def test_a_line_of_10_kb_a_second_is_not_flooded_by_a_run(terminal: OpenTerminal):
    seen = terminal("--course", str(ROOT))
    seen.sees("Study now")
    seen.press("l" + "\x1b[B" * open_course(ROOT).lab_names().index("learning-rate"))
    seen.settle()
    seen.press("\r")
    seen.sees("▸ learning rate")
    seen.settle()
    seen.press("\r")
    trickle(seen, 3)
    assert "running" in seen.text
    seen.press(" ")
    until_seen = trickle(seen, 10, "paused")

    assert until_seen < 2.5
