"""Keys, patterns, numbers and params that are out of all bounds."""

from collections.abc import Mapping

from tests.hostile.packs._pack import Content, Pack, topic

_CHARACTERS = r"1-evil\.md:6: .*characters"
_FENCE = r"content/1-evil\.md:\d+: "
_PATTERNS: Mapping[str, str] = {
    "backtracks": "(a+)+b",
    "backtracks-twice": "(a|a)*(a|aa)+c",
    "backtracks-words": r"(\\w+\\s*)+qed",
    "nested-stars": "((((a*)*)*)*)*b",
}
_REFUSED_PATTERNS: Mapping[str, str] = {
    "huge": "a{1000}{1000}",
    "huge-100": "(((a{100}){100}){100}){100}",
    "look-behind": "(?<=a)b",
    "look-ahead": "(?=a)b",
    "back-reference": r"(a)\\1",
    "anything": ".*",
    "groups": "(" * 150,
    "groups-closed": "(" * 90 + "a" + ")" * 90,
    "anchor": "^a+$",
    "flags": "(?i)a",
    "conditional": "(a)?(?(1)b|c)",
    "unicode-name": r"\\N{SNOWMAN",
    "long": "a|" * 500 + "b",
    "wide-class": r"[\\x00-\\U0010ffff]+",
}
_POINTS = (
    ".nan",
    ".inf",
    "-.inf",
    "nan",
    "-1",
    "0",
    "1e308",
    "1e-320",
    "1e999",
    "true",
    "[1]",
    "0x10",
    "1_000_0",
    '""',
)
_EXPRESSIONS: Mapping[str, str] = {
    "power-tower": "9**9**9**9",
    "power": "10**10000",
    "shift": "1 << 10**9",
    "factorial": "9" * 290,
    "parentheses": "(" * 140 + "1" + ")" * 140,
    "minuses": "-" * 290 + "1",
    "too-long": "1+" * 5_000 + "1",
    "import": "__import__('os').system('touch OWNED')",
    "attribute": "(1).__class__.__mro__",
    "lambda": "(lambda: 1)()",
    "comprehension": "[x for x in (1,)][0]",
    "walrus": "(a := 1)",
    "string": "'a' * 10**9",
    "f-string": "f'{1}'",
    "keyword": "max(key=abs)",
    "stars": "max(*a)",
    "name": "__builtins__",
    "await": "await x",
    "complex": "(-8)**0.5",
    "round": "round(1, 10**9)",
    "nothing": "",
    "nul": r"1\0",
    "newline": r"1\n+1",
    "bool": "True",
    "compare": "1 < 2",
    "abs-of-nothing": "abs()",
    "surrogate": r"\ud800",
}


def _short(keys: str) -> dict[str, Content]:
    return topic(f"kind: short-answer\nkeys: {keys}", options="")


def _numeric(key: str, more: str = "") -> dict[str, Content]:
    return topic(f"kind: numeric\nkey: {key}{more}", options="")


_TOWER = "params:\n" + "\n".join(f"  p{n}: {{min: 0, max: 9999, step: 1}}" for n in range(30))
_LISTED = "params:\n" + "\n".join(f"  p{n}: [1, 2]" for n in range(8))

PACKS = (
    *(
        Pack(f"pattern-{name}", _short(f'[key, "re:{pattern}"]'), says="(Right|Wrong)", typed="a" * 199 + "\n")
        for name, pattern in _PATTERNS.items()
    ),
    *(Pack(f"pattern-{name}", _short(f'[key, "re:{pattern}"]'), _FENCE) for name, pattern in _REFUSED_PATTERNS.items()),
    Pack(
        "pattern-many", _short("[key, " + ", ".join(f'"re:(a+)+{n}"' for n in range(200)) + "]"), typed="a" * 199 + "\n"
    ),
    *(
        Pack(f"points-{points}", topic(f"points: {points}"), _FENCE + ".*points")
        for points in _POINTS
        if points not in ("1e-320",)
    ),
    Pack("points-1e-320", topic("points: 1e-320"), says="Right"),
    Pack("points-of-10-to-the-400", topic(f"points: {10**39}"), _FENCE + ".*points"),
    Pack("points-default", topic(front="title: x\ndefaults: {points: .inf}"), r"1-evil\.md:3: .*points"),
    Pack("attempts-1e308", topic("attempts: 1e308"), _FENCE + ".*attempts"),
    Pack("difficulty-1e308", topic("difficulty: 1e308"), _FENCE + ".*difficulty"),
    *(
        Pack(f"tolerance-{value}", _numeric("1", f"\ntolerance: {value}"), _FENCE)
        for value in (".nan", "-1", "nan %", "1e999", "[1]")
    ),
    Pack("tolerance-huge", _numeric("1", "\ntolerance: 1e308"), typed="5\n"),
    *(
        Pack(f"key-{name}", _numeric(f'"{expression}"'), _FENCE)
        for name, expression in _EXPRESSIONS.items()
        if name not in ("factorial", "minuses", "parentheses", "newline")
    ),
    *(
        Pack(f"key-{name}", _numeric(f'"{_EXPRESSIONS[name]}"'), typed="1\n")
        for name in ("factorial", "minuses", "parentheses", "newline")
    ),
    *(
        Pack(f"hole-{name}", topic("params: {a: [1, 2]}", stem=f"{{{{ {expression} }}}}"), _FENCE)
        for name, expression in _EXPRESSIONS.items()
        if name in ("power-tower", "import", "attribute", "string", "round")
    ),
    Pack("holes-many", topic("params: {a: [1, 2]}", stem="{{ a }} " * 50_000), _CHARACTERS),
    Pack("holes-14000", topic("params: {a: [1, 2]}", stem="{{ a }} " * 12_000)),
    Pack("holes-that-differ", topic("params: {a: [1, 2]}", stem=" ".join(f"{{{{ a + {n} }}}}" for n in range(5_000)))),
    Pack("holes-open", topic("params: {a: [1, 2]}", stem="{{ " * 30_000)),
    Pack("holes-open-on-a-line", topic("params: {a: [1, 2]}", stem="{{" * 45_000)),
    Pack("params-1e12-steps", topic("params: {a: {min: 0, max: 1, step: 1e-12}}"), _FENCE + ".*a"),
    Pack("params-endless-steps", topic("params: {a: {min: 0, max: 1e308, step: 1e-308}}"), _FENCE + ".*a"),
    Pack("params-infinite", topic("params: {a: {min: -1e308, max: 1e308, step: 1}}"), _FENCE + ".*a"),
    Pack("params-nan", topic("params: {a: [.nan, .inf]}"), _FENCE + ".*a"),
    Pack("params-1e999", topic("params: {a: [1e999, 2]}", stem="{{ a }}"), _FENCE),
    Pack("params-huge-integer", topic(f"params: {{a: [{10**39}, 2]}}", stem="{{ a }}")),
    Pack("params-many", topic(_TOWER + '\nwhere: ["p0 * p1 < 0"]'), _FENCE + ".*Widen"),
    Pack("params-never", topic(_LISTED + "\nwhere: [p0 > 2]"), _FENCE + ".*Widen"),
    Pack("params-500-conditions", topic(_TOWER + "\nwhere: [" + "p0 >= 0, " * 500 + "p1 < 0]"), _FENCE + ".*Shorten"),
    Pack(
        "params-dear-conditions",
        topic(_TOWER + "\nwhere: [" + f"'{'p0+' * 49}p1 >= 0', " * 2 + "p1 < 0]"),
        _FENCE + ".*Widen",
    ),
    Pack("params-long-conditions", topic(_TOWER + f"\nwhere: ['{'1 < ' * 5_000} 2']"), _FENCE),
    Pack("params-deep-condition", topic(_TOWER + f"\nwhere: ['{'(' * 5_000}1{')' * 5_000} < 2']"), _FENCE),
    Pack(
        "params-condition-runs",
        topic("params: {a: [1, 2]}\nwhere: [\"__import__('os').system('touch OWNED') < 1\"]"),
        _FENCE,
    ),
    Pack(
        "params-names",
        topic('params: {"__class__": [1, 2], "a\\x1b[2J": [1, 2], "e": [3, 4], "abs": [1, 2]}', stem="{{ abs(1) }}"),
    ),
    Pack(
        "params-2000-names",
        topic("params:\n" + "\n".join(f"  p{n}: [1]" for n in range(2000)), stem="{{ p0 + zz }}"),
        _FENCE,
    ),
    Pack(
        "ordering-10000",
        topic("kind: ordering", options="\n".join(f"{n}. i" for n in range(1, 10_001))),
        _FENCE + ".*At most",
    ),
    Pack("ordering-alike", topic("kind: ordering", options="1. a\n2. a\n3. a\n"), _FENCE + ".*twice"),
    Pack("ordering-huge-number", topic("kind: ordering", options="999999999. a\n1000000000. b\n"), _FENCE),
    Pack("matching-10000", topic("kind: matching", options="- a -> b\n" * 10_000), _FENCE + ".*At most"),
    Pack("matching-of-lists", topic("kind: matching", options="- a\n  - b\n" * 8_000), _FENCE + ".*At most"),
    Pack("cloze-10000", topic("kind: cloze", stem="[[a]] " * 10_000, options=""), _FENCE + ".*At most"),
    Pack("cloze-open", topic("kind: cloze", stem="[[" * 40_000, options=""), _FENCE + ".*never closed"),
    Pack("cloze-nested", topic("kind: cloze", stem="[[" * 2_000 + "a" + "]]" * 2_000, options="")),
    Pack("cloze-many-keys", topic("kind: cloze", stem="[[" + "a|" * 45_000 + "b]]", options="")),
    Pack(
        "free-response-rubric-10000",
        topic(
            "kind: free-response",
            options="",
            rest="### Rubric\n\n"
            + "\n".join(f"- (1) p{n}\n  - w{n}" for n in range(4_000))
            + "\n\n### Model response\n\nb\n",
        ),
        _FENCE + ".*at most",
        typed="w1 w2 w3 word\n\n",
    ),
    Pack(
        "free-response-points",
        topic(
            "kind: free-response",
            options="",
            rest="### Rubric\n\n- (1e999) a\n  - b\n- (nan) c\n  - d\n- (-1) e\n  - f\n",
        ),
        _FENCE,
    ),
    Pack(
        "free-response-huge-points",
        topic(
            "kind: free-response",
            options="",
            rest=f"### Rubric\n\n- ({'9' * 400}) a\n  - b\n\n### Model response\n\nb\n",
        ),
        _FENCE + ".*worth",
    ),
    Pack(
        "free-response-models",
        typed="noise falls b a b\n\n",
        says="Suggested",
        files=topic(
            "kind: free-response",
            options="",
            rest="### Rubric\n\n- (1) a\n  - "
            + " | ".join(f"a* b* c{n}" for n in range(190))
            + "\n  - not | no\n"
            + "\n### Model response\n\n"
            + "a b not " * 490
            + "\n",
        ),
    ),
    Pack(
        "free-response-long-model",
        topic(
            "kind: free-response",
            options="",
            rest="### Rubric\n\n- (1) a\n  - b\n\n### Model response\n\n" + "not b " * 10_000,
        ),
        _FENCE + ".*model response",
    ),
    Pack(
        "free-response-synonyms",
        typed="noise " * 1_000 + "\n\n",
        finds=_FENCE + ".*synonyms",
        files=topic(
            "kind: free-response",
            options="",
            rest="### Rubric\n\n- (1) a\n  - "
            + " | ".join(f"a b c{n}*" for n in range(7_000))
            + "\n\n### Model response\n\nb\n",
        ),
    ),
    Pack(
        "free-response-long",
        topic("kind: free-response", options="", rest="### Rubric\n\n- (1) a\n  - b\n\n### Model response\n\nb\n"),
        typed="word b " * 100_000 + "\n\n" + "not b " * 1_600 + "\n\n",
        says="at most 10,000 characters(.|\n)*Suggested",
    ),
    Pack("short-answer-long-response", _short("[key]"), typed="a" * 1_000_000 + "\n"),
    Pack("numeric-long-response", _numeric("1"), typed="9" * 1_000_000 + "\n"),
    Pack("numeric-escapes-typed", _numeric("1"), typed="\x1b[2J\u202e\n1\n", says="does not read as a number"),
    Pack("short-answer-escapes-typed", _short("[key]"), typed="\x1b[2J\u202e\n", says="Wrong"),
    Pack("single-choice-odd-numbers", topic(), typed="²\n٣\n1e0\n-1\n99999999999999999999\n1\n", says="Right"),
    Pack("related-cycle", topic("related: [evil, good, evil]")),
    Pack("related-cycle-of-prerequisites", topic("prerequisite: [evil]"), _FENCE + ".*prerequisite"),
    Pack("related-10000", topic("related: [" + ", ".join(f"g{n}" for n in range(10_000)) + "]"), _FENCE + ".*g0"),
    Pack("related-escapes", topic(r'related: ["\x1b[2J\u202e"]'), _FENCE),
    Pack("objective-escapes", topic(r'objective: "\x1b[2J\u202e"'), ""),
    Pack("kind-of-python", topic("kind: __init__"), _FENCE + ".*kind"),
    Pack("kind-with-path", topic("kind: ../../x"), _FENCE + ".*kind"),
    Pack("kind-with-dots", topic("kind: coursekit.cli.main"), _FENCE + ".*kind"),
    Pack("kind-private", topic("kind: _write"), _FENCE + ".*kind"),
    Pack("kind-nul", topic(r'kind: "a\0b"'), _FENCE + ".*kind"),
    Pack("kind-long", topic(f"kind: {'x' * 100_000}"), _FENCE + ".*kind"),
)
