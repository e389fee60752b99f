"""What runs in the child, in this order: limits, NumPy, confinement, a try at getting out; then the strange source.

The host starts it with a plan (`Plan`) as its only argument; or a zygote forks it with one (`forking`), and NumPy was
imported before. It has nothing worth stealing: no environment, no secret, no verdict. Whoever finds the channel may say
on it what a function could have returned, and nothing else.
"""

import os
import sys
from importlib import import_module

from coursekit.sandbox.confine.limits import limit
from coursekit.sandbox.confine.privileges import die_with_host, keep_private
from coursekit.sandbox.plan import Plan
from coursekit.sandbox.wire import pack

_HIDDEN = os.path.join(os.path.dirname(os.path.dirname(__file__)), "errors.py")  # no container needs it


def main() -> None:
    """Confine this process, then serve the host's requests until it hangs up."""
    plan = Plan.from_json(sys.argv[1])
    if plan.control >= 0:
        plan = _fork(plan)
    else:
        die_with_host()
    if "limits" in plan.layers:
        limit(plan.limits)
    if plan.is_trial:
        _greet(plan, _confine(plan))
        return
    from coursekit.sandbox.serving import serve  # NumPy: behind the limits, and while its files can still be found

    _greet(plan, _confine(plan))
    serve(plan)


def _fork(zygote: Plan) -> Plan:
    """Import all that a child needs, and fork; returns in each child."""
    keep_private()
    for part in ("serving", "confine.landlock", "confine.needs", "confine.seccomp"):
        import_module(f"coursekit.sandbox.{part}")
    from coursekit.sandbox.confine import attempts
    from coursekit.sandbox.forking import next_child

    if "container" in zygote.layers:
        attempts.leaks(_HIDDEN)  # kept: its number tells whether it is among the container's first
    return next_child(zygote)


def _greet(plan: Plan, escapes: list[str]) -> None:
    """Greet the host."""
    os.write(plan.replies, pack({"id": plan.greeting, "is": "ready", "escapes": escapes}))


def _confine(plan: Plan) -> list[str]:
    """Give up what the plan's layers take away; return what can be done all the same."""
    # Before the files of this very package are out of reach.
    from coursekit.sandbox.confine import attempts, landlock, needs, privileges, seccomp

    sys.path[:] = [folder for folder in sys.path if folder not in plan.imports]
    leaks = attempts.leaks(_HIDDEN) if plan.is_tried and "container" in plan.layers else ()
    if "capabilities" in plan.layers:
        privileges.drop()
    if "landlock" in plan.layers:
        readable = needs.readable(sys.path, f"{plan.imports[0]}/numpy")
        landlock.restrict(readable, sys.path, [os.getcwd(), *needs.shared(plan.limits)])
    if "seccomp" in plan.layers:
        seccomp.restrict(os.getpid(), has_processes=plan.limits.processes > 1)
    return [*leaks, *attempts.escapes(__file__, has_processes=plan.limits.processes > 1)] if plan.is_tried else []
