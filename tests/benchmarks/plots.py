"""CPU milliseconds to work out each picture of the lab's screen. The mark is 5, of the 6 to 12 of a refresh.

    python tests/benchmarks/plots.py [ROUNDS]

Each is made at the size that it has in a terminal of 80 x 24 and of 120 x 40.
"""

import sys
from collections.abc import Callable
from math import cos, exp, pi, sin
from random import Random
from statistics import median
from time import process_time

from coursekit.plots.curve import curve
from coursekit.plots.ground import Surface, ground_of
from coursekit.plots.landscape import Arrow, landscape
from coursekit.plots.plot import Name, Series
from coursekit.plots.profile import profile
from coursekit.plots.smooth import smoothed, thinned
from coursekit.plots.strip import strip
from coursekit.plots.svg import svg

SIZES = ((46, 9), (90, 22))
STEPS = 10_000
RUNS: tuple[Name, ...] = ("run1", "run2", "run3")

CHANCE = Random(1)
LOSSES = tuple((step, (2.3 * exp(-step / 1500) + 0.1) * CHANCE.uniform(0.7, 1.4)) for step in range(1, STEPS + 1))
VALIDATION = tuple((step, 2.3 * exp(-step / 1500) + 0.12) for step in range(50, STEPS + 1, 50))
NORMS = tuple((step, 3 * loss) for step, loss in LOSSES)
RATES = tuple((step, 0.05 * (1 + cos(step / STEPS * pi))) for step, _ in LOSSES)
ONE = (Series("training", LOSSES), Series("validation", VALIDATION))
COMPARED = (*ONE, *(Series(name, tuple((x, y * 1.2) for x, y in VALIDATION)) for name in RUNS))
THINNED = (*ONE, *(Series(name, thinned(LOSSES, 200)) for name in RUNS))
AXIS = [number / 12 - 1 for number in range(25)]
SADDLE = Surface(AXIS, AXIS, [[x * x / 2 - y * y / 2 + y**4 / 4 for x in AXIS] for y in AXIS])
PATH = [(0.9 * 0.99**step, -0.9 + 0.9 * 0.985**step + 0.05 * sin(step)) for step in range(400)]
VALLEY = [(x / 100, (x / 100) ** 2) for x in range(-100, 101)]
ARROWS = (Arrow("batch", (-0.1, 0.2)), Arrow("full", (-0.2, 0.0)))


def main() -> None:
    """Print medians at both sizes."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    print(f"{'':<42}" + "".join(f"{f'{width} x {height}':>10}" for width, height in SIZES))
    small, large = (_pictures(width, height) for width, height in SIZES)
    for name in small:
        times = [_median(pictures[name], rounds) for pictures in (small, large)]
        print(f"{name:<42}" + "".join(f"{time:>10.2f}" for time in times))


def _pictures(width: int, height: int) -> dict[str, Callable[[], object]]:
    ground = ground_of(SADDLE, width, height)
    return {
        "curve, 10,000 steps": lambda: curve(ONE, width, height, x_max=STEPS, target=0.3),
        "curve, log": lambda: curve(ONE, width, height, x_max=STEPS, log=True, target=0.3),
        "curve, smooth": lambda: curve(ONE, width, height, x_max=STEPS, smooth=True, target=0.3),
        "curve, 3 earlier validation losses": lambda: curve(COMPARED, width, height, x_max=STEPS, target=0.3),
        "curve, 3 earlier training losses, thinned": lambda: curve(THINNED, width, height, x_max=STEPS, target=0.3),
        "smoothed alone": lambda: smoothed(LOSSES),
        "landscape, ground": lambda: ground_of(SADDLE, width, height),
        "landscape, ground as texture": lambda: ground_of(SADDLE, width, height, is_plain=True),
        "landscape, path of 400 and two arrows": lambda: landscape(ground, PATH, 200, arrows=ARROWS),
        "profile": lambda: profile(VALLEY, width, height, path=VALLEY[:100], present=50, arrows=(("full", 1.0),)),
        "strip of gradients, 10,000 steps": lambda: strip(NORMS, width, name="gradient", x_max=STEPS, present=500),
        "strip of rates, 10,000 steps": lambda: strip(RATES, width, name="rate", x_max=STEPS, log=False, present=500),
        "svg": lambda: svg(ONE, title="A run", description="It falls."),
    }


def _median(picture: Callable[[], object], rounds: int) -> float:
    return median(_milliseconds(picture) for _ in range(rounds))


def _milliseconds(picture: Callable[[], object]) -> float:
    before = process_time()
    picture()
    return (process_time() - before) * 1000


if __name__ == "__main__":
    main()
