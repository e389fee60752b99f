"""What a hand can do to a terminal: keys, escape sequences, pastes, the mouse, the window's size; a seed says what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import final

Size = tuple[int, int]  # columns, rows

LEAVES = {"q": b"q", "ctrl+q": b"\x11"}
_ONE_IN = 1500  # acts that are a key that leaves
_USUAL = (50, 15)  # below it there is one sentence, and esc leaves
_NAMED = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "insert": b"\x1b[2~",
    "delete": b"\x1b[3~",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "backspace": b"\x7f",
    "space": b" ",
    "enter": b"\r",
}
_RARE = {
    **{f"f{n}": b"\x1bO" + bytes([79 + n]) for n in range(1, 5)},
    **{
        f"f{n}": f"\x1b[{code}~".encode()
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
    **{
        f"{name}+{arrow}": f"\x1b[1;{code}{letter}".encode()
        for name, code in (("shift", 2), ("alt", 3), ("ctrl", 5), ("ctrl+shift", 6))
        for arrow, letter in zip(("up", "down", "right", "left", "home", "end"), "ABCDHF", strict=True)
    },
    **{f"alt+{letter}": f"\x1b{letter}".encode() for letter in "abfdkz09<>"},
}
_CTRL = {f"ctrl+{chr(96 + n)}": bytes([n]) for n in range(1, 27) if n not in (8, 9, 13, 17)} | {
    "ctrl+space": b"\x00",
    "ctrl+h": b"\x08",
    "ctrl+\\": b"\x1c",
    "ctrl+]": b"\x1d",
    "ctrl+^": b"\x1e",
}
_ODD = {
    "focus out": b"\x1b[O",
    "focus in": b"\x1b[I",
    "a mode told": b"\x1b[?2026;2$y",
    "cursor told": b"\x1b[12;40R",
    "kitty key": b"\x1b[97;5u",
    "kitty key let go": b"\x1b[97;1:3u",
    "kitty enter": b"\x1b[13u",
    "half": b"\x1b[",
    "half a click": b"\x1b[<0;10",
    "unknown": b"\x1b[?1;2;3;4z",
    "old mouse": b"\x1b[M !!",
    "an APC": b"\x1b_x\x1b\\",
    "colour told": b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    "a huge count": b"\x1b[99999999A",
    "twice escape": b"\x1b\x1b",
    "a far click": b"\x1b[<0;9999;9999M\x1b[<0;9999;9999m",
    "what is no UTF-8": b"\xe9t\xe9\xff",
    "C1": b"\xc2\x9b1m",
}
_WIDE = ("日本語", "é", "e\u0301", "👩‍🔬", "🙂", "ﷺ", "\u200b", "\u202e", "𝛼", "ß", "½", "١٢", "İ", "\ufeff", "ก็", "🇩🇪")
_TEXTS = (
    "0.1",
    "1e-3",
    "1/2",
    "-5",
    "1e999",
    "nan",
    "∞",
    "w - 0.1 * g",
    "w := w - \\eta g",
    "[[x]]",
    "{{ w }}",
    "re:(a+)+$",
)


@final
@dataclass(frozen=True, slots=True)
class Act:
    """Bytes that are sent, or a size that the window gets."""

    name: str
    sends: bytes = b""
    size: Size | None = None


def acts(chance: Random, size: Size) -> Iterator[Act]:
    """Yield acts for ever, beginning in a window of a size."""
    kinds = tuple(_KINDS)
    weights = [_KINDS[kind] for kind in kinds]
    while True:
        if chance.randrange(_ONE_IN) == 0:
            yield Act(*chance.choice(tuple(LEAVES.items())))
            continue
        is_tiny = size[0] < _USUAL[0] or size[1] < _USUAL[1]
        kind = _resize if is_tiny and chance.randrange(4) == 0 else chance.choices(kinds, weights)[0]
        act = kind(chance, size)
        size = act.size or size
        yield act


def _printable(chance: Random, _: Size) -> Act:
    key = chance.choice([chr(code) for code in range(33, 127) if chr(code) != "q"])
    return Act(key, key.encode())


def _digit(chance: Random, _: Size) -> Act:
    key = chance.choice("0123456789.")
    return Act(key, key.encode())


def _of(table: dict[str, bytes]) -> Callable[[Random, Size], Act]:
    entries = tuple(table.items())
    return lambda chance, _: Act(*chance.choice(entries))


def _wide(chance: Random, _: Size) -> Act:
    text = "".join(chance.choices(_WIDE, k=chance.randint(1, 4)))
    return Act(f"wide {text!r}", text.encode())


def _typed(chance: Random, _: Size) -> Act:
    text = chance.choice(_TEXTS) + chance.choice(("", "\r", "\x13"))
    return Act(f"typed {text!r}", text.encode())


def _paste(chance: Random, _: Size) -> Act:
    words = chance.choices((*_TEXTS, *_WIDE, "noise", "a\tb", "\n", "\r\n", "\x1b[31m"), k=chance.choice((1, 5, 400)))
    text = " ".join(words)
    return Act(f"paste of {len(text)}", b"\x1b[200~" + text.encode() + b"\x1b[201~")


def _click(chance: Random, size: Size) -> Act:
    (x, y), button = _place(chance, size), chance.choice((0, 0, 0, 0, 1, 2, 4, 16))
    return Act(
        f"click {button} at {x},{y}", (_mouse(button, x, y) + _mouse(button, x, y, "m")) * chance.choice((1, 1, 2))
    )


def _drag(chance: Random, size: Size) -> Act:
    (x, y), (to_x, to_y) = _place(chance, size), _place(chance, size)
    moves = b"".join(_mouse(32, x + (to_x - x) * n // 5, y + (to_y - y) * n // 5) for n in range(1, 6))
    return Act(f"drag from {x},{y} to {to_x},{to_y}", _mouse(0, x, y) + moves + _mouse(0, to_x, to_y, "m"))


def _hover(chance: Random, size: Size) -> Act:
    x, y = _place(chance, size)
    return Act(f"hover at {x},{y}", _mouse(35, x, y))


def _wheel(chance: Random, size: Size) -> Act:
    (x, y), button = _place(chance, size), chance.choice((64, 65, 66, 67, 68))
    return Act(f"wheel {button} at {x},{y}", _mouse(button, x, y) * chance.randint(1, 6))


def _resize(chance: Random, _: Size) -> Act:
    free = (chance.randint(50, 220), chance.randint(15, 70))
    tiny = (chance.randint(10, 60), chance.randint(3, 20))
    size = chance.choice(((10, 3), tiny, (50, 15), (60, 20), (80, 24), (120, 40), (220, 70), free, free, free))
    return Act(f"resize to {size[0]}x{size[1]}", size=size)


def _place(chance: Random, size: Size) -> Size:
    """Return a cell of the window, those at its lower edge, where the keys stand, twice as often."""
    return chance.randint(1, size[0]), chance.choice((chance.randint(1, size[1]), chance.randint(1, size[1]), size[1]))


def _mouse(button: int, x: int, y: int, what: str = "M") -> bytes:
    return f"\x1b[<{button};{x};{y}{what}".encode()


_KINDS: dict[Callable[[Random, Size], Act], int] = {
    _printable: 300,
    _digit: 60,
    _of(_NAMED): 240,
    _of({"enter": b"\r"}): 90,
    _of({"escape": b"\x1b"}): 30,
    _of(_RARE): 30,
    _of(_CTRL): 40,
    _of(_ODD): 15,
    _wide: 15,
    _typed: 20,
    _paste: 10,
    _click: 70,
    _drag: 10,
    _hover: 15,
    _wheel: 30,
    _resize: 25,
}
