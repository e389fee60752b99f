"""Findings as lines for a person, for a program, and for a pull request."""

from coursekit.check.finding import Finding
from coursekit.clean import clean
from coursekit.cli._json import print_json

FORMATS = ("text", "json", "github")


def print_finding(finding: Finding, form: str) -> None:
    """Print one finding."""
    match form:
        case "json":
            names = ("path", "line", "code", "severity", "message")
            print_json({"type": "finding"} | {name: getattr(finding, name) for name in names})
        case "github":
            print(_annotation(finding), flush=True)
        case _:
            print(finding, flush=True)


def _annotation(finding: Finding) -> str:
    r"""Write a workflow command.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

    >>> _annotation(Finding("a,b.md", 3, "no-hint", "50 % of\nit.", False))
    '::warning file=a%2Cb.md,line=3,title=no-hint::50 %25 of%0Ait.'
    """
    path = _escaped(finding.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{finding.severity} file={path},line={finding.line},title={finding.code}::{_escaped(finding.message)}"


def _escaped(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
