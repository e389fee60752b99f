"""One topic's file -> what is wrong in it alone, and the facts that rules over many questions need."""

from collections.abc import Iterator, Mapping

from coursekit.check.case import Case, read_variants
from coursekit.check.facts import QuestionFacts, TopicFacts, option_facts
from coursekit.check.finding import Finding, as_finding
from coursekit.check.rule import QuestionRule, every_rule
from coursekit.course import Course, Topic
from coursekit.document import Document
from coursekit.errors import ContentError
from coursekit.lab.definition import Lab
from coursekit.lab.lock import Locked
from coursekit.prose.links import links
from coursekit.questions._question import Question
from coursekit.questions._read import PARTS


def examine(course: Course, topic: Topic, labs: Mapping[str, Lab], kept: Mapping[str, Locked] | None) -> TopicFacts:
    """Read every question of a topic and hold each to the rules that need no other."""
    findings: list[Finding] = []
    questions: list[QuestionFacts] = []
    objectives: Mapping[str, int] = {}
    try:
        objectives = _objectives(topic)
        findings += _headings(topic.document)
        for name in topic.sections:
            case = _case(course, topic, name, labs, kept, findings)
            if case:
                findings += _found(case)
                questions.append(_facts(case))
    except ContentError as error:
        findings.append(as_finding(error))
    return TopicFacts(topic.path, str(topic.file.parent), objectives, tuple(questions), _once(findings))


def _objectives(topic: Topic) -> dict[str, int]:
    """Read the whole front matter, as no question does; return the objectives and their lines. Raises ContentError."""
    fields = topic.document.fields()
    for name in ("title", "lesson"):
        fields.text(name, None)
    fields.mapping("defaults")
    objectives = fields.mapping("objectives")
    fields.refuse_unknown()
    return {name: objectives.line_of(name) for name in objectives}


def _headings(document: Document) -> Iterator[Finding]:
    for error in document.too_deep(PARTS):
        yield as_finding(error)
    for heading in document.headings:
        if heading.level == 1:
            message = (
                f"'# {heading.title}' opens no question. Write '## {heading.title}', or take it out: "
                "a topic's title stands in the front matter."
            )
            yield Finding(document.path, heading.line, "wrong-heading", message)


def _case(
    course: Course,
    topic: Topic,
    name: str,
    labs: Mapping[str, Lab],
    kept: Mapping[str, Locked] | None,
    findings: list[Finding],
) -> Case | None:
    variants: list[Question] = []
    for found in read_variants(course, topic, name):
        if isinstance(found, Question):
            variants.append(found)
        else:
            findings.append(as_finding(found))
    if not variants:
        return None
    return Case(topic, topic.sections[name], tuple(variants), labs, kept, topic.file.parent)


def _found(case: Case) -> Iterator[Finding]:
    for code, rule in every_rule().items():
        if isinstance(rule, QuestionRule):
            for line, message in rule.find(case):
                yield Finding(case.section.path, line, code, message, rule.is_error)


def _facts(case: Case) -> QuestionFacts:
    question, fields = case.question, case.section.fields()
    defaults = case.topic.document.fields().mapping("defaults")
    keys, lengths = option_facts(question)
    return QuestionFacts(
        id=question.id,
        line=question.line,
        objective=question.objective,
        objective_line=case.line_of("objective"),
        lab=question.lab,
        lab_line=fields.line_of("lab") if "lab" in fields else defaults.line_of("lab"),
        related=question.related,
        related_line=case.line_of("related"),
        links=tuple(_relative_links(case)),
        keys=keys,
        lengths=lengths,
    )


def _relative_links(case: Case) -> Iterator[tuple[int, str]]:
    """List addresses of files beside the topic's; what has a scheme or a host is not looked up."""
    for line, text in case.texts:
        if "](" in text or "]:" in text:
            for link in links(text):
                if not link.is_web and ":" not in link.address and not link.address.startswith(("#", "//")):
                    yield line + text[: text.find(link.address)].count("\n"), link.address.partition("#")[0]


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=_place))


def _place(finding: Finding) -> tuple[int, str]:
    return finding.line, finding.code
