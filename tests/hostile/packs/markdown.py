"""Markdown and formulas that are deep, long or many, so that a parser recurses, goes back or takes for ever."""

from collections.abc import Mapping

from tests.hostile.packs._pack import GOOD, OPTIONS, Content, Pack, topic

_MANY = 100_000
_MOST = 98_900  # characters, so that a question is still read
_SHAPES: Mapping[str, str] = {
    "brackets": "[" * _MANY,
    "brackets-closed": "[" * _MANY + "]" * _MANY,
    "brackets-of-links": "[a](" * (_MANY // 4),
    "images": "![" * (_MANY // 2),
    "links-in-links": "[" * 5_000 + "a" + "](b)" * 5_000,
    "stars": "*" * _MANY,
    "stars-apart": "*a " * (_MANY // 3),
    "stars-both": "*a **b " * (_MANY // 7),
    "underscores": "_" * _MANY + "a",
    "emphasis-open-and-closed": "a**b" * (_MANY // 4),
    "strikes": "~~a" * (_MANY // 3),
    "backticks": "".join("`" * n + " " for n in range(1, 440)),
    "backticks-alike": "`a" * (_MANY // 2),
    "backslashes": "\\" * _MANY,
    "entities": "&" * _MANY,
    "entities-long": "&#" + "9" * _MANY + ";",
    "angles": "<" * _MANY,
    "angles-of-tags": "<a " * (_MANY // 3),
    "angles-of-comments": "<!--" * (_MANY // 4) + " x",
    "autolinks": "<a:" + "b" * _MANY,
    "bare-links": "https://a.b/" * (_MANY // 12),
    "bare-links-with-brackets": "https://a.b/" + "(" * _MANY,
    "quotes": ">" * _MANY,
    "quotes-with-text": "> " * 5_000 + "a",
    "quotes-by-line": "\n".join(">" * n + " a" for n in range(1, 300)),
    "lists": "- " * 5_000 + "a",
    "lists-by-line": "\n".join("  " * n + "- a" for n in range(400)),
    "lists-of-numbers": "1. " * 5_000 + "a",
    "list-of-many": "\n".join("- a" for _ in range(5_000)) + "\n\nx",
    "table-of-1000-columns": "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + ("|b" * 1000 + "|\n") * 20,
    "table-of-20000-cells": "|a|b|\n|-|-|\n" + "|c|d|\n" * 10_000,
    "pipes": "|" * _MANY + "\n" + "|-" * (_MANY // 2),
    "references": "\n".join(f"[{n}]: /u" for n in range(10_000)) + "\n\n" + "[1]" * 10_000,
    "reference-open": "[a]: " + "(" * _MANY,
    "dollars": "$" * 1_000_000,
    "dollars-apart": "$a " * 30_000,
    "dollars-escaped": "$" + "\\$" * 50_000,
    "dollars-display": "$$\n" * 20_000,
    "line-of-1-mb": "a" * 1_000_000,
    "words-of-1-mb": "ab " * 333_000,
    "lines": "\n" * 500_000 + "a",
    "hard-breaks": "a  \n" * 20_000,
    "code-of-1-mb": "```python\n" + "x = '" * 100_000 + "\n```\n\nx",
    "code-by-pygments": "```python\n" + "f'{" * 6_000 + "\n```\n\nx",
    "code-in-any-language": "```" + "a" * 10_000 + "\n[\n```\n\nx",
    "combining-marks": "Z" + "\u0301" * 100_000,
    "setext": "a\n===\n" * 20_000,
}
_FORMULAS: Mapping[str, str] = {
    "braces": "{" * _MANY,
    "braces-closed": "{" * 20_000 + "x" + "}" * 20_000,
    "fractions": r"\frac{1}{" * 9_000 + "x" + "}" * 9_000,
    "fractions-bare": r"\frac" * 20_000,
    "scripts": "x" + "^{x" * 10_000 + "}" * 10_000,
    "scripts-bare": "x" + "^x_x" * 20_000,
    "scripts-in-a-row": "_" * 50_000,
    "roots": r"\sqrt[" * 10_000,
    "accents": r"\hat" * 20_000 + "x",
    "accents-closed": r"\hat{" * 5_000 + "x" + "}" * 5_000,
    "left-right": r"\left(" * 10_000,
    "ampersands": "&" * 50_000,
    "begin": r"\begin{pmatrix}" * 5_000,
    "def-recursion": r"\def\a{\a\a}\a" * 500,
    "newcommand-bomb": r"\newcommand{\a}{\b\b\b\b\b}\newcommand{\b}{\a\a\a\a}\a",
    "input": r"\input{/etc/passwd}\write18{touch OWNED}\openin\x",
    "names": "\\" + "a" * 100_000,
    "text": r"\text{" * 10_000,
    "fractions-short": r"\frac{1}{" * 150 + "x" + "}" * 150,
    "scripts-short": "x" + "_{a" * 600,
    "groups-short": "x_{{{" * 300,
    "matrix-short": r"\begin{pmatrix}" + r"a & b \\" * 150 + r"\end{pmatrix}",
    "words-short": r"\mathrm{" * 200 + "a",
    "bars": r"\bar{" * 30 + "xy" + "}" * 30,
    "accents-short": r"\hat{\tilde{" * 15 + "x" + "}}" * 15,
    "nots": r"\not" * 40 + "=",
    "overlines": r"\overline{" * 29 + "ab" + "}" * 29,
    "sums-short": r"\sum_" * 350 + "x",
}


def _display(tex: str) -> dict[str, Content]:
    return topic(stem=f"Which?\n\n$$\n{tex}\n$$\n\nEnd.")


def _inline(tex: str) -> dict[str, Content]:
    return topic(stem=f"Which ${tex}$ End.")


def _everywhere(text: str) -> dict[str, Content]:
    return topic(stem=f"Which?\n\n{text}\n\nEnd.", rest=f"### Explanation\n\n{text[:1_000]}\n")


_READ = r"Which|1-evil\.md:\d+: "
_HEADINGS = "---\ntitle: x\n---\n" + "## a\n" * _MANY
_QUESTIONS = "---\ntitle: x\n---\n" + "".join(
    f"\n## Q\n\n```yaml question\nid: q{n}\n```\n\nS\n\n- [x] a\n- [ ] b\n" for n in range(20_000)
)

PACKS = (
    *(Pack(f"markdown-{name}", _everywhere(text[:_MOST]), says=_READ) for name, text in _SHAPES.items()),
    Pack("markdown-of-300000", _everywhere("[" * 300_000), r"1-evil\.md:6: .*characters"),
    *(Pack(f"formula-{name}-display", _display(text)) for name, text in _FORMULAS.items()),
    *(Pack(f"formula-{name}-inline", _inline(text)) for name, text in _FORMULAS.items()),
    Pack("options-deep", topic(options="- [x] " * 5_000)),
    Pack("options-of-quotes", topic(options="- [x] a\n  " + "> " * 20_000 + "b\n- [ ] c\n")),
    Pack(
        "options-5000",
        topic(options="\n".join(["- [x] a", *(f"- [ ] b{n}" for n in range(5_000))])),
        r"1-evil\.md:\d+: .*At most",
    ),
    Pack("headings-100000", {"content/1-evil.md": _HEADINGS}, r"1-evil\.md:\d+: .*questions"),
    Pack(
        "headings-of-parts",
        {"content/1-evil.md": _HEADINGS.replace("## a", "### a") + GOOD.split("---\n")[2].replace("good", "evil")},
    ),
    Pack("questions-20000", {"content/1-evil.md": _QUESTIONS}, r"1-evil\.md:\d+: .*questions"),
    Pack(
        "questions-2000", {"content/1-evil.md": "".join(_QUESTIONS.partition("id: q2000\n")[:1]).rpartition("## Q")[0]}
    ),
    Pack("headings-of-one-line", topic(title="#" * _MANY)),
    Pack("heading-of-spaces", topic(title="a" + " #" * 50_000 + "b")),
    Pack("heading-of-brackets", topic(title="[" * _MANY)),
    Pack(
        "fence-of-backticks",
        {"content/1-evil.md": "---\ntitle: x\n---\n## X\n\n" + "`" * _MANY + OPTIONS},
        r"1-evil\.md:4: ",
    ),
    Pack(
        "fences-never-closed",
        {"content/1-evil.md": "---\ntitle: x\n---\n" + "## X\n\n```yaml question\nid: a\n\n" * 1_500},
        r"1-evil\.md:6: ",
    ),
    Pack(
        "more-fences-never-closed",
        {"content/1-evil.md": "---\ntitle: x\n---\n" + "## X\n\n```yaml question\nid: a\n\n" * 5_000},
        r"1-evil\.md:\d+: .*More than 2,000 questions",
    ),
    Pack("comments-never-closed", {"content/1-evil.md": "---\ntitle: x\n---\n" + "<!--\n" * 50_000}),
    Pack("front-matter-never-closed", {"content/1-evil.md": "---\n" + "a: b\n" * 200_000}, r"1-evil\.md:1: .*closed"),
)
