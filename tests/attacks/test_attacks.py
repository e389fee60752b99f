"""Each attack comes to what the index says, an honest twin beside it is graded right, and nothing is left of it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from coursekit.clean import clean
from tests.attacks.conftest import needs
from tests.attacks.corpus import HERE, Attack, corpus
from tests.attacks.pairs import Pairs
from tests.attacks.world import World

_LONGEST_TEXT = 100_000
_LONGEST = 30.0  # seconds for a grade on a busy machine


_OUT_OF_A_CONTAINER = {"daemons", "disk", "folder", "network", "parent", "shells"}  # families that try to get there


def cases() -> Iterator[Any]:
    for attack in corpus():
        for tier in attack.tiers:
            marks = () if _is_quick(attack, tier) else (pytest.mark.slow,)
            yield pytest.param(attack, tier, id=f"{attack.name}-{tier}", marks=marks)


def _is_quick(attack: Attack, tier: int) -> bool:
    """Say whether a quick run tries it: all at tier 2, and again at tier 3 what a container is to keep in."""
    is_outward = attack.family in _OUT_OF_A_CONTAINER and attack.lab == "step"
    return tier == 2 or (tier == 3 and (is_outward or 2 not in attack.tiers))


@pytest.mark.parametrize(("attack", "tier"), tuple(cases()))
def test_an_attack_comes_to_what_the_index_says_and_harms_nobody(world: World, pairs: Pairs, attack: Attack, tier: int):
    needs(world, tier)

    pair = pairs.graded(attack, tier)

    least, most = attack.earns
    assert (pair.grade["tier"], pair.honest["tier"]) == (tier, tier)
    assert least <= fraction(pair.grade) <= most, pair.grade
    assert re.search(attack.says, " ".join(texts(pair.grade["checks"]))), pair.grade
    assert all(text == clean(text) and len(text) < _LONGEST_TEXT for text in texts(pair.grade["checks"]))
    assert pair.grade["seconds"] < _LONGEST
    assert fraction(pair.honest) == 1, pair.honest
    assert pair.left == []


@pytest.mark.parametrize("tier", [2, 3])
def test_attackers_are_an_ordinary_user(world: World, tier: int):
    needs(world, tier)
    if world.why_not_lowered:
        pytest.skip(f"NOT TESTED: attacks as an ordinary user. {world.why_not_lowered}")
    source = f"import os\ndef sgd_step(w, gradient, rate): return w - rate * gradient * (os.getuid() == {world.uid})"
    known = dict(line.split(":\t", 1) for line in world.status())

    told = world.call(Attack("who", "Say who it is.", source.encode(), "step", (1, 1), "", (2, 3)), tier)

    assert told["is_right"], told
    assert known["Uid"].split() == [str(world.uid)] * 4
    assert world.uid != 0
    assert int(known["CapEff"], 16) == int(known["CapPrm"], 16) == 0


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
    assert all(attack.tries.endswith(".") and {2, 3} & {*attack.tiers} for attack in attacks)
    assert sum({2, 3} <= {*attack.tiers} for attack in attacks) > 300


def test_pytest_imports_no_submission():
    folder, file = HERE / "exits", HERE / "exits/os_exit_at_import.py"
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", str(folder), str(file)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, done
