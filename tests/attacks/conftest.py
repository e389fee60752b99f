"""The world of the attacks, and what keeps pytest from importing a submission."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.corpus import Attack
from tests.attacks.pairs import Pairs
from tests.attacks.world import World

_HERE = Path(__file__).parent
_AT_A_TIME = 2  # attacks, each with its twin


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path):
    """Collect nothing from the folders below: --doctest-modules would import, and so execute, each attack."""
    found = yield
    return [] if _HERE in file_path.parents and file_path.parent != _HERE else found


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """Return the grader of an ordinary user with what there is to reach for."""
    with closing(World()) as made:
        yield made


@pytest.fixture(scope="session")
def pairs(world: World, request: pytest.FixtureRequest) -> Iterator[Pairs]:
    """Return what comes of the attacks of this run: as many at a time as there can be worlds apart."""
    with ExitStack() as stack:
        many = _AT_A_TIME if world.uid != os.geteuid() else 1  # of one user, nobody could tell whose is what is left
        worlds = [stack.enter_context(closing(World())) for _ in range(many)]
        yield stack.enter_context(closing(Pairs(worlds, _wanted(request.session.items, world))))


@pytest.fixture(scope="session")
def unlowered_world() -> Iterator[World]:
    """Return the grader of whoever runs the tests."""
    with closing(World(is_lowered=False)) as made:
        yield made


def needs(world: World, tier: int) -> None:
    """Skip, and say it, where a tier does not hold."""
    if why := world.why_not[str(tier)]:
        pytest.skip(f"NOT TESTED: tier {tier} does not hold here. {why}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, and say so, what only COURSEKIT_ATTACKS=all asks for: it takes some five minutes."""
    left = [item for item in items if _HERE in item.path.parents and item.get_closest_marker("slow")]
    if os.environ.get("COURSEKIT_ATTACKS") == "all" or not left:
        return
    for item in left:
        item.add_marker(
            pytest.mark.skip(reason="NOT TESTED: attacks at tiers 1 and 3. COURSEKIT_ATTACKS=all runs them.")
        )


def _wanted(items: Sequence[pytest.Item], world: World) -> Iterator[tuple[Attack, int]]:
    """Yield the attacks that the tests of this run ask for, in their order."""
    for item in items:
        asked: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
        if not isinstance(asked.get("attack"), Attack) or item.get_closest_marker("skip"):
            continue
        if not world.why_not[str(asked["tier"])]:
            yield asked["attack"], asked["tier"]
