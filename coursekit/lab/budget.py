"""How many runs of a lab may still be made: some labs ask for thinking before trying.

The author's `budget: 4` allows four runs; having settings graded begins the count anew.
"""

from collections.abc import Sequence

from coursekit.lab.definition import Lab
from coursekit.store.labs import LabGrade, LabRun
from coursekit.words import count


def runs_left(lab: Lab, runs: Sequence[LabRun], grades: Sequence[LabGrade]) -> int | None:
    """Return how many runs are left, None where there is no budget. A run that was removed counts all the same."""
    if lab.budget is None:
        return None
    begun = max((grade.at for grade in grades), default=None)
    return max(0, lab.budget - sum(begun is None or run.at > begun for run in runs))


def is_spent(lab: Lab) -> str:
    """Say that no run is left, and what to do."""
    runs = count(lab.budget or 0, "run")
    return f"The budget of {runs} is spent. Have the settings you believe in graded; then there are {runs} more."
