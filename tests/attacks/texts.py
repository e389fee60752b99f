"""Submissions that no file could hold, or no person would: each with what must hold, as in `index.yaml`."""

from typing import Any

_WORK = b"\n\ndef sgd_step(w, gradient, rate):\n    return w - rate * gradient\n"

TEXTS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "bytes/no_utf8": (
        b"# \xff\xfe" + _WORK,
        {"tries": "Hand in bytes that are no text.", "tiers": [1, 2, 3]},
    ),
    "bytes/another_encoding": (
        b"# coding: utf-7\n+AGkAbQBwAG8AcgB0ACAAbwBz-" + _WORK,
        {"tries": "Hand in code that only another encoding shows.", "tiers": [1, 2, 3]},
    ),
    "bytes/a_wide_encoding": (
        _WORK.decode().encode("utf-16"),
        {"tries": "Hand in a text of two bytes a character.", "tiers": [1, 2, 3]},
    ),
    "bytes/a_mark_at_the_start": (
        b"\xef\xbb\xbf" + _WORK,
        {"tries": "Hand in what an editor of another system saves.", "earns": "everything", "tiers": [1, 2, 3]},
    ),
    "bytes/other_line_ends": (
        _WORK.replace(b"\n", b"\r\n"),
        {"tries": "Hand in lines that end as on another system.", "earns": "everything", "tiers": [1, 2, 3]},
    ),
    "bytes/a_zero": (
        b"x = '\x00'" + _WORK,
        {"tries": "Hand in a text with a zero byte.", "tiers": [1, 2, 3]},
    ),
    "bytes/half_of_a_character": (
        b"# \xed\xa0\x80" + _WORK,
        {"tries": "Hand in half of a character.", "tiers": [1, 2, 3]},
    ),
    "bytes/nothing": (b"", {"tries": "Hand in nothing.", "says": "sgd_step", "tiers": [1, 2, 3]}),
    "bytes/brackets": (
        b"(" * 500_000,
        {"tries": "Hand in brackets that never close.", "tiers": [1, 2, 3]},
    ),
    "bytes/signs": (
        b"x = " + b"-" * 500_000 + b"1" + _WORK,
        {"tries": "Hand in an expression that is half a million deep.", "tiers": [1, 2, 3], "earns": "whatever"},
    ),
    "bytes/a_long_sum": (
        b"x = " + b"1+" * 400_000 + b"1" + _WORK,
        {"tries": "Hand in a sum of 400,000 terms.", "tiers": [1, 2, 3], "earns": "whatever"},
    ),
    "bytes/deep_blocks": (
        b"".join(b" " * i + b"if 1:\n" for i in range(200)) + b" " * 200 + b"pass" + _WORK,
        {"tries": "Hand in blocks that are 200 deep.", "tiers": [1, 2, 3]},
    ),
    "bytes/a_constant_that_is_folded": (
        b"x = ((1 << 60) ** 4000, 'x' * 4096 * 4096 * 4096)" + _WORK,
        {"tries": "Hand in constants that the compiler computes.", "tiers": [1, 2, 3], "earns": "whatever"},
    ),
    "bytes/escapes_in_a_line": (
        b"def sgd_step(w, gradient, rate):\n    raise ValueError('\x1b[2J\xe2\x80\xaepassed\x9b')".replace(
            b"\x9b", "\x9b".encode()
        ),
        {"tries": "Hand in a line with escape sequences that a traceback shows.", "tiers": [1, 2, 3]},
    ),
    "bytes/escapes_in_a_slip": (
        b"x = '\x1b[2J\x1b]0;passed\x07' +",
        {"tries": "Hand in a line with escape sequences that the compiler shows.", "tiers": [1, 2, 3]},
    ),
    "bytes/a_long_line": (
        b"def sgd_step(w, gradient, rate):\n    raise ValueError() #" + b"x" * 900_000,
        {"tries": "Hand in a line of 900,000 characters that a traceback shows.", "tiers": [1, 2, 3]},
    ),
    "bytes/many_warnings": (
        b"".join(b"x = 1 is 1; '\\d'\n" for _ in range(20_000)) + _WORK,
        {"tries": "Let the compiler warn 40,000 times.", "tiers": [1, 2, 3], "earns": "whatever"},
    ),
}
