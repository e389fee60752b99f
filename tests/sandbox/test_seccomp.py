"""The filter's verdicts on both architectures, by an interpreter of BPF that knows only what the filter uses."""

import errno
import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.sandbox.confine.calls import FREE, GUARDED, PROCESSES, numbers
from coursekit.sandbox.confine.seccomp import program

ALLOWED, KILLED = 0x7FFF0000, 0x80000000
REFUSED, UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
MACHINES = pytest.mark.parametrize("machine", ARCHITECTURES)
PID = 4321


def run(code, number, arguments=(), architecture=0xC000003E):
    data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    at = loaded = 0
    while True:
        kind, yes, no, value = struct.unpack_from("<HBBI", code, at * 8)
        at += 1
        match kind:
            case 0x20:
                loaded = struct.unpack_from("<I", data, value)[0]
            case 0x54:
                loaded &= value
            case 0x06:
                return value
            case 0x15:
                at += yes if loaded == value else no
            case 0x35:
                at += yes if loaded >= value else no
            case 0x45:
                at += yes if loaded & value else no
            case _:
                raise AssertionError(hex(kind))


def verdict(machine, name, *arguments, has_processes=False):
    code = program(machine, PID, has_processes=has_processes)
    return run(code, numbers(machine)[name], arguments, ARCHITECTURES[machine])


@MACHINES
def test_what_computing_needs_is_allowed(machine):
    names = FREE & numbers(machine).keys()

    assert {name for name in names if verdict(machine, name) != ALLOWED} == set()


@MACHINES
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", [0x003D0F00], ALLOWED),  # what pthread_create asks for
        ("clone", [17], REFUSED),  # fork
        ("clone", [0x00010000 | 0x10000000], REFUSED),  # with a user namespace
        ("kill", [PID, 9], ALLOWED),
        ("kill", [PID + 1, 0], REFUSED),
        ("kill", [0, 9], REFUSED),
        ("kill", [2**64 - 1, 9], REFUSED),
        ("tgkill", [PID, PID, 6], ALLOWED),
        ("tgkill", [1, 1, 6], REFUSED),
        ("prctl", [15], ALLOWED),
        ("prctl", [4, 1], REFUSED),  # PR_SET_DUMPABLE
        ("prctl", [1, 0], REFUSED),  # PR_SET_PDEATHSIG
        ("prctl", [22, 2], REFUSED),  # PR_SET_SECCOMP
        ("prlimit64", [0, 7], ALLOWED),
        ("prlimit64", [PID, 7], ALLOWED),
        ("prlimit64", [1, 7], REFUSED),
        ("fcntl", [3, 1030], ALLOWED),
        ("fcntl", [3, 8, 1], REFUSED),  # F_SETOWN
        ("fcntl", [3, 15, 1], REFUSED),  # F_SETOWN_EX
        ("ioctl", [0, 0x5401], ALLOWED),
        ("ioctl", [0, 0x5412], REFUSED),  # TIOCSTI
        ("openat", [0, 0, 0o1101], ALLOWED),
        ("openat", [0, 0, 0o1000], REFUSED),  # cut a file that may only be read
        ("openat", [0, 0, 0o3], REFUSED),  # open with neither right, which Landlock does not look at
        ("openat", [0, 0, 0o1003], REFUSED),
        ("openat", [0, 0, 0o10000000], ALLOWED),  # O_PATH
    ],
)
def test_what_reaches_others_is_refused(machine, name, arguments, expected):
    assert verdict(machine, name, *arguments) == expected


@MACHINES
def test_what_is_on_no_list_is_refused(machine):
    code = program(machine, PID, has_processes=False)
    listed = {numbers(machine)[name] for name in (FREE | GUARDED) & numbers(machine).keys()}

    verdicts = {number: run(code, number, (), ARCHITECTURES[machine]) for number in range(600) if number not in listed}

    assert {number for number, came in verdicts.items() if came == ALLOWED} == set()
    assert verdicts[435] == verdicts[425] == UNKNOWN  # clone3, io_uring_setup: the C library goes on without


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1).filter(lambda value: value not in ARCHITECTURES.values()))
def test_a_call_by_another_architectures_numbers_ends_the_process(number, architecture):
    assert run(program("x86_64", PID, has_processes=False), number, (), architecture) == KILLED


@given(st.integers(0, 2**31 - 1))
def test_the_second_table_of_x86_is_refused(number):
    assert run(program("x86_64", PID, has_processes=False), 0x40000000 | number) == REFUSED


@MACHINES
def test_processes_are_allowed_where_a_lab_may_have_them_and_namespaces_are_not(machine):
    assert verdict(machine, "clone", 17, has_processes=True) == ALLOWED
    assert verdict(machine, "clone", 0x10000000, has_processes=True) == REFUSED


@pytest.mark.parametrize(
    ("machine", "header"),
    [("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), ("aarch64", "/usr/include/asm-generic/unistd.h")],
)
def test_the_numbers_are_those_of_the_kernel(machine, header):
    if not Path(header).exists():
        pytest.skip("The kernel's headers are not installed.")
    text = Path(header).read_text()
    known = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\b", text)}
    known.setdefault("newfstatat", known.get("fstatat", -1))

    wrong = {name: number for name, number in numbers(machine).items() if known.get(name) != number}

    assert wrong == {}
    assert numbers(machine).keys() <= (FREE | GUARDED | PROCESSES)
