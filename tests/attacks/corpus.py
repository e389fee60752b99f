"""The corpus: submissions that attack, each with what it tries and what must hold (`index.yaml`, `texts.py`)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import yaml

from tests.attacks.texts import TEXTS

HERE = Path(__file__).parent
HONEST = b"def sgd_step(w, gradient, rate):\n    return w - rate * gradient\n"
_EARNS = {"nothing": (0.0, 0.0), "half": (0.5, 0.5), "everything": (1.0, 1.0), "whatever": (0.0, 1.0)}
_TOOLS = re.compile(r"^from tools import .*$", re.MULTILINE)


@final
@dataclass(frozen=True, slots=True)
class Attack:
    """One submission; `earns` is the least and the most of its points, as fractions, that it may earn."""

    name: str
    tries: str
    text: bytes
    lab: str
    earns: tuple[float, float]
    says: str
    tiers: tuple[int, ...]

    @property
    def family(self) -> str:
        return self.name.partition("/")[0]

    def source(self, places: Mapping[str, object]) -> bytes:
        """Return what is handed in: it is told where everything is, so that only confinement keeps it out."""
        text = self.text
        for name, place in places.items():
            text = text.replace(f"@{name}@".encode(), str(place).encode())
        return text


def corpus() -> tuple[Attack, ...]:
    """Return all attacks, by family and name as in the index."""
    return tuple(_attacks())


def named(name: str) -> Attack:
    """Return one attack."""
    return next(attack for attack in corpus() if attack.name == name)


def _attacks() -> Iterator[Attack]:
    tools = (HERE / "tools.py").read_text()
    index: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load((HERE / "index.yaml").read_text())
    for family, entries in index.items():
        for name, entry in entries.items():
            text = (HERE / family / f"{name}.py").read_text()
            yield _attack(f"{family}/{name}", _TOOLS.sub(lambda _: tools, text, count=1).encode(), **entry)
    for name, (text, entry) in TEXTS.items():
        yield _attack(name, text, **entry)


def _attack(
    name: str,
    text: bytes,
    *,
    tries: str,
    lab: str = "step",
    earns: str = "nothing",
    says: str = "",
    tiers: tuple[int, ...] = (2, 3),
) -> Attack:
    return Attack(name, tries, text, lab, _EARNS[earns], says, tuple(tiers))
