"""What the host tells a child before it confines itself; nothing in it is a secret."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Self, final

from coursekit.sandbox.limits import Limits

LONGEST = 1 << 16  # bytes between a host and its zygote; a plan takes some 1,000


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """The child's descriptors, limits and layers."""

    requests: int
    replies: int
    greeting: str  # the id of its first message
    limits: Limits
    layers: tuple[str, ...]
    imports: tuple[str, ...]  # where NumPy and coursekit lie
    is_tried: bool = False  # it tries to get out before it begins
    is_trial: bool = False  # and does nothing else
    control: int = -1  # a zygote's: where it is told to fork
    folder: str = ""  # a forked child's own

    def to_json(self) -> str:
        """Return it as one argument."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        told: dict[str, Any] = json.loads(text)  # Any: JSON
        told |= {"layers": tuple(told["layers"]), "imports": tuple(told["imports"]), "limits": Limits(**told["limits"])}
        return cls(**told)
