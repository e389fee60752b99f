"""Attacks and their honest twins, graded side by side in a few worlds, ahead of the tests that ask for them."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, final

from tests.attacks.corpus import HONEST, Attack
from tests.attacks.world import World


@final
@dataclass(frozen=True, slots=True)
class Pair:
    """The grade of an attack, that of the honest twin which was graded at the same time, and what was left of both."""

    grade: dict[str, Any]
    honest: dict[str, Any]
    left: list[str]


@final
class Pairs:
    """Begins all that is wanted, in order; a world has one attacker at a time, so that what is left is its own."""

    def __init__(self, worlds: Sequence[World], wanted: Iterable[tuple[Attack, int]]) -> None:
        self._free: SimpleQueue[World] = SimpleQueue()
        for world in worlds:
            self._free.put(world)
        self._pool = ThreadPoolExecutor(len(worlds))
        self._begun: dict[tuple[str, int], Future[Pair]] = {}
        for attack, tier in wanted:
            self._begin(attack, tier)

    def graded(self, attack: Attack, tier: int) -> Pair:
        """Return what came of an attack, once it has come."""
        return (self._begun.get((attack.name, tier)) or self._begin(attack, tier)).result()

    def close(self) -> None:
        """Begin nothing more, and wait for what has begun."""
        self._pool.shutdown(cancel_futures=True)

    def _begin(self, attack: Attack, tier: int) -> Future[Pair]:
        self._begun[attack.name, tier] = begun = self._pool.submit(self._grade, attack, tier)
        return begun

    def _grade(self, attack: Attack, tier: int) -> Pair:
        world = self._free.get()
        try:
            grade, honest = world.grade_pair(attack.lab, attack.source(world.places), HONEST, tier)
            return Pair(grade, honest, world.left())
        finally:
            self._free.put(world)
