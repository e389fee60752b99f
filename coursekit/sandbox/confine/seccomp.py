"""The system calls that a child may make: a list of what computing needs, and everything else is refused.

No process, no program, no socket, no shared memory, no other process's memory, signals or limits, no mode or owner of
a file: Landlock does not look at those.
"""

import ctypes
import errno
import os

from coursekit.sandbox.confine import bpf
from coursekit.sandbox.confine.calls import FREE, GUARDED, PROCESSES, numbers
from coursekit.sandbox.confine.system import call, no_new_privileges

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000  # x86_64's second table of calls, with numbers of its own
_NEW = 424  # calls from here on are those that a C library does without when they are "not implemented"
_SET_SECCOMP, _FILTER = 22, 2

_THREAD = 0x00010000
_NAMESPACES = 0x7E020080  # CLONE_NEW*
_TRUNCATE, _ACCESS_MODE = 0o1000, 0o3

_COMMANDS = {
    "ioctl": (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451),  # TCGETS TIOCGWINSZ FIONREAD FIONBIO FIONCLEX FIOCLEX
    # F_DUPFD to F_SETLKW, F_OFD_*, F_DUPFD_CLOEXEC, F_GETPIPE_SZ; not F_SETOWN, which sends signals to others
    "fcntl": (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032),
    "prctl": (15, 16),  # PR_SET_NAME, PR_GET_NAME
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def restrict(pid: int, *, has_processes: bool) -> None:
    """Filter this process's calls from now on. Raises OSError."""
    machine = os.uname().machine
    if machine not in _ARCHITECTURES:
        raise OSError(f"The numbers of system calls are known for {' and '.join(_ARCHITECTURES)}, not for {machine}.")
    code = program(machine, pid, has_processes=has_processes)
    no_new_privileges()
    told = _Program(len(code) // 8, code)
    call("prctl", _SET_SECCOMP, _FILTER, ctypes.byref(told), 0, 0)


def program(machine: str, pid: int, *, has_processes: bool) -> bpf.Code:
    """Return the filter for a machine and for the process with this number."""
    known = numbers(machine)
    denied = bpf.verdict(bpf.refuse(errno.EPERM))
    allowed = FREE | PROCESSES if has_processes else FREE
    guarded = _guards(pid, has_processes=has_processes)
    assert guarded.keys() == GUARDED
    return b"".join(
        (
            bpf.load(bpf.ARCHITECTURE),
            bpf.unless_equal(_ARCHITECTURES[machine], bpf.verdict(bpf.KILL)),
            bpf.load(bpf.NUMBER),
            bpf.if_at_least(_X32, denied),
            *(bpf.if_equal(known[name], guard + denied) for name, guard in guarded.items() if name in known),
            *(bpf.if_equal(known[name], bpf.verdict(bpf.ALLOW)) for name in sorted(allowed & known.keys())),
            bpf.if_at_least(_NEW, bpf.verdict(bpf.refuse(errno.ENOSYS))),
            denied,
        )
    )


def _guards(pid: int, *, has_processes: bool) -> dict[str, bpf.Code]:
    """Return what looks at a call's arguments: it allows, or goes on to be refused."""
    own = bpf.allow_if_one_of((pid,))
    everybody = bpf.verdict(bpf.ALLOW)
    commands = {name: bpf.load_argument(1) + bpf.allow_if_one_of(values) for name, values in _COMMANDS.items()}
    return {
        **commands,
        "prctl": bpf.load_argument(0) + bpf.allow_if_one_of(_COMMANDS["prctl"]),
        "clone": _clone(has_processes=has_processes),
        "prlimit64": bpf.load_argument(0) + bpf.allow_if_one_of((0, pid)),
        "kill": everybody if has_processes else bpf.load_argument(0) + own,
        "tgkill": everybody if has_processes else bpf.load_argument(0) + own,
        "rt_tgsigqueueinfo": bpf.load_argument(0) + own,
        "open": _open(1),
        "openat": _open(2),
    }


def _clone(*, has_processes: bool) -> bpf.Code:
    denied = bpf.verdict(bpf.refuse(errno.EPERM))
    allowed = bpf.verdict(bpf.ALLOW)
    anything = allowed if has_processes else bpf.if_any_bit(_THREAD, allowed)
    return bpf.load_argument(0) + bpf.if_any_bit(_NAMESPACES, denied) + anything


def _open(flags: int) -> bpf.Code:
    """Refuse what Landlock does not see: to open with neither right, and, before its third version, to cut a file so.

    Nor did it see that a file which is opened for reading is cut.
    """
    denied = bpf.verdict(bpf.refuse(errno.EPERM))
    neither = bpf.load_argument(flags) + bpf.mask(_ACCESS_MODE) + bpf.if_equal(_ACCESS_MODE, denied)
    cut = bpf.load_argument(flags) + bpf.mask(_TRUNCATE | _ACCESS_MODE) + bpf.if_equal(_TRUNCATE, denied)
    return neither + cut + bpf.verdict(bpf.ALLOW)
