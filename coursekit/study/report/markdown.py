"""A report as Markdown. What the learner typed and what the author wrote cannot become headings or HTML of it."""

import re
from collections.abc import Iterator

from coursekit.clean import clean
from coursekit.study.report.collected import Asked, LabPart, Report
from coursekit.study.report.phrases import NOTHING, grade_line, headline, missing_line, no_key, run_line, try_line
from coursekit.study.report.wording import Said

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~!])")
_BEGINS = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
_PLAIN = re.compile(r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|\$[^$\n]*\$)", re.DOTALL)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_HEADING = re.compile(r"^ {0,3}(?=#{1,6}\s)", re.MULTILINE)


def to_markdown(report: Report) -> str:
    """Write it."""
    return "\n\n".join(block for block in _blocks(report) if block) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {_typed(report.title)}"
    yield _typed(report.programme)
    yield headline(report)
    yield "\n".join(f"- {_typed(sentence)}" for sentence in report.sentences)
    for topic in report.topics:
        yield f"## {_typed(topic.lesson)}: {_typed(topic.title)}"
        for asked in topic.asked:
            yield from _asked(report, asked)
    if report.labs:
        yield "## Labs"
    for lab in report.labs:
        yield from _lab(report, lab)
    yield missing_line(report) if report.topics or report.labs or report.missing else NOTHING


def _asked(report: Report, asked: Asked) -> Iterator[str]:
    yield f"### {_typed(asked.title)}"
    yield _typed(asked.problem)
    yield _author(asked.stem)
    yield "\n".join(f"- {_flat(choice)}" for choice in asked.choices)
    for response, tries in asked.responses.items():
        yield "**Your response:**"
        yield _quoted(response)
        yield "\n".join(f"- {_typed(try_line(report, one))}" for one in tries)
    yield no_key(asked)
    if asked.key:
        yield "**Key:**"
        yield _quoted(asked.key)
    if asked.explanation:
        yield "**Why:**"
        yield _author(asked.explanation)
    if asked.references:
        yield "**References:**"
        yield _author(asked.references)
    if asked.note:
        yield "**Your note:**"
        yield _quoted((Said(asked.note),))


def _lab(report: Report, lab: LabPart) -> Iterator[str]:
    yield f"### Lab {_typed(lab.name)}"
    lines = [run_line(report, run) for run in lab.runs] + [grade_line(report, grade) for grade in lab.grades]
    yield "\n".join(f"- {_typed(line)}" for line in lines)


def _quoted(parts: tuple[Said, ...]) -> str:
    return "\n>\n".join(_quote(part) for part in parts) or "> (nothing)"


def _quote(part: Said) -> str:
    match part.form:
        case "markdown":
            text = _author(part.text)
        case "text":
            text = _typed(part.text).replace("\n", "\\\n")
        case "code":
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", part.text)), default=0))
            text = f"{fence}python\n{clean(part.text)}\n{fence}"
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _typed(text: str) -> str:
    r"""Write a text that is no Markdown so that none of it is read as such.

    >>> print(_typed("1. <b>*w*</b>"))
    1\. \<b\>\*w\*\</b\>
    """
    return _BEGINS.sub(_escaped, _SPECIAL.sub(r"\\\1", clean(text)))


def _escaped(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}{sign[:-1]}\\{sign[-1]}"


def _author(markdown: str) -> str:
    r"""Keep Markdown, but for tags and headings outside of code and formulas.

    >>> _author("# big\n`a <b` <script>")
    '\\# big\n`a <b` \\<script>'
    """
    parts = _PLAIN.split(clean(markdown).strip())
    return "".join(
        part if place % 2 else _HEADING.sub(r"\\", _TAG.sub(r"\\<", part)) for place, part in enumerate(parts)
    )


def _flat(markdown: str) -> str:
    return " ".join(_author(markdown).split())
