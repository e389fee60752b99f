"""Show a lab's recorded runs, sorted as you like; write one to a file, remove one, bring it back.

A run is written as it is made again: the record keeps its whole configuration, which gives the same run.

examples:
  coursekit runs learning-rate
  coursekit runs learning-rate --sort validation_loss
  coursekit runs learning-rate --sort points --reverse --json
  coursekit runs learning-rate --export 2 --out run.csv
  coursekit runs learning-rate --export 2 --format json | coursekit replay -
  coursekit runs learning-rate --remove 2; coursekit runs learning-rate --restore 2

Exit status: 0 done, 2 for a wrong name, number, column or file.
"""

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.cli._runs_table import as_json, lines
from coursekit.errors import UsageError
from coursekit.files import shown
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.runs import column_named, columns, run_numbered, sort
from coursekit.store.labs import LabRun
from coursekit.store.store import Store

GROUP = "self-grader"

_ACTIONS = ("export", "remove", "restore")


def add_arguments(parser: ArgumentParser) -> None:
    """Say which lab, and what to do with its runs."""
    parser.add_argument("name", metavar="LAB", help="the lab's name, as 'coursekit list labs' shows it")
    parser.add_argument("--sort", metavar="COLUMN", help="by a column of the table; default: run")
    parser.add_argument("--reverse", action="store_true", help="largest, last or newest first")
    parser.add_argument("--json", action="store_true", help="one JSON object per run")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--export", type=int, metavar="N", help="make run N again and write it out")
    action.add_argument("--remove", type=int, metavar="N", help="take run N out of the table; its row is kept")
    action.add_argument("--restore", type=int, metavar="N", help="bring run N back")
    parser.add_argument(
        "--out", metavar="FILE", help="where an export goes; its ending says the form; default: standard output"
    )
    parser.add_argument("--format", metavar="NAME", help="an export's form, as csv; default on standard output: json")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(given: Namespace) -> int:
    """Print the table, or do what was asked with one run."""
    _refuse_idle_options(given)
    course = the_course(given)
    lab = load_lab(course, given.name)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        history = store.runs(lab.name, with_removed=True)
        if given.export is not None:
            _export(given, lab, history)
        elif given.remove is not None or given.restore is not None:
            _put_away(given, lab, store, history)
        else:
            _print_table(given, lab, history)
    return 0


def _refuse_idle_options(given: Namespace) -> None:
    """Raise UsageError for an option that would do nothing beside the others."""
    action = next((name for name in _ACTIONS if getattr(given, name) is not None), None)
    for name in ("out", "format", "force"):
        if getattr(given, name) and action != "export":
            raise UsageError(f"'--{name}' goes with '--export N'. See 'coursekit runs --help'.")
    for name in ("sort", "reverse", *(("json",) if action == "export" else ())):
        if getattr(given, name) and action:
            raise UsageError(f"'--{name}' is for the table and does not go with '--{action}'.")


def _print_table(given: Namespace, lab: Lab, history: tuple[LabRun, ...]) -> None:
    shown = tuple(run for run in history if run.removed is None)
    table = columns(lab, shown)
    rows = sort(shown, column_named(given.sort or table[0].name, table), descending=given.reverse)
    if given.json:
        for row in rows:
            print_json(as_json(row))
    elif rows:
        print("\n".join(lines(table, rows)))
    else:
        print(f"{lab.name} has no runs yet." if not history else f"All runs of {lab.name} are removed.")
    away = ", ".join(str(run.number) for run in history if run.removed)
    if away and not given.json:
        print(f"Removed: {away}. 'coursekit runs {lab.name} --restore N' brings one back.")


def _put_away(given: Namespace, lab: Lab, store: Store, history: tuple[LabRun, ...]) -> None:
    """Remove or restore a run, and say how to undo it."""
    is_removal = given.remove is not None
    found = run_numbered(given.remove if is_removal else given.restore, history)
    if is_removal:
        store.remove_run(found.id, utc_now())
    else:
        store.restore_run(found.id)
    if given.json:
        print_json(as_json(run_numbered(found.number, store.runs(lab.name, with_removed=True))))
    elif is_removal:
        undo = f"'coursekit runs {lab.name} --restore {found.number}' brings it back"
        print(f"Run {found.number} of {lab.name} is removed; {undo}.")
    else:
        print(f"Run {found.number} of {lab.name} is in the table.")


def _export(given: Namespace, lab: Lab, history: tuple[LabRun, ...]) -> None:
    from coursekit.cli._log import the_log
    from coursekit.lab.export import changes, exporter, exporter_for, make_again, refuse_target, save

    found = run_numbered(given.export, history)
    if found.removed:
        undo = f"Bring it back with 'coursekit runs {lab.name} --restore {found.number}'"
        raise UsageError(f"Run {found.number} of {lab.name} is removed. {undo}.")
    path = Path(given.out) if given.out and given.out != "-" else None
    form = exporter_for(path) if path and not given.format else exporter(given.format or "json")
    if path:  # before the run, which may take a while
        refuse_target(path, force=given.force)
    made = make_again(lab, found, the_log(given))
    for change in changes(lab, found, made):
        print(f"coursekit: {clean(change)}", file=sys.stderr)
    text = form.write(made)
    if path:
        save(path, text, force=given.force)
        print(f"Written: {shown(path)}", file=sys.stderr)
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))  # the same bytes as in a file
