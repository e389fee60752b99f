"""What was said and predicted, against what came: a bar for each word, and one for each group of predictions."""

from collections.abc import Iterator

from textual.content import Content

from coursekit.plots.interval_bar import interval_bar
from coursekit.study import calibration, retention
from coursekit.study.calibration import BEST, Said
from coursekit.study.recalled import percent
from coursekit.study.retention import Group
from coursekit.study.seeing import Truth
from coursekit.tui.text import PARTLY, QUIET, RIGHT

_GLYPHS = {"fits": ("✓", RIGHT), "too few to tell": ("·", QUIET)}


def truth_content(found: Truth, width: int) -> Content:
    """Draw the page in `width` cells."""
    cells = 20 if width >= 70 else 10
    lines = [Content.styled("How sure you were", "bold"), Content(calibration.sentence(found.calibration))]
    lines += [line for each in found.calibration for line in _said(each, cells)]
    if found.by_certainty:
        lines.append(Content(calibration.certainty_sentence(found.said)))
    lines += [Content(""), Content.styled("What the schedule predicted", "bold")]
    lines.append(Content(retention.sentence(found.groups)))
    if found.groups:
        lines += [_group(each, cells) for each in found.groups]
        lines.append(Content.styled("Recalled, of reviews a day or more apart of what was studied last.", QUIET))
    return Content("\n").join(lines)


def _said(each: Said, cells: int) -> Iterator[Content]:
    glyph = _GLYPHS.get(each.verdict, ("≈", PARTLY))
    said = Content.assemble(f"{each.word:<10}", _bar(each.share, each.interval, cells), f" {percent(each.share):>5}  ")
    yield Content.assemble(said, glyph, f" {each.verdict}", (f" (of {each.attempts})", QUIET))
    low, high = BEST[each.word]
    yield Content.styled(" " * 10 + _zone(low, high, cells) + f"  {_pays(low, high)}", QUIET)


def _group(each: Group, cells: int) -> Content:
    name = f"{each.low * 100:.0f}–{each.high * 100:.0f} %"
    bar = _bar(each.recalled, each.interval, cells)
    said = f" {percent(each.recalled):>5} of {each.reviews}, {percent(each.predicted)} predicted"
    return Content.assemble(f"{name:<10}", bar, said)


def _bar(share: float, ends: tuple[float, float], cells: int) -> tuple[str, str]:
    return interval_bar(ends[0], share, ends[1], cells), "$text-primary"


def _zone(low: float, high: float, cells: int) -> str:
    """Mark below a bar where saying so pays best."""
    begin, end = round(low * cells), round(high * cells)
    return (" " * begin + "‾" * (end - begin)).ljust(cells)


def _pays(low: float, high: float) -> str:
    if not low:
        return f"pays best below {percent(high)}"
    return f"pays best from {percent(low)}{f' to {percent(high)}' if high < 1 else ''}"
