"""Check the installation: versions, the course, your record, a real training step on each backend.

examples:
  coursekit doctor
  coursekit doctor --json

Exit status: 0 when everything that is needed works, 1 when something does not.
"""

import platform
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from coursekit import __version__
from coursekit.cli._context import the_course, the_home, the_profile
from coursekit.cli._json import print_json
from coursekit.cli._log import the_log
from coursekit.errors import CoursekitError, StoreError
from coursekit.lab.child import Child
from coursekit.store.backups import backups, newest_good
from coursekit.store.inspecting import inspect
from coursekit.store.place import BACKUPS, FILE, can_write, exists, make_home
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.config import TrainingConfig
from coursekit.words import count

GROUP = "machine"

_PACKAGES = ("textual", "rich", "numpy", "tensorflow", "fsrs", "markdown-it-py", "PyYAML")
_PROBE = {"model": {"name": "quadratic", "eigenvalues": [2.0], "start": [1.0]}, "optimizer": "sgd"}


def add_arguments(parser: ArgumentParser) -> None:
    """Say in which form."""
    parser.add_argument("--json", action="store_true", help="one JSON object per check")


def run(given: Namespace) -> int:
    """Print each check with its verdict."""
    is_well = True
    for name, is_good, detail in _checks(given):
        is_well &= is_good
        if given.json:
            print_json({"type": "check", "name": name, "ok": is_good, "detail": detail})
        else:
            print(f"{'✓' if is_good else '✗'} {name:12} {detail}", flush=True)
    return 0 if is_well else 1


def _checks(given: Namespace) -> Iterator[tuple[str, bool, str]]:
    yield "coursekit", True, __version__
    yield "python", sys.version_info >= (3, 11), platform.python_version()
    for package in _PACKAGES:
        yield _package(package)
    yield _tried("course", lambda: _course(given))
    yield _tried("record", lambda: _record(given))
    yield _tried("backups", lambda: _backups(given))
    yield _tried("train numpy", lambda: _train(given, "numpy"))
    if tensorflow_is_available():
        yield _tried("train tf", lambda: _train(given, "tensorflow"))
    yield from _sandbox()


def _sandbox() -> Iterator[tuple[str, bool, str]]:
    """Say which tiers of the sandbox hold here, each having been tried; the first is enough to be well."""
    from coursekit.sandbox.tiers import describe_tiers  # it loads NumPy

    for report in describe_tiers():
        holds = "holds" if report.is_available else f"not here: {report.why_not}"
        is_good = report.is_available or report.tier > 1
        yield f"sandbox {int(report.tier)}", is_good, f"{report.tier.name.lower()}, {holds}"


def _package(name: str) -> tuple[str, bool, str]:
    try:
        return name, True, version(name)
    except PackageNotFoundError:
        if name == "tensorflow":
            return name, True, "not installed: labs run on NumPy"
        return name, False, f"not installed; run 'pip install {name}'"


def _tried(name: str, check: Callable[[], str]) -> tuple[str, bool, str]:
    try:
        return name, True, check()
    except CoursekitError as error:
        return name, False, str(error)


def _course(given: Namespace) -> str:
    course = the_course(given)
    return f"{course.title}: {count(len(course.topic_of), 'question')} in {course.folder}"


def _record(given: Namespace) -> str:
    """Look at the whole of the record. Raises StoreError for what is wrong with it."""
    home, whose = the_home(given), the_profile(given)
    place = f"{home} (profile {whose})" if whose else f"{home}"
    if not exists(home):
        make_home(home)
        return f"0 attempts in {place}. It is begun when you first study."
    found = inspect(home / FILE)
    if found.problem:
        raise StoreError(f"{found.path} {found.problem}. {_way_back(home)}")
    if found.is_newer:
        raise StoreError(f"{found.path} was written by a newer coursekit. Update coursekit. {_way_back(home)}")
    size = f"version {found.version}, {found.bytes / 1e6:.1f} MB, every page is whole"
    looked_at = "" if can_write(home) else " It cannot be written to: nothing that you do will be kept."
    return f"{count(found.attempts, 'attempt')} in {place}: {size}.{looked_at}"


def _backups(given: Namespace) -> str:
    home = the_home(given)
    kept = backups(home)
    return f"{len(kept)} in {home / BACKUPS}. {_way_back(home)}" if kept else "none; 'coursekit backup' makes one"


def _way_back(home: Path) -> str:
    good = newest_good(home)
    return f"'coursekit restore {good}' brings the newest whole backup back." if good else "There is no backup."


def _train(given: Namespace, backend: str) -> str:
    config = TrainingConfig.from_json({**_PROBE, "learning_rate": 0.4, "steps": 20, "backend": backend})
    with Child(config, the_log(given)) as child:
        records = list(child.records())
    last = next(record for record in reversed(records) if record["type"] == "step")
    return f"20 steps, loss {records[1]['loss']:.3g} to {last['validation_loss']:.3g}"
