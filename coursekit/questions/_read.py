"""One section of a topic file -> a Question, with the values of one variant filled in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import final

from coursekit import plugins
from coursekit.document import Section, Text, last_list
from coursekit.errors import ContentError, UsageError, nearest, suggest
from coursekit.fields import Fields
from coursekit.grading.arithmetic import evaluate
from coursekit.grading.number import format_number
from coursekit.model import Matching, Ordering, Program
from coursekit.questions._body import Body, Experiment, Material
from coursekit.questions._figures import read_figures, unkept, values_of
from coursekit.questions._policy import ONE_TRY, Policy, policy_for
from coursekit.questions._question import Question
from coursekit.questions._variants import draw

FAMILY = "coursekit.questions"
PARTS = ("Hint", "Explanation", "References", "Rubric", "Model response")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_HOLE = re.compile(r"\{\{([^{}\n]+)\}\}")
_LONGEST = 100_000  # characters of a question with all its parts; so many take a second to set
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


@final
@dataclass(frozen=True, slots=True)
class Defaults:
    """What a topic says for all its questions."""

    lesson: str
    topic: str
    points: float = 1.0
    lab: str | None = None
    policy: Policy = ONE_TRY
    weights: Callable[[], Mapping[str, float]] = dict[str, float]
    """How rare each word is in the bank, worked out when it is asked for."""
    figures: Callable[[], Mapping[str, str]] = dict[str, str]
    """What is kept of runs, by the question's id and the figure's name."""


def read_question(section: Section, defaults: Defaults, seed: int = 0) -> Question:
    """Read a question, its params and its shuffle drawn by `seed`. Raises ContentError at the line that is wrong."""
    fields = section.fields()
    _refuse_excess(section)
    values, figures = draw(fields, seed), read_figures(fields)
    kept = values_of(figures, fields.text("id"), defaults.figures()) if figures else {}
    material = replace(_material(section, fields, values, kept, seed), weights=defaults.weights)
    kind = fields.text("kind", None) or _guess_kind(material)
    stem, body = _body_class(fields, kind).parse(material)
    question = _question(section, fields, defaults, material, kind, stem, body)
    fields.refuse_unknown()
    interaction = body.interaction()
    if (isinstance(body, Experiment) or isinstance(interaction, Program)) and question.lab is None:
        raise material.error(
            f"A {kind} question needs a lab. Name one with 'lab: …', here or in the topic's defaults.", code="no-lab"
        )
    has_variants = bool(values) or isinstance(interaction, Ordering | Matching)
    return replace(question, seed=seed if has_variants else 0, figures=figures)


def _refuse_excess(section: Section) -> None:
    """Raise ContentError for a text that takes so long to set that a learner would wait."""
    long = len(section.text.source) + sum(len(part.text.source) for part in section.parts)
    if long > _LONGEST:
        message = f"This question has {long:,} characters; at most {_LONGEST:,} are read. Shorten it, or split it."
        raise ContentError(section.path, section.line, message, code="bad-question")


def _question(
    section: Section, fields: Fields, defaults: Defaults, material: Material, kind: str, stem: str, body: Body
) -> Question:
    parts = _parts(material)
    return Question(
        id=_id(fields),
        kind=kind,
        title=section.title,
        stem=stem,
        body=body,
        points=_points(fields, defaults),
        hints=tuple(part.text.source for part in material.parts if part.title == "Hint"),
        explanation=parts.get("Explanation", ""),
        references=parts.get("References", ""),
        lesson=defaults.lesson,
        topic=defaults.topic,
        objective=fields.text("objective", None),
        tags=fields.texts("tags"),
        difficulty=_difficulty(fields),
        lab=fields.text("lab", defaults.lab),
        related=fields.texts("related"),
        policy=policy_for(fields, body, defaults.policy),
        fingerprint=_fingerprint(section),
        seed=0,
        path=section.path,
        line=section.line,
    )


def _id(fields: Fields) -> str:
    name = fields.text("id")
    if not _ID.fullmatch(name):
        raise fields.error("id", f"'{name}' is no id. Use small letters, digits and dashes, as in 'sgd-role'.")
    return name


def _points(fields: Fields, defaults: Defaults) -> float:
    points = fields.number("points", defaults.points)
    if not 0 < points <= 1000:
        raise fields.error("points", f"'points' must be above 0 and at most 1000, got {points}.")
    return float(points)


def _difficulty(fields: Fields) -> int | None:
    difficulty = fields.number("difficulty", None)
    if difficulty not in (None, 1, 2, 3, 4, 5):
        raise fields.error("difficulty", "'difficulty' is a whole number from 1 (easy) to 5.")
    return int(difficulty) if difficulty else None


def _parts(material: Material) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in material.parts:
        if part.title not in PARTS:
            message = f"Unknown part '### {part.title}'. {suggest(part.title, PARTS)}"
            close = nearest(part.title, PARTS)
            fix = (part.title, close) if close else None
            raise material.error(message, part.line, code="unknown-part", fix=fix)
        if part.title in found and part.title not in ("Hint", "Model response"):
            raise material.error(f"'### {part.title}' stands here twice. Keep one.", part.line)
        found[part.title] = part.text.source
    return found


def _body_class(fields: Fields, kind: str) -> type[Body]:
    try:
        return plugins.load(FAMILY, kind)
    except UsageError:
        message = f"There is no kind '{kind}'. {suggest(kind, plugins.names(FAMILY))}"
        raise fields.word_error("kind", kind, plugins.names(FAMILY), message) from None


def _guess_kind(material: Material) -> str:
    """Tell the kind from a task list: one checked box is single-choice, more are multiple-choice."""
    items = last_list(material.text, material.path)[1]
    keys = sum(item.is_checked is True for item in items)
    if not any(item.is_checked is not None for item in items):
        raise material.error(
            f"Say the kind of question. There are: {', '.join(plugins.names(FAMILY))}.", code="no-kind"
        )
    return "multiple-choice" if keys > 1 or "scoring" in material.fields else "single-choice"


def _material(
    section: Section, fields: Fields, values: Mapping[str, float], kept: Mapping[str, float], seed: int
) -> Material:
    if not values and not kept:
        return Material(section.path, section.line, fields, section.text, section.parts, values, seed)
    known = {**values, **kept}

    def filled(text: Text) -> Text:
        return replace(text, source=fill(text, section.path, known))

    parts = tuple(replace(part, text=filled(part.text)) for part in section.parts)
    return Material(section.path, section.line, fields, filled(section.text), parts, values, seed)


def fill(text: Text, path: str, values: Mapping[str, float]) -> str:
    """Put values where the author wrote `{{ name }}`, dots for one that no run has made yet. Raises ContentError."""
    missing = tuple(unkept(values))

    @cache  # some texts have the same hole often
    def number(expression: str) -> str:
        if any(re.search(rf"\b{name}\b", expression) for name in missing):
            return "…"
        return format_number(evaluate(expression, values))

    def value(found: re.Match[str]) -> str:
        try:
            return number(found[1])
        except ValueError as error:
            line = text.line + text.source.count("\n", 0, found.start())
            raise ContentError(path, line, str(error), code="bad-expression") from None

    return _HOLE.sub(value, text.source)


def _fingerprint(section: Section) -> str:
    """Digest what is asked and its key, whatever the order of the fields, comments and spaces at line ends."""
    from hashlib import sha256  # 3 ms, so only when a question is opened

    rubric, models = ([p.text for p in section.parts if p.title == title] for title in ("Rubric", "Model response"))
    texts = [section.text, *rubric, *models[:1]]  # a further model response changes neither question nor key
    lines = section.fence.source.split("\n") if section.fence else []
    fields = sorted(line.rstrip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    said = _TRAILING.sub("", "\n".join([*fields, *(text.source for text in texts)]))
    return sha256(said.encode()).hexdigest()[:16]
