"""Check a learner's file at every save, until Ctrl-C."""

import sys
from argparse import Namespace
from pathlib import Path
from queue import Queue
from typing import assert_never, final

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._lab_code import check_lines, the_file, the_seed, tier_line
from coursekit.errors import CoursekitError
from coursekit.files import shown
from coursekit.lab.code.definition import CodeLab, load_code_lab
from coursekit.lab.code.results import UNWRITTEN, CheckResult, CodeGrade
from coursekit.lab.code.submission import read_submission
from coursekit.lab.code.watching import News, Saved, Watching

_CLEAR = "\x1b[2J\x1b[H"


def watch_file(given: Namespace) -> int:
    """Print what the public checks come to at each save; return 0 after Ctrl-C. Raises UsageError for no file."""
    lab = load_code_lab(the_course(given), given.name)
    path = the_file(given, lab)
    read_submission(path)
    queue: Queue[News] = Queue()
    told = _Telling(lab, path, has_clearing=sys.stdout.isatty() and not given.plain)
    watching = Watching(lab, path, queue.put, seed=the_seed(given))
    try:
        while True:
            _print_json(queue.get()) if given.json else told.tell(queue.get())
    except KeyboardInterrupt:
        if sys.stdout.isatty():
            print()  # the terminal has written ^C; the prompt of the shell comes below
        return 0
    finally:
        watching.stop()


@final
class _Telling:
    """Prints what comes of each save, for a person; `has_clearing` begins each on an empty screen."""

    def __init__(self, lab: CodeLab, path: Path, *, has_clearing: bool) -> None:
        self._lab, self._path, self._clear = lab, path, _CLEAR if has_clearing else ""
        self._before: CheckResult | None = None

    def tell(self, news: News) -> None:
        """Print one piece of news."""
        match news:
            case Saved():
                print(f"{self._clear}{clean(self._lab.title)}", flush=True)
                self._before = None
            case CheckResult():
                print("\n".join(check_lines(news, self._before)), flush=True)
                self._before = news
            case CodeGrade():
                print(f"{news.summary}. {self._next(news)}\n{tier_line(news.tier)}\n", flush=True)
            case CoursekitError():
                print(f"coursekit: {news}\nSave the file again, or end with Ctrl-C.\n", flush=True)
            case _:
                assert_never(news)

    def _next(self, grade: CodeGrade) -> str:
        if grade.is_passed:
            return f"Now 'coursekit lab grade {self._lab.name} {shown(self._path)}'."
        if all(result.message == UNWRITTEN for result in grade.results):
            return f"Write in {shown(self._path)}, and save it; Ctrl-C ends."
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
