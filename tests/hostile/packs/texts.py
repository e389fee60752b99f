"""Texts that try to be more than text: escapes, invisible characters, markup, links."""

from tests.hostile.packs._pack import CONFIG, COURSE, OPTIONS, REST, Content, Pack, lab, topic

MARKUP = "[@click=app.quit]press[/] [red]red[/] [/] [link=https://evil.example]x[/link]"
RAW = {
    "csi": "\x1b[2J\x1b[31m",
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "dcs": "\x1bP+q544e\x1b\\",
    "c1": "\x9b2J\x9d0;owned\x9c\x90x\x9c",
    "controls": "\x00\x07\x08\x0b\x0c\x0e\x7f\x85\u2028\u2029",
    "bidi": "\u202egpj.exe\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "invisible": "pass\u200bword\u200c\u200d\u2060\ufeff\xad\u180e\U000e0041",
}
ZALGO = "Z" + "\u0301\u0336\u0489" * 400
WIDE = "損" * 200 + "👩\u200d👩\u200d👧" * 50 + "\t" * 50


def everywhere(evil: str, quoted: str | None = None) -> dict[str, Content]:
    """Put a text into every text field; `quoted` is the same inside double quotes of YAML."""
    yaml = quoted or evil
    front = f'title: "Topic {yaml}"\nobjectives: {{LO-1: "Know {yaml}"}}'
    rest = f"""
### Hint

Hint {evil}

### Explanation

Explanation {evil}

### References

- Source {evil}

## Text {evil}

```yaml question
id: text
kind: free-response
```

Write {evil}

### Rubric

- (1) Point {evil}
  - red

### Model response

Model {evil} with words

## Short {evil}

```yaml question
id: short
kind: short-answer
keys: ["key {yaml}"]
wrong: [{{value: "slip {yaml}", say: "Say {yaml}"}}]
```

Short {evil}

## Gaps {evil}

```yaml question
id: gaps
kind: cloze
```

Gap {evil} [[key]] {evil}

## Bad {evil}

```yaml question
id: bad
kind: "kind {yaml}"
```
"""
    options = f"- [x] Key {evil}\n  > Feedback {evil}\n- [ ] Other {evil}\n  > No {evil}\n"
    fence = f'objective: LO-1\ntags: ["tag {yaml}"]\nrelated: [text, "gone {yaml}"]\nlab: evil'
    front_lab = CONFIG + REST.replace("  learning_rate: {min", f'  "knob {yaml}": {{sets: learning_rate, min').replace(
        "{learning_rate:", f'{{"knob {yaml}":'
    )
    course = COURSE.replace("A course", f'"Course {yaml}"').replace("field: Tests", f'field: "Field {yaml}"')
    return (
        topic(fence, f"Stem {evil}", options, rest, front, f"Question {evil}")
        | lab(front_lab, f"Do {evil}\n\n### Hint\n\nHint {evil}\n", f'"Lab {yaml}"')
        | {"content/course.md": course}
    )


def _escaped(text: str) -> str:
    """Write a text as YAML's double quotes have it."""
    return "".join(c if c.isprintable() and c.isascii() and c not in '\\"' else f"\\U{ord(c):08x}" for c in text)


def _one_line(text: str) -> str:
    """Leave out what would break a line of a file."""
    return "".join(c for c in text if c not in "\n\r")


_REFERENCES = (
    "&#27;[2J &#x1b;]0;owned&#7; &#x9b;2J &#155;2J &#0; &#xd800; &#x202e;exe &#x200b; &#1114112; &Tab;&NewLine;"
)
_URLS = (
    "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x) [d](vbscript:x) "
    "![e](https://evil.example/pixel.png) ![f](file:///etc/passwd) <https://evil.example/auto> "
    '[g](https://evil.example/%1b%5b2J) [h](\\\\evil\\share)\n\n[i]: https://evil.example/ref "\x1b[2J"\n\n[i]'
)
_HTML = (
    "<script>touch OWNED</script> <img src=x onerror=alert(1)> <iframe src='https://evil.example'></iframe>"
    "\n\n<script>\nfetch('https://evil.example')\n</script>\n\n<!-- \x1b[2J -->\n\n<a href='\x1b]8;;x'>y</a>"
)
_EVERY = (("list", "questions", "--json"), ("list", "topics"), ("list", "labs"), ("ask", "text", "--plain"),
          ("ask", "short", "--plain"), ("ask", "gaps", "--plain"), ("progress",))  # fmt: skip


def _with_id(name: str) -> str:
    """Write a topic file with one question, its id on line 8."""
    return f"---\ntitle: x\n---\n\n## X\n\n```yaml question\nid: {name}\n```\n\nS\n\n{OPTIONS}"


PACKS = (
    *(
        Pack(f"text-{name}", everywhere(_one_line(evil), _escaped(evil)), "There is no kind", "Stem ", commands=_EVERY)
        for name, evil in RAW.items()
    ),
    Pack("text-zalgo", everywhere(ZALGO), "There is no kind", "Stem Z", commands=_EVERY),
    Pack("text-wide", everywhere(WIDE.replace("\t", " ")), "There is no kind", "Stem", commands=_EVERY),
    Pack("text-tabs", topic(stem="\t\tcode\n\na" + "\t" * 500 + "b"), says="code"),
    Pack(
        "text-character-references",
        topic(stem=_REFERENCES, title=_REFERENCES, rest=f"### Hint\n\n{_REFERENCES}\n"),
        typed="h\n1\n",
        says=r"\[2J",
    ),
    Pack(
        "text-character-references-in-links",
        topic(stem="[a](<x&#27;[2J>) ![b&#27;](c&#x9b; 'd&#27;') <x:y&#27;>"),
        says="a",
    ),
    Pack("markup", everywhere(MARKUP), "There is no kind", r"Stem \[@click=app\.quit\]press\[/\]", commands=_EVERY),
    Pack(
        "markup-unclosed",
        everywhere("[red [@click= [/ [[ ]] \\[bold] [/] [bold", r"[red [@click= [/ \\[bold] [bold"),
        "There is no kind",
        "Stem ",
        commands=_EVERY,
    ),
    Pack(
        "markup-action-string",
        everywhere("[@click=\"app.run_action('quit')\"]x[/]".replace('"', "'")),
        "There is no kind",
        "Stem ",
        commands=_EVERY,
    ),
    Pack(
        "markup-styles",
        everywhere("[on #12]a[/on #12] [$primary]b [conceal]c[/] [blink]d :bomb: {x} %s"),
        "There is no kind",
        "Stem ",
        commands=_EVERY,
    ),
    Pack(
        "links-not-fetched",
        topic(stem=_URLS, options="- [x] ![a](https://evil.example/b.png)\n- [ ] <file:///etc/x>\n"),
        says="javascript",
        never="root:x:0:0",
    ),
    Pack("html-not-obeyed", topic(stem=_HTML, rest=f"### Explanation\n\n{_HTML}\n"), says="touch OWNED"),
    Pack("holes-that-look", topic("params: {a: [1, 2]}", stem="{{ a.__class__ }}"), r"1-evil\.md:13: "),
    Pack(
        "holes-of-jinja",
        topic("params: {a: [1, 2]}", stem="{% for x in y %}{{ a }}{% endfor %} ${a} #{a}"),
        says=r"\{% for",
    ),
    Pack(
        "format-strings",
        everywhere("{0.__class__} {} %s %(x)s {{x}} $x `id` $(touch OWNED)"),
        r"1-evil\.md:\d+: ",
        commands=_EVERY,
    ),
    Pack(
        "id-with-path",
        {"content/1-evil.md": _with_id("../../x")},
        r"1-evil\.md:8: .*no id",
    ),
    Pack(
        "id-with-escapes",
        {"content/1-evil.md": _with_id(r'"a\x1b[2J\u202e\n"')},
        r"1-evil\.md:8: .*no id",
    ),
    Pack(
        "id-taken",
        {
            "content/1-evil.md": "---\ntitle: x\n---\n"
            + "\n## X\n\n```yaml question\nid: same\n```\n\nS\n\n- [x] a\n- [ ] b\n" * 2
        },
        r"1-evil\.md:16: .*taken",
    ),
)
