"""A class hands in: attackers among honest ones, graded two at a time. No honest grade changes, and nothing is left."""

from itertools import cycle, islice
from typing import Any

import pytest

from tests.attacks.conftest import needs
from tests.attacks.corpus import corpus, named
from tests.attacks.world import World

HONEST = (
    "return w - rate * gradient",
    "new = w.copy()\n    new -= rate * gradient\n    return new",
    "import numpy as np\n    return np.subtract(w, np.multiply(rate, gradient))",
    "return w + rate * gradient",  # honest, and wrong
    "return [float(a - rate * b) for a, b in zip(w, gradient)]",  # honest, and of another type
    "raise NotImplementedError",
)
ATTACKERS = (
    *("forged/frames_on_every_descriptor", "exits/kill_itself", "patched/numpy_comparisons", "parent/a_signal"),
    *(
        "disk/writes_a_reference",
        "daemons/a_daemon",
        "floods/memory",
        "folder/links_out",
        "parent/a_signal_to_the_group",
    ),
    *("floods/shared_memory_as_files", "shadows/modules_in_the_folder", "texts/escapes_in_the_output"),
    *(
        "forged/a_frame_in_the_place_of_the_server",
        "parent/its_limits",
        "folder/three_thousand_nested",
        "shells/a_shell",
    ),
)


@pytest.mark.parametrize(("tier", "size"), [(2, 50), (3, 14), pytest.param(3, 50, marks=pytest.mark.slow)])
def test_attackers_in_a_class_change_no_honest_grade(world: World, tier: int, size: int):
    needs(world, tier)
    attackers = [named(name).source(world.places) for name in islice(cycle(ATTACKERS), size // 2)]
    honest = [f"def sgd_step(w, gradient, rate):\n    {body}\n".encode() for body in islice(cycle(HONEST), size // 2)]
    each = list(dict.fromkeys(honest))
    alone = dict(zip(each, map(told, world.grade_class(each, tier)), strict=True))

    grades = world.grade_class([source for pair in zip(attackers, honest, strict=True) for source in pair], tier)

    assert [told(grade) for grade in grades[1::2]] == [alone[source] for source in honest]
    assert world.left() == []


def told(grade: dict[str, Any]) -> dict[str, Any]:
    """Return all of a grade but how long it took."""
    return {key: value for key, value in grade.items() if key != "seconds"}


def test_the_attackers_are_of_many_families():
    families = {name.partition("/")[0] for name in ATTACKERS}

    assert len(families) >= 10
    assert families < {attack.family for attack in corpus()}
