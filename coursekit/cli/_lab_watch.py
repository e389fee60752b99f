"""Check a learner's file at every save, until Ctrl-C."""

import sys
from argparse import Namespace
from queue import Queue
from typing import assert_never

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._lab_code import check_lines, the_file, the_seed, tier_line
from coursekit.errors import CoursekitError
from coursekit.lab.code.definition import CodeLab, load_code_lab
from coursekit.lab.code.results import CheckResult, CodeGrade
from coursekit.lab.code.submission import read_submission
from coursekit.lab.code.watching import News, Saved, Watching

_CLEAR = "\x1b[2J\x1b[H"


def watch_file(given: Namespace) -> int:
    """Print what the public checks come to at each save; return 0 after Ctrl-C. Raises UsageError for no file."""
    lab = load_code_lab(the_course(given), given.name)
    path = the_file(given, lab)
    read_submission(path)
    queue: Queue[News] = Queue()
    watching = Watching(lab, path, queue.put, seed=the_seed(given))
    try:
        while True:
            _print_json(queue.get()) if given.json else _print(lab, queue.get())
    except KeyboardInterrupt:
        return 0
    finally:
        watching.stop()


def _print(lab: CodeLab, news: News) -> None:
    match news:
        case Saved():
            print(f"{_CLEAR if sys.stdout.isatty() else ''}{clean(lab.title)}", flush=True)
        case CheckResult():
            print("\n".join(check_lines(news)), flush=True)
        case CodeGrade():
            print(f"{news.summary}. {_next(lab, news)}\n{tier_line(news.tier)}\n", flush=True)
        case CoursekitError():
            print(f"coursekit: {news}\nSave the file again, or end with Ctrl-C.\n", flush=True)
        case _:
            assert_never(news)


def _next(lab: CodeLab, grade: CodeGrade) -> str:
    if grade.is_passed:
        return f"Now 'coursekit lab grade {lab.name} FILE'."
    return "Checks again when you save; Ctrl-C ends."


def _print_json(news: News) -> None:
    match news:
        case Saved():
            print_json({"type": "saved"})
        case CheckResult():
            print_json({"type": "check", **news.to_json()})
        case CodeGrade():
            print_json({**news.to_json(), "type": "watch", "hidden_left": news.hidden_left})
        case CoursekitError():
            print_json({"type": "error", "message": str(news)})
        case _:
            assert_never(news)
