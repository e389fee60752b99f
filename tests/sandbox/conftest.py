"""Sandboxes for tests, at every tier that this machine has."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import dedent
from typing import Any

import pytest

from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.outcomes import Returned
from coursekit.sandbox.tiers import Tier, describe_tiers


@contextmanager
def boxed(source: str, tier: Tier = Tier.PROCESS, *, without: tuple[str, ...] = (), **limits: Any) -> Iterator[Any]:
    with Sandbox(dedent(source).encode(), name="work.py", tier=tier, limits=Limits(**limits), _without=without) as box:
        yield box


def has_returned(came: object) -> bool:
    return isinstance(came, Returned)


def needs(tier: Tier) -> None:
    """Skip, and say it, where a tier does not hold."""
    report = describe_tiers()[tier - 1]
    if not report.is_available:
        pytest.skip(f"NOT TESTED: tier {tier} does not hold here. {report.why_not}")


@pytest.fixture(params=Tier, ids=lambda tier: f"tier{tier}")
def tier(request: pytest.FixtureRequest) -> Tier:
    needs(request.param)
    return request.param


@pytest.fixture(params=[Tier.CONFINED, Tier.CONTAINED], ids=lambda tier: f"tier{tier}")
def confined(request: pytest.FixtureRequest) -> Tier:
    needs(request.param)
    return request.param


def ends_soon(pid: int) -> bool:
    until = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_alive(pid)


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except FileNotFoundError:
        return False
