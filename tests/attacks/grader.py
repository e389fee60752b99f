"""A grader in a process of its own, as the tests' ordinary user: it is asked on its input, a JSON line at a time.

{"do": "grade", "lab": "/…/lab.md", "source": "ZGVm…", "tier": 2, "seed": 1}   -> the grade, as --json prints it
{"do": "class", "lab": …, "sources": […], "tier": 2, "seed": 1}                 -> grades, two at a time
{"do": "call", "source": …, "tier": 2, "without": ["seccomp"]}                 -> whether a call did the work
{"do": "tiers"}                                                                -> why each tier does not hold
{"do": "descriptors"}                                                          -> {"open": 4}
"""

import json
import os
import sys
import time
import traceback
from base64 import b64decode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from coursekit.lab.code.calls import Outcome
from coursekit.lab.code.definition import read_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.sandbox.confine.privileges import keep_private
from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.outcomes import Returned
from coursekit.sandbox.tiers import Tier, describe_tiers
from tests.attacks.switches import LIMITS, beside, switched_off

_W, _GRADIENT = np.array([1.0, 2.0]), np.array([3.0, -4.0])
_LIMITS = Limits(seconds_per_call=1, seconds=20, memory=1 << 30, file=4 << 20, folder=32 << 20, files=200)


def main() -> None:
    """Do what is asked, line by line; an error is a reply like others. The file in the argument is left open."""
    os.set_inheritable(os.open(sys.argv[1], os.O_RDONLY), True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            reply = _DO[asked.pop("do")](**asked)
        except Exception:
            reply = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


def _grade(lab: str, source: str, tier: int, seed: int, without: Sequence[str] = ()) -> dict[str, Any]:
    begun = time.monotonic()
    with (
        switched_off(without),
        Grading(read_code_lab(Path(lab)), b64decode(source), seed, tier=Tier(tier)) as grading,
    ):
        for _ in grading.results():
            pass
        return {**grading.grade().to_json(), "seconds": time.monotonic() - begun}


def _class(lab: str, sources: list[str], tier: int, seed: int) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda source: _grade(lab, source, tier, seed), sources))


def _call(source: str, tier: int, without: list[str], times: int) -> dict[str, Any]:
    """Say whether the last of some calls, each in a new sandbox, returned the right step."""
    keep_private()
    text = b64decode(source)
    if "oracle" in without:
        text = beside(Path(sys.argv[1]).read_text(), text)
    limits = replace(_LIMITS, **{name: LIMITS[name] for name in without if name in LIMITS})
    with switched_off(without):
        came = [_called(text, Tier(tier), limits, without) for _ in range(times)][-1]
    is_right = isinstance(came, Returned) and np.array_equal(np.asarray(came.value), _W - 0.5 * _GRADIENT)
    return {"is_right": is_right, "told": repr(came)}


def _called(source: bytes, tier: Tier, limits: Limits, without: Sequence[str]) -> Outcome:
    with Sandbox(source, name="work.py", limits=limits, tier=tier, _without=without) as box:
        return box.call("sgd_step", [_W, _GRADIENT, 0.5])


def _tiers() -> dict[str, str]:
    return {str(int(report.tier)): report.why_not for report in describe_tiers()}


def _descriptors() -> dict[str, int]:
    return {"open": len(os.listdir("/proc/self/fd"))}  # no other process may look


_DO = {"grade": _grade, "class": _class, "call": _call, "tiers": _tiers, "descriptors": _descriptors}

if __name__ == "__main__":
    main()
