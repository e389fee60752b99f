"""Each attack comes to what the index says, an honest twin beside it is graded right, and nothing is left of it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from coursekit.clean import clean
from tests.attacks.conftest import needs
from tests.attacks.corpus import HERE, HONEST, Attack, corpus
from tests.attacks.world import World

_LONGEST_TEXT = 100_000
_LONGEST = 30.0  # seconds for a grade on a busy machine
_QUICK = {  # of those that take all the time they may have
    "daemons/many_processes",
    "endless/a_loop",
    "endless/a_sum_in_c",
    "endless/signals_ignored",
    "floods/files_below_a_long_path",
    "floods/output",
    "floods/threads",
    "forged/a_frame_that_never_ends",
    "objects/a_list_without_end",
    "values/a_list_of_the_numbers",
}
_SLOW = {
    "folder/three_thousand_nested",
    "values/a_burden_for_the_judge",
    "values/a_giant_text",
    "values/lists_of_nothing",
}


def cases() -> Iterator[Any]:
    for attack in corpus():
        for tier in attack.tiers:
            marks = () if tier == _quick_tier(attack) and not _waits(attack) else (pytest.mark.slow,)
            yield pytest.param(attack, tier, id=f"{attack.name}-{tier}", marks=marks)


def _quick_tier(attack: Attack) -> int:
    """Return the tier at which an attack is tried in a quick run: in a container if nothing else stands between."""
    return 3 if attack.family in {"network", "values", "objects", "texts", "endless"} else 2


def _waits(attack: Attack) -> bool:
    """Say whether it takes seconds, and others try much the same in a quick run."""
    return attack.name in _SLOW or (attack.lab == "loop" and attack.name not in _QUICK)


@pytest.mark.parametrize(("attack", "tier"), tuple(cases()))
def test_an_attack_comes_to_what_the_index_says_and_harms_nobody(world: World, attack: Attack, tier: int):
    needs(world, tier)

    grade = world.grade(attack.lab, attack.source(world.places), tier)
    honest = world.grade(attack.lab, HONEST, tier)

    least, most = attack.earns
    assert least <= fraction(grade) <= most, grade
    assert re.search(attack.says, " ".join(texts(grade["checks"]))), grade
    assert all(text == clean(text) and len(text) < _LONGEST_TEXT for text in texts(grade["checks"]))
    assert grade["seconds"] < _LONGEST
    assert fraction(honest) == 1, honest
    assert world.left() == []


def fraction(grade: dict[str, Any]) -> float:
    return grade["score"]["points"] / grade["score"]["out_of"]


def texts(told: Any) -> Iterator[str]:
    match told:
        case str():
            yield told
        case dict():
            for value in told.values():
                yield from texts(value)
        case list():
            for value in told:
                yield from texts(value)
        case _:
            return


def test_the_corpus_is_what_its_index_says():
    attacks = corpus()
    files = {str(path.relative_to(HERE).with_suffix("")) for path in HERE.glob("*/*.py")}

    assert len(attacks) >= 80
    assert len({attack.name for attack in attacks}) == len(attacks)
    assert files == {attack.name for attack in attacks if attack.family != "bytes"}
    assert all(attack.tries.endswith(".") and 3 in attack.tiers for attack in attacks)


def test_pytest_imports_no_submission():
    folder, file = HERE / "exits", HERE / "exits/os_exit_at_import.py"
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", str(folder), str(file)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, done
