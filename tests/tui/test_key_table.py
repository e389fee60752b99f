"""The table of keys, and that a key means the same wherever it does something."""

from collections import defaultdict

import pytest

from coursekit.tui.key_table import EVERYWHERE, MORE, Place, key_table
from coursekit.tui.screens.keys import KeysScreen

MOVING = {"j", "k"}
"""Down and up everywhere, whatever moves."""
OTHERWISE = {
    "b": {"bookmark", "backend"},
    "c": {"confidence", "compare"},
    "d": {"hand_in", "remove"},
    "e": {"exams", "edit", "export"},
    "f": {"flag", "fault"},
    "l": {"lab", "labs"},
    "m": {"note", "review", "dismiss"},  # dismiss: the key that opened a list closes it
    "n": {"next", "go", "again"},
    "p": {"aside", "go", "previous", "strips"},
    "r": {"related", "recall"},
    "s": {"statistics", "smooth", "start", "dismiss"},
    "u": {"links", "dismiss"},
    "v": {"way", "vary"},
}
"""Letters that mean more than one thing, on screens of different work. One more is thought about before it is added."""


@pytest.fixture(scope="module")
def table() -> tuple[Place, ...]:
    return key_table()


def meaning(action: str) -> str:
    """Name what an action does: by the word that it is given, as of view('way'), or else by its own."""
    name, _, given = action.removeprefix("app.").partition("(")
    return given.strip("')") if "'" in given else name


def test_a_letter_means_one_thing_but_where_it_is_written_here(table: tuple[Place, ...]):
    meant: dict[str, set[str]] = defaultdict(set)
    for place in table:
        for bound in place.bound:
            for key in bound.keys:
                if len(key) == 1 and key.islower() and key not in MOVING:
                    meant[key].add(meaning(bound.action))

    assert {key: does for key, does in meant.items() if len(does) > 1} == OTHERWISE


def test_what_a_letter_does_has_that_letter_everywhere(table: tuple[Place, ...]):
    letters: dict[str, set[str]] = defaultdict(set)
    for place in table:
        for bound in place.bound:
            own = {key for key in bound.keys if len(key) == 1 and key.islower()} - MOVING
            letters[bound.action if bound.action.startswith("go(") else meaning(bound.action)] |= own

    assert {does: keys for does, keys in letters.items() if len(keys) > 1 and does != "dismiss"} == {}


def test_every_key_says_what_it_does_in_small_letters_without_a_full_stop(table: tuple[Place, ...]):
    for place in table:
        for bound in place.bound:
            assert bound.does, (place.name, bound)
            assert bound.does[0].islower(), bound
            assert not bound.does.endswith("."), bound


def test_escape_leaves_every_screen(table: tuple[Place, ...]):
    without = {
        place.name for place in table if place.is_screen and not any("esc" in bound.keys for bound in place.bound)
    }

    assert without == {EVERYWHERE, "Home"}


def test_what_holds_everywhere_comes_first_then_the_screens(table: tuple[Place, ...]):
    names = [place.name for place in table]

    assert names[0] == EVERYWHERE
    assert {"Home", "Question", "Lab", "Knob list"} <= set(names)
    assert [place.is_screen for place in table] == sorted((place.is_screen for place in table), reverse=True)
    assert len(names) == len(set(names))


def test_the_keys_of_the_terminal_are_told_as_the_list_of_a_screen_tells_them():
    shown = KeysScreen({})._content().plain  # pyright: ignore[reportPrivateUsage]  # what it draws

    for key, does in MORE:
        assert f"{key:16}{does}" in shown
