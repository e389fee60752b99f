"""A little assembler for seccomp's filters: classic BPF over the number and the arguments of a system call.

The kernel reads `struct seccomp_data`: number (u32), architecture (u32), instruction pointer (u64), six
arguments (u64). Only the lower half of an argument is looked at: all that are looked at are 32 bits wide to the kernel
too.
"""

import struct
from collections.abc import Iterable

ALLOW = 0x7FFF0000
KILL = 0x80000000  # the process, not only the thread
NUMBER, ARCHITECTURE = 0, 4

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT = 0x15, 0x35, 0x45

Code = bytes


def refuse(error: int) -> int:
    """Return the verdict that makes a call fail with an errno."""
    return 0x00050000 | error


def load(offset: int) -> Code:
    """Load 32 bits of the call's data."""
    return _instruction(_LOAD, offset)


def load_argument(index: int) -> Code:
    """Load the lower half of an argument."""
    return load(16 + 8 * index)


def mask(bits: int) -> Code:
    """Keep these bits of what was loaded."""
    return _instruction(_AND, bits)


def verdict(value: int) -> Code:
    """End with a verdict."""
    return _instruction(_RETURN, value)


def if_equal(value: int, then: Code) -> Code:
    """Do `then` when what was loaded is this; else go on behind it."""
    return _instruction(_IF_EQUAL, value, no=_length(then)) + then


def unless_equal(value: int, then: Code) -> Code:
    """Do `then` when what was loaded is anything else."""
    return _instruction(_IF_EQUAL, value, yes=_length(then)) + then


def if_at_least(value: int, then: Code) -> Code:
    """Do `then` when what was loaded is no less."""
    return _instruction(_IF_AT_LEAST, value, no=_length(then)) + then


def if_any_bit(bits: int, then: Code) -> Code:
    """Do `then` when one of these bits is set."""
    return _instruction(_IF_ANY_BIT, bits, no=_length(then)) + then


def allow_if_one_of(values: Iterable[int]) -> Code:
    """Allow the call when what was loaded is one of these; else go on."""
    return b"".join(if_equal(value, verdict(ALLOW)) for value in values)


def _instruction(code: int, value: int, *, yes: int = 0, no: int = 0) -> Code:
    return struct.pack("<HBBI", code, yes, no, value)


def _length(code: Code) -> int:
    """Count instructions; a jump goes over 255 at most."""
    count = len(code) // 8
    if count > 255:
        raise ValueError(f"A BPF jump goes over at most 255 instructions, got {count}.")
    return count
