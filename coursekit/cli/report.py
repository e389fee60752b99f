"""Write what you studied, to be reread: every question asked, your responses, keys, notes and lab runs.

A key that was not shown to you yet is not told here either.

examples:
  coursekit report
  coursekit report --out studied.md
  coursekit report --html --out studied.html

The HTML is one page that loads nothing and runs nothing. Exit status: 0 written, 2 for a file that cannot be written.
"""

from argparse import ArgumentParser, Namespace
from contextlib import closing

from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._writing import write_out
from coursekit.study.report.collected import Report, collect

GROUP = "learner"


def add_arguments(parser: ArgumentParser) -> None:
    """Say in which form and where to."""
    parser.add_argument("--out", metavar="FILE", help="where it goes; default: standard output")
    parser.add_argument("--html", action="store_true", help="an HTML page; default: Markdown, or by the file's ending")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(given: Namespace) -> int:
    """Collect it and write it."""
    course = the_course(given)
    with closing(the_store(given, course)) as store:
        say_notice(store)
        report = collect(course, store, utc_now())
    is_html = given.html or (given.out or "").lower().endswith((".html", ".htm"))
    write_out(_written(report, is_html=is_html), given.out, force=given.force)
    return 0


def _written(report: Report, *, is_html: bool) -> str:
    if is_html:
        from coursekit.study.report.html import to_html

        return to_html(report)
    from coursekit.study.report.markdown import to_markdown

    return to_markdown(report)
