"""Microseconds of a training step: ours against bare matrix products, Keras, PyTorch, JAX, scikit-learn.

    python tests/benchmarks/train.py [--problems a,c32] [--rounds N] [--only numpy] [--no-keras] [--cpu] ...

    a  linear regression, 10,000 x 20, batch 32      d  MLP 784-128-10, 60,000 random rows, batch 128
    b  softmax on digits, batch 32                   e  CNN 3x3x8, pool 2, dense, digits, batch 32
    c  MLP 64-64-10 on digits, batch 32 and 128

Plain SGD in float32, one thread each, batches shuffled anew each epoch, the loss of every step read. The time of a
step is the time of a run through its steps: imports, data, tracing and compilation come before the clock starts (so
TensorFlow is measured after compilation), and no validation loss is measured. A table's number is the median of several
rounds in which all take turns; the mark is in parentheses beside it. On a busy machine take --cpu, which does not count
what others use; it is hard on Keras where its input pipeline has threads of its own. Those that are not installed are
left out: pip install -e '.[bench]' has them all.
"""

from argparse import ArgumentParser, Namespace
from os import getloadavg
from time import perf_counter, process_time

from training.contenders import GROUPS, present
from training.problems import PROBLEMS, Problem, can_train
from training.report import Seen, microseconds, print_table, ratios
from training.rounds import measure


def main() -> None:
    """Measure what was asked for and print both tables, of what there is when it is cut short."""
    asked = _arguments()
    contenders = present(_groups(asked))
    clock = process_time if asked.cpu else perf_counter
    seen: Seen = {}
    try:
        for problem in _problems(asked.problems):
            print(
                f"{problem.key}: {problem.title}, batch {problem.batch_size} (load {getloadavg()[0]:.1f})", flush=True
            )
            seen[problem.key] = measure(problem, contenders, asked.rounds, asked.seconds, clock)
    finally:
        for table in (ratios(seen), microseconds(seen)):
            print()
            print_table(table)


def _problems(keys: str) -> list[Problem]:
    """Return those whose key begins with one that is asked for: c is c32 and c128."""
    chosen = [problem for problem in PROBLEMS if problem.key.startswith(tuple(keys.split(",")))]
    for problem in chosen:
        if not can_train(problem):
            print(f"{problem.key} is left out: coursekit.train.models has no '{problem.model['name']}'.")
    return [problem for problem in chosen if can_train(problem)]


def _groups(asked: Namespace) -> set[str]:
    """Return who takes part: the backends that --only names and all references, but for those that --no-... names."""
    backends = {asked.only} if asked.only else {"numpy", "tensorflow"}
    references = set(GROUPS) - {"numpy", "tensorflow"}
    return backends | {name for name in references if not getattr(asked, f"no_{name}")}


def _arguments() -> Namespace:
    parser = ArgumentParser(description="Time training steps.")
    parser.add_argument("--problems", default="a,b,c,d,e", metavar="KEYS", help="for example a,c32")
    parser.add_argument("--rounds", type=int, default=7, metavar="N")
    parser.add_argument("--seconds", type=float, default=0.3, metavar="S", help="least length of a run")
    parser.add_argument("--cpu", action="store_true", help="take CPU seconds, of all threads, not the clock's")
    parser.add_argument("--only", choices=("numpy", "tensorflow"), help="measure only this backend of ours")
    for name in GROUPS:
        if name not in ("numpy", "tensorflow"):
            parser.add_argument(f"--no-{name}", action="store_true", help=f"leave {name} out")
    return parser.parse_args()


if __name__ == "__main__":
    main()
