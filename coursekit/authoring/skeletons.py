"""Skeletons: texts that `check` accepts but for their TODOs, so that writing is changing what works already."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coursekit import plugins
from coursekit.authoring.examples import as_section, example
from coursekit.authoring.scalar import scalar
from coursekit.document import Section, last_list
from coursekit.model import Program
from coursekit.questions._body import Body, Experiment
from coursekit.questions._read import FAMILY, Defaults, read_question
from coursekit.questions._write import write_section
from coursekit.questions.predict import OUTCOMES

_COURSE = """\
---
id: {name}
title: {title}
---

TODO A few lines that say whom this course is for.
"""

_TOPIC = """\
---
title: {title}
lesson: {lesson}
{defaults}---

TODO A few lines that place this topic.

{question}"""

_LAB = """\
---
title: {title}
config:
  model: {{name: quadratic, eigenvalues: [2.0, 0.2], start: [1.0, 1.0]}}
  optimizer: sgd
  learning_rate: 0.1
  steps: 100
knobs:
  learning_rate: {{min: 0.1, max: 2.1}}
  steps: {{min: 5, max: 105}}
goals:
  # TODO Write here which settings reach your goals, and on how many seeds.
  - {{metric: validation_loss, at_most: 1.0e-6, points: 2}}
  - {{metric: steps, at_most: 40, points: 1}}
pace: 20
solution: {{learning_rate: 0.9, steps: 40}}
wrong:
  - {{learning_rate: 0.1, steps: 100}}
  - {{learning_rate: 1.1, steps: 40}}
---

TODO Say what to reach and what to watch. This example is a bowl, $L(x, y) = x^2 + 0.1\\,y^2$, started at $(1, 1)$:
reach a loss of one millionth in at most 40 steps.

### Hint

TODO Name a first thing to try.

### Explanation

TODO Say what the runs show, and why.
"""

_EXAM = """\
---
title: {title}
questions: 1
from:
  # TODO Say which questions are drawn: by lesson, topic, objective, kinds, difficulty or tags, and how many of each.
  - {{lesson: {lesson}, count: 1}}
minutes: 10
pass: 60
---

TODO Say what a learner should know before it begins. The clock does not run yet.
"""

_PARTS = """
### Hint

TODO Say a first step that does not give the key away.

### Explanation

TODO Say why the key is right.
"""


def course_files(name: str, title: str) -> dict[str, str]:
    """Return the files of a new course by their paths: one topic with one question, one lab."""
    question = question_text("single-choice", "first-question")
    return {
        "content/course.md": _COURSE.format(name=name, title=scalar(title)),
        "content/1-first-topic.md": topic_text("First topic", "First lesson", "first-lab", question),
        "labs/first-lab/lab.md": lab_text("First lab"),
    }


def topic_text(title: str, lesson: str, lab: str | None, question: str) -> str:
    """Return a topic file with one question."""
    defaults = f"defaults: {{lab: {lab}}}\n" if lab else ""
    return _TOPIC.format(title=scalar(title), lesson=scalar(lesson), defaults=defaults, question=question)


def lab_text(title: str) -> str:
    """Return a `lab.md` that proves itself."""
    return _LAB.format(title=scalar(title))


def exam_text(title: str, lesson: str) -> str:
    """Return an exam of one question from a lesson."""
    return _EXAM.format(title=scalar(title), lesson=scalar(lesson))


def question_text(kind: str, name: str, lab: str | None = None, run: Mapping[str, Any] | None = None) -> str:
    """Return a question of a kind, made of its docstring's example; `lab` when its topic names none.

    A prediction asks about `run`, the settings of a lab that the course has; any outcome may come of it.
    """
    section = _as_kind(as_section(example(kind)), kind)
    if run and example_run(kind):
        section = _about(section, run)
    section = _with(_with(section, "id", name), "lab", lab)
    fence = replace_source(section, f"{_source(section)}\n# TODO Ask your own question: {_to_change(kind)}.")
    written = write_section(replace(fence, title=f"TODO A title for {name}"))
    return f"{written.rstrip()}\n{_PARTS}" if not section.parts else _with_parts(written)


def kinds_to_write() -> tuple[str, ...]:
    """List the kinds that an author writes: there is a key, or runs or a lab decide."""
    return tuple(kind for kind in plugins.names(FAMILY) if _is_decided(_body(kind)))


def example_run(kind: str) -> Mapping[str, Any] | None:
    """Return the first run that the example of a kind asks about, None for a kind that no run decides."""
    body = _body(kind)
    return body.runs()[0] if isinstance(body, Experiment) else None


def needs_lab(kind: str) -> bool:
    """Say whether a lab decides or grades what is asked, so that a question should name it itself."""
    return _has_lab(_body(kind))


def replace_source(section: Section, source: str) -> Section:
    """Give a section another fence."""
    return replace(section, fence=replace(section.fence, source=source)) if section.fence else section


def slug(title: str) -> str:
    """Write a title as the name of a file or as an id.

    >>> slug("Mini-batches & noise!")
    'mini-batches-noise'
    """
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-") or "untitled"


def _body(kind: str) -> Body:
    return read_question(as_section(example(kind)), Defaults("", "", lab="any")).body


def _is_decided(body: Body) -> bool:
    return bool(body.key()) or _has_lab(body)


def _has_lab(body: Body) -> bool:
    return isinstance(body, Experiment) or isinstance(body.interaction(), Program)


def _to_change(kind: str) -> str:
    """Say what makes a question of this kind another one."""
    body = _body(kind)
    if isinstance(body, Experiment):
        return "change the text, the run and what is asked; the run decides the key"
    if isinstance(body.interaction(), Program):
        return "change the text, the lab and its function; the lab grades it"
    return "change the text and the key"


def _with_parts(written: str) -> str:
    """Put hint and explanation before the parts that a kind needs."""
    before, heading, rest = written.partition("\n### ")
    return f"{before}{_PARTS}{heading}{rest}"


def _as_kind(section: Section, kind: str) -> Section:
    return section if section.field("kind") else _with(section, "kind", kind)


def _about(section: Section, run: Mapping[str, Any]) -> Section:
    """Let a prediction ask what one run of the course's own lab does."""
    stem = last_list(section.text, section.path)[0].source
    settings = ", ".join(f"{name}: {value}" for name, value in run.items())
    text = "\n".join([stem, "", *(f"- {outcome}" for outcome in OUTCOMES)])
    return _with(replace(section, text=replace(section.text, source=text)), "run", f"{{{settings}}}")


def _with(section: Section, name: str, value: str | None) -> Section:
    """Set a field that stands on one line, or take it out."""
    lines = [line for line in _source(section).split("\n") if not line.startswith(f"{name}:")]
    return replace_source(section, "\n".join([*lines, *([f"{name}: {value}"] if value else [])]))


def _source(section: Section) -> str:
    return section.fence.source if section.fence else ""
