"""CPU time and peak memory of every hostile pack, against the marks of 2 s and 200 MB for reading beyond a start-up.

    python -m tests.benchmarks.hostile [WORD …]      # only packs with one of these words in their names

For each pack: the dearest command, its CPU seconds, the peak of memory, and what does not hold.
"""

import sys
import tempfile
from pathlib import Path

from tests.hostile.packs import PACKS
from tests.hostile.reading import MOST_BYTES, MOST_CPU_SECONDS, Reader, wrongs


def main(words: list[str]) -> None:
    """Print a line for each pack, and the dearest at the end."""
    rows: list[tuple[float, float, str]] = []
    with tempfile.TemporaryDirectory() as place, Reader(Path(place)) as reader:
        for name, pack in PACKS.items():
            if words and not any(word in name for word in words):
                continue
            told = reader.read(pack) if name != "lab-is-well" else ()
            if not told:
                continue
            dearest = max(told, key=lambda each: each.cpu_seconds)
            rows.append((dearest.cpu_seconds, dearest.peak_bytes / 1e6, name))
            print(f"{dearest.cpu_seconds:6.2f} s {dearest.peak_bytes / 1e6:6.0f} MB  {name} ({' '.join(dearest.argv)})")
            for wrong in wrongs(pack, told, Path(place)):
                print(f"    {wrong[:600]!r}")
    slowest, largest = max(rows), max(rows, key=lambda row: row[1])
    print(f"{len(rows)} packs; slowest {slowest[2]}: {slowest[0]:.2f} s of {MOST_CPU_SECONDS:g};", end=" ")
    print(f"largest {largest[2]}: {largest[1]:.0f} MB of {MOST_BYTES / 1e6:.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
