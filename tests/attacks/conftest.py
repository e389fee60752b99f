"""The world of the attacks, and what keeps pytest from importing a submission."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.world import World

_HERE = Path(__file__).parent
_not_tested: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path):
    """Collect nothing from the folders below: --doctest-modules would import, and so execute, each attack."""
    found = yield
    return [] if _HERE in file_path.parents and file_path.parent != _HERE else found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the slow attacks out, and say so, unless COURSEKIT_ATTACKS=all asks for them: they take 10 minutes."""
    left = [item for item in items if _HERE in item.path.parents and item.get_closest_marker("slow")]
    if os.environ.get("COURSEKIT_ATTACKS") == "all" or not left:
        return
    for item in left:
        item.add_marker(pytest.mark.skip(reason="NOT TESTED: COURSEKIT_ATTACKS=all runs the slow attacks"))
    _not_tested.append(f"{len(left)} slow attacks: COURSEKIT_ATTACKS=all runs them")


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """Return the grader of an ordinary user with what there is to reach for."""
    made = World()
    if made.why_not_lowered:
        _not_tested.append(f"attacks as an ordinary user: they ran as user {made.uid}. {made.why_not_lowered}")
    _not_tested.extend(f"attacks at tier {tier}: {why}" for tier, why in made.why_not.items() if why)
    yield made
    made.close()


@pytest.fixture(scope="session")
def unlowered_world() -> Iterator[World]:
    """Return the grader of whoever runs the tests."""
    made = World(is_lowered=False)
    yield made
    made.close()


def needs(world: World, tier: int) -> None:
    """Skip, and say it, where a tier does not hold."""
    if why := world.why_not[str(tier)]:
        pytest.skip(f"NOT TESTED: tier {tier} does not hold here. {why}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested."""
    if _not_tested:
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        for line in _not_tested:
            terminalreporter.write_line(line, red=True)
