"""Milliseconds of CPU for each key of a search over 10,000 questions, and what its index costs. The mark: 50 a key.

    python tests/benchmarks/search.py [BANK]

The bank is `bank.py`'s unless one is named. Each text is typed letter by letter, and each key is a search.
"""

import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from statistics import median

from bank import make_bank

from coursekit.course import open_course
from coursekit.search.course import fill
from coursekit.search.index import Index

TYPED = {
    "as written": ("learning rate", "gradient", "batch size", "momentum", "variance of", "sgd-role", "the loss is"),
    "with slips": ("lerning rate", "gradeint", "bacth size", "momentun", "varaince of", "sdg-role", "teh lsos is"),
}
LONGEST = 12


def main() -> None:
    """Print the index's cost, then for each length of what is typed the median and the most."""
    with tempfile.TemporaryDirectory() as name:
        bank = Path(sys.argv[1]) if len(sys.argv) > 1 else make_bank(Path(name) / "bank")
        index = _built(bank)
    print(f"{len(index.entries):,} entries, {len(index._known):,} words")
    for kind, texts in TYPED.items():
        spent: dict[int, list[float]] = {}
        for text in texts:
            index._found.clear()
            for length in range(1, min(LONGEST, len(text)) + 1):
                begun = time.process_time()
                index.find(text[:length])
                spent.setdefault(length, []).append((time.process_time() - begun) * 1000)
        for length, each in spent.items():
            print(f"{kind}, {length:2} letters: median {median(each):5.1f} ms, most {max(each):5.1f} ms CPU")


def _built(bank: Path) -> Index:
    """Make the index, saying how long it takes, how long the longest piece, and how large it is."""
    course, index = open_course(bank), Index()
    pieces: list[float] = []
    begun = last = time.process_time()
    for _ in fill(index, course):
        now = time.process_time()
        pieces.append((now - last) * 1000)
        last = now
    whole = last - begun
    print(f"index: {whole:.2f} s CPU in {len(pieces)} pieces, the longest {max(pieces):.0f} ms")
    tracemalloc.start()
    for _ in fill(other := Index(), open_course(bank)):
        pass
    print(f"memory: {tracemalloc.get_traced_memory()[0] / 1e6:.0f} MB for {len(other.entries):,} entries")
    tracemalloc.stop()
    return index


if __name__ == "__main__":
    main()
