"""CPU seconds and memory of the commands on 1,000 and 10,000 questions, and of the app's first frame on them.

    python tests/benchmarks/large_bank.py [ROUNDS]

The bank is `bank.py`'s. Cold is without what coursekit keeps between starts; warm has it, with one file changed. The
app is held against an empty Textual app, in turn. Marks for 10,000 questions in 400 files: list 3 s, check 12 s cold,
1 s warm, first frame 1.25, memory 120 MB.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bank import make_bank
from first_frame import BARE, once

SIZES = {1_000: 40, 10_000: 400}


def main() -> None:
    """Print a line for each size, then how the cost grows, then the first frame."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    costs: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for questions, files in SIZES.items():
            bank = make_bank(Path(name) / str(questions), questions, files)
            seen = [_round(bank, Path(name) / "home") for _ in range(rounds)]
            costs[questions] = {what: median(each[what] for each in seen) for what in seen[0]}
            said = ", ".join(f"{what} {value:.2f}" for what, value in costs[questions].items())
            print(f"{questions:,} questions: {said}")
        few, many = costs.values()
        for what in ("list", "check cold"):
            each = [costs[size][what] / size * 1e6 for size in SIZES]
            print(f"{what}: {each[0]:.0f} and {each[1]:.0f} us a question, ratio {each[1] / each[0]:.2f}")
        print(f"check, 10 times as many: {many['check cold'] / few['check cold']:.1f} times the CPU")
        _frames(Path(name) / "10000", Path(name) / "home", 5 * rounds)


def _round(bank: Path, home: Path) -> dict[str, float]:
    shutil.rmtree(home, ignore_errors=True)
    found = {"list": _cpu(bank, home, "list", "questions")}
    shutil.rmtree(home, ignore_errors=True)
    found["check cold"] = _cpu(bank, home, "check")
    changed = bank / "content" / "0003.md"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    found["check warm"] = _cpu(bank, home, "check")
    found["MB"] = _memory(bank, home)
    return found


def _cpu(bank: Path, home: Path, *words: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(_command(bank, home, *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _memory(bank: Path, home: Path) -> float:
    """Peak of a check that reads everything."""
    shutil.rmtree(home, ignore_errors=True)
    script = (
        "import resource, sys; from coursekit.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(f'\\n{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}')"
    )
    command = [sys.executable, "-c", script, *_command(bank, home, "check")[3:]]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    return float(done.stderr.rsplit("\n", 1)[1])


def _command(bank: Path, home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "coursekit", "--course", str(bank), "--home", str(home), *words]


def _frames(bank: Path, home: Path, runs: int) -> None:
    os.environ["COURSEKIT_HOME"] = str(home)
    _cpu(bank, home, "list", "topics")  # keeps the index
    cases = {"bank": (_command(bank, home), "1 of 3"), "empty app": ([sys.executable, "-c", BARE], "An empty app")}
    seen: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(runs):
        for name, (argv, words) in cases.items():
            seen[name].append(once(argv, words))
    app, bare = (median(seconds) for seconds in seen.values())
    print(
        f"first frame on 10,000: {app * 1000:.0f} ms CPU, empty app {bare * 1000:.0f}: "
        f"ratio {app / bare:.2f} (mark 1.25)"
    )


if __name__ == "__main__":
    main()
