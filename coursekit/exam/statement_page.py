"""A statement as a page of HTML that stands alone: no script, no picture, no address that is loaded."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from coursekit.clean import clean

_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:46rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "h1{font-size:1.6rem}table{border-collapse:collapse;width:100%;font-size:.85rem}"
    "th,td{text-align:left;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #ccc;vertical-align:top}"
    "td.n{text-align:right}code{font-size:.85em;overflow-wrap:anywhere}.says{border:1px solid #888;padding:.8rem 1rem}"
)


def page(record: Mapping[str, Any]) -> str:
    """Write a statement for people."""
    title = f"Passed: {record['title']}"
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_safe(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_safe(title)}</h1>",
        f"<p>{_safe(_score(record))}</p>",
        f'<p class="says">{_safe(record["says"])}</p>',
        "<table>",
        *_facts(record),
        "</table><h2>Questions</h2><table>",
        "<tr><th>No.</th><th>question</th><th>variant</th><th>fingerprint</th><th>response</th><th>mark</th></tr>",
        *(_row(number, place) for number, place in enumerate(record["places"], 1)),
        "</table></body></html>",
    ]
    return "\n".join(lines) + "\n"


def _score(record: Mapping[str, Any]) -> str:
    score, wanted = record["score"], record["blueprint"]["pass"]
    return f"{score['earned']:g} of {score['out_of']:g} points, {100 * score['share']:.0f} %; {wanted:g} % pass."


def _facts(record: Mapping[str, Any]) -> Iterator[str]:
    course = record["course"]
    for name, value in (
        ("course", f"{course['title']} ({course['id']})"),
        ("exam", record["exam"]),
        ("sitting", record["sitting"]),
        ("begun", record["begun"]),
        ("ended", f"{record['ended']} ({record['why']})"),
        ("seed", record["seed"]),
        ("bank", course["bank"]),
        ("coursekit", record["version"]),
        ("sha256 of the data", record["sha256"]),
    ):
        yield f"<tr><th>{_safe(name)}</th><td><code>{_safe(value)}</code></td></tr>"


def _row(number: int, place: Mapping[str, Any]) -> str:
    response = " · ".join(place["response"]) or "none"
    cells = (place["question"], place["seed"], place["fingerprint"], response)
    inner = "".join(f"<td><code>{_safe(cell)}</code></td>" for cell in cells)
    return f'<tr><td class="n">{number}</td>{inner}<td class="n">{place["mark"]:g}</td></tr>'


def _safe(value: object) -> str:
    return escape(clean(str(value)))
