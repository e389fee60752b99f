"""The small texts around a preview: where you are, the states, the parts, the variant, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from textual.content import Content

from coursekit.clean import clean
from coursekit.errors import ContentError, CoursekitError
from coursekit.grading.number import format_number
from coursekit.tui.keybar import Key
from coursekit.tui.preview_deck import Found, Leaf
from coursekit.tui.preview_states import STATES
from coursekit.tui.text import HERE, QUIET, RIGHT, WRONG, spread

PARTS = ("question", "source", "problems")


@final
@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong with a question, and elsewhere in its file; `is_known` once the check has ended."""

    here: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    """The lines of this question that are to be mended."""
    is_known: bool = False

    def many(self) -> str:
        """Count them."""
        if not self.is_known and not self.here:
            return " …"
        here = len(self.here)
        return f": {here} here, {len(self.there)} more" if self.there else f": {here or 'none'}"


def problems_of(leaf: Leaf, findings: Sequence[Found] | None, broken: CoursekitError | None) -> Problems:
    """Sort what was found; what keeps a question from being read comes first, and does not wait for the check."""
    first = [broken] if isinstance(broken, ContentError) and broken.path == leaf.path else []
    told = {(error.line, error.message) for error in first}
    found = [one for one in findings or () if one.path == leaf.path and (one.line, one.message) not in told]
    here: list[Found] = [*first, *(one for one in found if leaf.holds(one.path, one.line))]
    elsewhere = [clean(str(broken))] if broken and not first else []
    return Problems(
        here=(*elsewhere, *map(_finding, here)),
        there=tuple(_finding(one) for one in found if one not in here),
        lines=tuple(sorted({one.line for one in here})),
        is_known=findings is not None,
    )


def place_content(leaf: Leaf, kind: str, number: str, width: int) -> Content:
    """Say file and line, then kind and number; folders are left out where room is short."""
    right = Content(" · ".join(part for part in (kind, number) if part))
    place = f"{leaf.path}:{leaf.line}"
    while "/" in place.removeprefix("…/") and len(place) + right.cell_length + 2 > width:
        place = f"…/{place.removeprefix('…/').partition('/')[2]}"
    return spread(Content(place), right, width)


def states_content(state: str) -> Content:
    """List the states with their keys, the one that is shown marked."""
    parts: list[Content] = []
    for number, name in enumerate(STATES, 1):
        here = name == state
        parts.append(Content.styled(f"{'▸' if here else ' '} {number} {name}", HERE if here else QUIET))
    return Content("  ").join(parts)


def variant_text(seed: int, values: dict[str, float]) -> str:
    """Say which variant is drawn, and with what."""
    drawn = ", ".join(f"{name} = {format_number(value)}" for name, value in values.items())
    return f"Variant {seed}: {drawn or 'its own order'}"


def parts_content(part: str, problems: Problems) -> Content:
    """List the parts in one line, the one that is shown marked."""
    return Content("   ").join(part_content(name, name == part, problems) for name in PARTS)


def part_content(name: str, is_here: bool, problems: Problems) -> Content:
    """Head one part; the arrows scroll the one that is marked."""
    said = name.capitalize() + (problems.many() if name == "problems" else "")
    return Content.styled(f"{'▸' if is_here else ' '} {said}", HERE if is_here else QUIET)


def problems_content(problems: Problems) -> Content:
    """List the problems of this question, then those elsewhere in its file."""
    if not problems.is_known and not problems.here:
        return Content.styled("checking …", QUIET)
    lines = [*map(_row, problems.here)] or [Content.assemble(("✓", RIGHT), " no problems in this question")]
    if problems.there:
        lines += [Content(""), Content.styled("Elsewhere in this file", QUIET), *map(_row, problems.there)]
    return Content("\n").join(lines)


def preview_keys(*, has_variants: bool) -> list[Key]:
    """List what can be done, for the key bar."""
    keys = [
        ("n", "n", "next"),
        ("tab", "tab", "part"),
        ("e", "e", "edit"),
        ("question_mark", "?", "keys"),
        ("escape", "esc", "leave"),
    ]
    return [*keys, ("v", "v", "variant")] if has_variants else keys  # the last goes where room is short


def _row(said: str) -> Content:
    return Content.assemble(("✗ ", WRONG), said)


def _finding(found: Found) -> str:
    code, severity = getattr(found, "code", ""), getattr(found, "severity", "error")
    kind = "" if severity == "error" else f"{severity}: "
    return f"line {found.line}{f' · {code}' if code else ''}  {kind}{clean(found.message)}"
