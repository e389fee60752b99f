"""Show what was studied: by topic and objective, and the best run and grade of each lab.

The bar is what you would recall now, by FSRS's prediction; a question that was never seen counts as nothing. Behind it
stand the shares between which it lies (95 %, Wilson's interval over the reviews).

examples:
  coursekit progress
  coursekit progress --plain
  coursekit progress --json
  coursekit progress --csv > progress.csv
  coursekit progress --profile ann
"""

from argparse import SUPPRESS, ArgumentParser, Namespace
from contextlib import closing

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_profile, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.cli._progress_rows import Row, print_csv, rows
from coursekit.course import Course
from coursekit.plots.bar import bar
from coursekit.store.store import Store
from coursekit.study.mastery import percent
from coursekit.study.telling import told
from coursekit.words import count

GROUP = "learner"

_TITLE = 30  # cells


def add_arguments(parser: ArgumentParser) -> None:
    """Say in which form."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="one JSON object per topic, objective, lab, and for the whole"
    )
    form.add_argument("--csv", action="store_true", help="the same as rows of a table")
    form.add_argument("--plain", action="store_true", default=SUPPRESS, help="every statistic as a sentence")


def run(given: Namespace) -> int:
    """Print the standing of every topic, objective and lab."""
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        _print(given, course, store)
    return 0


def _print(given: Namespace, course: Course, store: Store) -> None:
    profile = the_profile(given)
    if given.csv:
        print_csv(rows(course, store, utc_now(), profile))
    elif given.json:
        for row in rows(course, store, utc_now(), profile):
            print_json(row)
    else:
        if profile:
            print(f"Profile {profile}.")
        if not given.plain:
            print("What you would recall now, and between which shares that lies")
        lines = told(course, store, utc_now()) if given.plain else map(_line, rows(course, store, utc_now()))
        for line in lines:
            print(clean(line))


def _line(row: Row) -> str:
    match row["type"]:
        case "lab":
            return _lab(row)
        case "objective":
            title = f"  {row['name']} {row['title']}"
            return f"{_fitted(title, _TITLE)} {_share(row)}  {_tried(row, row['seen'])}"
        case _:
            tried = _tried(row, row["questions"] - row["new"])
            return f"{_fitted(row['title'], _TITLE)} {_share(row)}  {tried}, {row['due']} due"


def _lab(row: Row) -> str:
    is_code, grade = row["kind"] == "code", row["grade"]
    done = count(row["grades"], "grade") if is_code else count(row["runs"], "run")
    said = [f"best {row['points']:g} of {row['out_of']:g} points"] if row["runs"] else []
    said += [f"graded {grade['points']:g} of {grade['out_of']:g} points"] if row["grades"] else []
    nothing = "not graded yet" if is_code else "not run yet"
    return f"  lab  {row['name']:34} {done:>8}  {'; '.join(said) or nothing}"


def _share(row: Row) -> str:
    """Draw what would be recalled now, and between which shares it lies."""
    if not row["seen"]:
        return f"{bar(0, 10)}     –          "
    ends = f"{row['mastery_low'] * 100:.0f}–{row['mastery_high'] * 100:.0f} %"
    return f"{bar(row['mastery'], 10)} {percent(row['mastery']):>5} {ends:>10}"


def _tried(row: Row, number: int) -> str:
    return f"{number} of {row['questions']} tried"


def _fitted(title: str, width: int) -> str:
    return (title if len(title) <= width else title[: width - 1] + "…").ljust(width)
