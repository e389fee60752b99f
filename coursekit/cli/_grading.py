"""How well the scorer of free text goes with the grades of a person, as a table or as JSON lines."""

import sys
from collections.abc import Iterator
from typing import Any

from coursekit.clean import clean
from coursekit.cli._json import print_json
from coursekit.gold import FOLDER, GoldSet, measured
from coursekit.grading.figures import EXAM

_MEASURES = ("words", "rubric", "raw", "length", "bands")


def print_grading(gold: GoldSet, *, as_json: bool) -> None:
    """Print the figures of a gold set, and those to compare them with."""
    if not gold.responses:
        print(f"No graded responses to compare the scorer with. Put some into {FOLDER}/*.jsonl.", file=sys.stderr)
        return
    rows = [*_rows(gold), _exam()]
    if as_json:
        for row in rows:
            print_json({"type": "grading"} | row)
    else:
        print("Correlation (Pearson) with a person's grades, and the share of bands that fit the grade:\n")
        print(f"{'':30} {'n':>4}" + "".join(f" {name:>6}" for name in _MEASURES))
        for row in rows:
            print(clean(_line(row)))


def _rows(gold: GoldSet) -> Iterator[dict[str, Any]]:
    for row in measured(gold):
        found = row.figures
        yield {"of": row.of, "name": row.name, "n": found.count} | {
            "words": found.words.pearson,
            "rubric": found.rubric.pearson,
            "raw": found.raw.pearson,
            "length": found.length.pearson,
            "bands": found.bands,
        }


def _exam() -> dict[str, Any]:
    marks = {"words": EXAM.words, "rubric": EXAM.rubric, "raw": EXAM.rubric, "length": EXAM.length, "bands": None}
    return {"of": "exam", "name": EXAM.source, "n": EXAM.count} | marks


def _line(row: dict[str, Any]) -> str:
    cells = (f"{row[name]:6.2f}" if row[name] is not None else f"{'–':>6}" for name in _MEASURES)
    return f"{row['name'][:30]:30} {row['n']:>4} {' '.join(cells)}"
