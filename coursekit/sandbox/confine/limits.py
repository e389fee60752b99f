"""What the system itself counts: memory, file sizes, descriptors, processor time."""

import resource
from contextlib import suppress

from coursekit.sandbox.limits import Limits

_TASKS = 4096  # of the whole user, threads among them: no flood, and no hindrance on a busy desktop


def limit(limits: Limits) -> None:
    """Set the limits, hard ones. A system that does not know one leaves it out."""
    for what, bound in _bounds(limits).items():
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (bound, bound))


def _bounds(limits: Limits) -> dict[int, int]:
    return {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_NOFILE: limits.descriptors,
        resource.RLIMIT_NPROC: limits.processes if limits.processes > 1 else _TASKS,
        resource.RLIMIT_CPU: 4 * int(limits.seconds) + 10,  # when the host itself is killed
        resource.RLIMIT_CORE: 0,
    }
