"""A grader in a process of its own, as the tests' ordinary user: it is asked on its input, a JSON line at a time.

{"do": "grade", "lab": "/…/lab.md", "source": "ZGVm…", "tier": 2, "seed": 1}   -> the grade, as --json prints it
{"do": "class", "lab": …, "sources": […], "tier": 2, "seed": 1}                 -> grades, two at a time
{"do": "call", "source": …, "tier": 2, "without": ["seccomp"]}                 -> whether one call did the work
{"do": "tiers"}                                                                -> why each tier does not hold
"""

import json
import sys
import time
import traceback
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from coursekit.lab.code.definition import read_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.outcomes import Returned
from coursekit.sandbox.tiers import Tier, describe_tiers

_LIMITS = Limits(seconds_per_call=5, seconds=10, memory=1 << 30, file=4 << 20, folder=32 << 20)


def main() -> None:
    """Do what is asked, line by line; an error is a reply like others."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            reply = _DO[asked.pop("do")](**asked)
        except Exception:
            reply = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


def _grade(lab: str, source: str, tier: int, seed: int) -> dict[str, Any]:
    begun = time.monotonic()
    with Grading(read_code_lab(Path(lab)), b64decode(source), seed, tier=Tier(tier)) as grading:
        for _ in grading.results():
            pass
        return {**grading.grade().to_json(), "seconds": time.monotonic() - begun}


def _class(lab: str, sources: list[str], tier: int, seed: int) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda source: _grade(lab, source, tier, seed), sources))


def _call(source: str, tier: int, without: list[str]) -> dict[str, Any]:
    """Say whether a call returned the right step."""
    w, gradient = np.array([1.0, 2.0]), np.array([3.0, -4.0])
    box = Sandbox(b64decode(source), name="work.py", limits=_LIMITS, tier=Tier(tier), _without=without)
    with box:
        came = box.call("sgd_step", [w, gradient, 0.5])
    is_right = isinstance(came, Returned) and np.array_equal(np.asarray(came.value), w - 0.5 * gradient)
    return {"is_right": is_right, "told": repr(came)}


def _tiers() -> dict[str, str]:
    return {str(int(report.tier)): report.why_not for report in describe_tiers()}


_DO = {"grade": _grade, "class": _class, "call": _call, "tiers": _tiers}

if __name__ == "__main__":
    main()
