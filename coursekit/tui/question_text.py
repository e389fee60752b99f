"""The small texts around a question: where you are, what the keys do now, the verdict, the way on."""

from collections.abc import Sequence
from typing import assert_never

from textual.content import Content

from coursekit.course import Course
from coursekit.model import Choice, Gaps, LongText, Matching, Ordering, Program, Response, TextEntry
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted
from coursekit.tui.keybar import Key
from coursekit.tui.text import PARTLY, RIGHT, WRONG, spread

ASKING, DECIDING, CONFIRMING, DONE = "asking", "deciding", "confirming", "done"
"""What the learner can do: respond, watch the run that decides, confirm a suggestion, go on."""

CONFIDENCES = ("sure", "think so", "guess")
"""What the learner may say of a response before its verdict."""

_NEXT, _SKIP, _LAB, _RELATED = ("n", "n", "next"), ("n", "n", "skip"), ("l", "l", "lab"), ("r", "r", "related")
_NOTE, _BOOKMARK, _ASIDE = ("m", "m", "note"), ("b", "b", "bookmark"), ("p", "p", "put aside")
_HINT, _KEYS, _BACK = ("h", "h", "hint"), ("question_mark", "?", "keys"), ("escape", "esc", "back")
_ENTER = "enter"
_SURE = ("c", "c", "sure?")
_FURTHER = ("pagedown", "pgdn", "more")


def next_confidence(said: str | None) -> str | None:
    """Return what the key for it says next: one after the other, and after the last nothing again.

    >>> next_confidence(None), next_confidence("guess")
    ('sure', None)
    """
    steps = (None, *CONFIDENCES)
    return steps[(steps.index(said) + 1) % len(steps)]


def place_content(course: Course, question: Question | None, count: str, width: int, why: str = "") -> Content:
    """Say field and programme with the count, and below them lesson and topic, with why the question comes."""
    above = Content(" › ".join(part for part in (course.field, course.programme) if part) or course.title)
    below = Content(f"{question.lesson} › {question.topic}" if question else course.title)
    reason = Content(why).truncate(width * 2 // 3, ellipsis=True)
    under = spread(below, reason, width) if why else below.truncate(width, ellipsis=True)
    return spread(above, Content(count), width) + "\n" + under


def keys_now(
    phase: str,
    *,
    has_hint: bool,
    is_writing: bool,
    ways: Sequence[str] = (),
    is_program: bool = False,
    is_cut: bool = False,
) -> list[Key]:
    """List the keys that do something now, for the key bar; `ways` on are "lab" and "related", where there are any.

    A program is not submitted: its lab grades it. A question `is_cut` whose options go on below the screen.
    """
    if phase == ASKING and is_writing:
        return [("ctrl+s", "ctrl+s", "submit"), ("escape", "esc", "leave the text")]
    hint = [*([_FURTHER] if is_cut else []), *([_HINT] if has_hint else [])]
    found: dict[str, list[Key]] = {
        ASKING: [_LAB if is_program else (_ENTER, _ENTER, "submit"), *hint, _SKIP],
        DECIDING: [("space", "space", "finish at once")],
        CONFIRMING: [(_ENTER, _ENTER, "confirm"), ("space", "space", "tick")],
        DONE: [_NEXT, *(key for key in (_LAB, _RELATED) if key[2] in ways)],
    }
    return [
        *found[phase],
        _KEYS,
        _BACK,
        *([_SURE] if phase == ASKING and not (is_program or is_cut) else []),
        *([_NOTE] if phase == DONE else []),
    ]  # the last goes where room is short


def more_keys(phase: str, *, is_writing: bool) -> list[Key]:
    """List the keys that do something at any time, for a key bar with room to spare."""
    if is_writing or phase not in (ASKING, DONE):
        return []
    return [*([_NOTE] if phase == ASKING else []), _BOOKMARK, _ASIDE]


def score_content(submitted: Submitted, line: str) -> Content:
    """Give the verdict as a glyph and a word, then the score."""
    if submitted.mark.is_ungraded:
        return Content(f"saved   {line}")
    mark = submitted.attempt.mark
    glyph, word, style = ("≈", "partly right", PARTLY)
    if mark >= 1:
        glyph, word, style = ("✓", "right", RIGHT)
    elif mark <= 0:
        glyph, word, style = ("✗", "wrong", WRONG)
    return Content.assemble((f"{glyph} {word}", style), f"   {line}")


def suggestion_text(submitted: Submitted) -> str:
    """Say what a suggested mark is and is not."""
    attempt = submitted.attempt
    return (
        f"Suggested: {attempt.mark * attempt.points:.3g} of {attempt.points:g} points, from the words that were found. "
        "Words are not meaning: tick what you did say, then press enter. Only your ticks count."
    )


def spoken(question: Question, response: Response) -> str:
    """Say a response in words: an option, an item or a partner by its text."""
    match interaction := question.body.interaction():
        case Choice(options=options):
            return options[int(response[0]) - 1]
        case Ordering(items=items):
            return "; ".join(items[int(number) - 1] for number in response)
        case Matching(prompts=prompts, partners=partners):
            pairs = zip(prompts, response, strict=True)
            return "; ".join(f"{prompt}: {partners[int(number) - 1] if number else '–'}" for prompt, number in pairs)
        case Gaps():
            return "; ".join(response)
        case TextEntry() | LongText() | Program():
            return " ".join(response)
        case _:
            assert_never(interaction)


def outcome_text(question: Question, response: Response) -> str:
    """Say, for a prediction, what was said and what the run did; nothing for other questions."""
    if not isinstance(question.body, Experiment):
        return ""
    key, said = spoken(question, question.body.key()), f"You said *{spoken(question, response)}*"
    if len(question.body.runs()) > 1:
        return f"{said}; by the runs it is **{key}**."
    run = f"gave {float(key):.4g}" if isinstance(question.body.interaction(), TextEntry) else key
    return f"{said}; the run **{run}**."


def related_to(course: Course, question: Question | None) -> list[str]:
    """List the related questions that the course has."""
    return [name for name in question.related if name in course.topic_of] if question else []


def ways_on(course: Course, question: Question, graded: str = "") -> list[tuple[str, str]]:
    """Name the lab, with what its grade is, and the related questions, each with its key, as label and Markdown."""
    lab = " · ".join(part for part in (f"lab **{question.lab}**, key l", graded) if part)
    ways = [("See it", lab)] if question.lab else []
    related = related_to(course, question)
    titles = [course.topic_of[name].entries[name].title for name in related]
    if titles:
        more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
        ways.append(("Related", f"{'; '.join(titles[:3])}{more}, key r"))
    return ways
