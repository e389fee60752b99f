"""A report as one HTML page that stands alone: its style inside, nothing to load, nothing that runs."""

from collections.abc import Iterable, Iterator
from html import escape

from coursekit.clean import clean
from coursekit.prose.html import html, inline_html, text_html
from coursekit.study.report.collected import Asked, LabPart, Report
from coursekit.study.report.phrases import NOTHING, grade_line, headline, missing_line, no_key, run_line, try_line
from coursekit.study.report.wording import Said

_STYLE = """\
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; font: 1.05rem/1.55 Georgia, "Times New Roman", serif; }
h1, h2, h3, h5, .said, nav { font-family: system-ui, sans-serif; line-height: 1.25; }
h1 { font-size: 1.9rem; margin-bottom: .25rem; }
h2 { font-size: 1.35rem; margin-top: 3rem; border-bottom: 1px solid #8886; padding-bottom: .3rem; }
h3 { font-size: 1.1rem; margin-top: 2.25rem; }
.said { font-size: .9rem; margin: 1.2rem 0 .3rem; }
blockquote { margin: .3rem 0 .8rem; padding: .1rem 1rem; border-left: 3px solid #8889; }
blockquote.key { border-color: #1a7f37; }
.when { font: .85rem/1.4 system-ui, sans-serif; }
.note { border-left-color: #b26a00; }
pre, code, .math { font-family: ui-monospace, Consolas, monospace; font-size: .92em; }
pre { overflow-x: auto; padding: .6rem .8rem; background: #8881; }
table { border-collapse: collapse; } th, td { padding: .2rem .7rem; border: 1px solid #8886; }
.left { text-align: left; } .center { text-align: center; } .right { text-align: right; }
nav ul { padding-left: 1.1rem; font-size: .95rem; }
@media print { body { margin: 0; max-width: none; } blockquote, pre { break-inside: avoid; } }
"""


def to_html(report: Report) -> str:
    """Write it."""
    title = _text(report.title)
    body = "\n".join(part for part in _body(report) if part)
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{_STYLE}</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def _body(report: Report) -> Iterator[str]:
    if report.programme:
        yield f"<p>{_text(report.programme)}</p>"
    yield f"<p>{_text(headline(report))}</p>"
    yield _list(map(_text, report.sentences))
    if len(report.topics) > 1:
        links = (f'<a href="#topic-{place}">{_text(topic.title)}</a>' for place, topic in enumerate(report.topics))
        yield f'<nav aria-label="Topics">{_list(links)}</nav>'
    for place, topic in enumerate(report.topics):
        yield f'<h2 id="topic-{place}">{_text(topic.lesson)}: {_text(topic.title)}</h2>'
        for asked in topic.asked:
            yield from _asked(report, asked)
    if report.labs:
        yield "<h2>Labs</h2>"
    for lab in report.labs:
        yield from _lab(report, lab)
    last = missing_line(report) if report.topics or report.labs or report.missing else NOTHING
    yield f"<p>{_text(last)}</p>" if last else ""


def _asked(report: Report, asked: Asked) -> Iterator[str]:
    yield f"<h3>{inline_html(asked.title)}</h3>"
    yield f"<p>{_text(asked.problem)}</p>" if asked.problem else ""
    yield html(asked.stem)
    yield _list(map(inline_html, asked.choices)) if asked.choices else ""
    for response, tries in asked.responses.items():
        yield _said("Your response", response)
        yield f'<div class="when">{_list(_text(try_line(report, one)) for one in tries)}</div>'
    yield f'<p class="said">{_text(no_key(asked))}</p>' if no_key(asked) else ""
    if asked.key:
        yield _said("Key", asked.key, "key")
    for name, text in (("Why", asked.explanation), ("References", asked.references)):
        yield f'<p class="said">{name}</p>\n{html(text)}' if text else ""
    if asked.note:
        yield _said("Your note", (Said(asked.note),), "note")


def _lab(report: Report, lab: LabPart) -> Iterator[str]:
    yield f"<h3>Lab {_text(lab.name)}</h3>"
    lines = [run_line(report, run) for run in lab.runs] + [grade_line(report, grade) for grade in lab.grades]
    yield _list(map(_text, lines))


def _said(name: str, parts: tuple[Said, ...], kind: str = "response") -> str:
    inside = "\n".join(map(_part, parts)) or "<p>(nothing)</p>"
    return f'<p class="said">{name}</p>\n<blockquote class="{kind}">{inside}</blockquote>'


def _part(part: Said) -> str:
    match part.form:
        case "markdown":
            return html(part.text)
        case "text":
            return f"<p>{text_html(part.text)}</p>"
        case "code":
            return f"<pre><code>{_text(part.text)}</code></pre>"


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _text(text: str) -> str:
    return escape(clean(text))
