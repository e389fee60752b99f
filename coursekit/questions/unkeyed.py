"""A question without its key: what the learner does stands in the fence as data. `coursekit build --student` writes it.

Whoever has the keys grades the response; here it is saved. `interaction` is one of `choice`, `text`, `long-text`,
`gaps`, `ordering` and `matching`. Items and partners stand in the order in which they are shown.

```yaml question
id: batch-noise-variance
kind: unkeyed
interaction:
  choice:
    options: ["$2$", "$1/2$"]
    many: false
```

With independent sampling, doubling the batch size multiplies the variance of the gradient by
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, assert_never, final

from coursekit.fields import Fields
from coursekit.model import (
    Choice,
    Gaps,
    Interaction,
    LongText,
    Mark,
    Matching,
    Ordering,
    Program,
    Response,
    TextEntry,
)
from coursekit.questions._body import Body, Material

_SAID = "Your response is saved. It is graded by whoever has the keys."


@final
@dataclass(frozen=True, slots=True)
class Unkeyed(Body):
    """What the learner does, and nothing of what is right."""

    asked: Interaction

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the interaction from the fence."""
        fields = material.fields
        named = fields.mapping("interaction")
        names = tuple(named)
        if len(names) != 1 or names[0] not in _READERS:
            message = f"'interaction' names one thing to do. There are: {', '.join(_READERS)}."
            raise fields.error("interaction", message)
        inside = named.mapping(names[0])
        asked = _READERS[names[0]](inside)
        inside.refuse_unknown()
        return material.text.source, cls(asked)

    def interaction(self) -> Interaction:
        """Name what the learner does."""
        return self.asked

    def key(self) -> Response:
        """Return nothing: the key is elsewhere."""
        return ()

    def grade(self, response: Response) -> Mark:
        """Earn nothing yet, whatever the response: a suggestion without evidence, which nobody here can confirm."""
        del response
        return Mark(0.0, feedback=(_SAID,), is_suggestion=True)


def as_data(interaction: Interaction) -> Mapping[str, Any]:
    """Write an interaction as the fence has it. Raises ValueError for a program, which its lab grades."""
    match interaction:
        case Choice(options=options, many=many):
            return {"choice": {"options": options, "many": many}}
        case TextEntry():
            return {"text": _entry_data(interaction)}
        case LongText(form=form, least_words=least_words):
            return {"long-text": {"form": form, "least_words": least_words}}
        case Gaps(between=between, gaps=gaps):
            return {"gaps": {"between": between, "gaps": tuple(map(_entry_data, gaps))}}
        case Ordering(items=items):
            return {"ordering": {"items": items}}
        case Matching(prompts=prompts, partners=partners):
            return {"matching": {"prompts": prompts, "partners": partners}}
        case Program():
            raise ValueError("A program has no key to be taken out.")
        case _:
            assert_never(interaction)


def _entry_data(entry: TextEntry) -> Mapping[str, Any]:
    return {"form": entry.form, "number": entry.number, "units": entry.units}


def _choice(fields: Fields) -> Choice:
    return Choice(_texts(fields, "options", 2), _truth(fields, "many"))


def _text(fields: Fields) -> TextEntry:
    return TextEntry(fields.text("form"), _truth(fields, "number"), fields.texts("units"))


def _long_text(fields: Fields) -> LongText:
    least = fields.number("least_words", 3)
    if least != int(least) or not 0 <= least <= 100:
        raise fields.error("least_words", f"'least_words' is a whole number from 0 to 100, got {least:g}.")
    return LongText(fields.text("form"), int(least))


def _gaps(fields: Fields) -> Gaps:
    gaps = tuple(_gap(fields, entry) for entry in fields.entries("gaps"))
    between = _texts(fields, "between", 2)
    if len(between) != len(gaps) + 1:
        message = f"Text stands before, between and after the gaps: for {len(gaps)} of them {len(gaps) + 1} texts."
        raise fields.error("between", message)
    return Gaps(between, gaps)


def _gap(fields: Fields, entry: Any) -> TextEntry:  # Any: what YAML holds
    if not isinstance(entry, Fields):
        raise fields.error("gaps", "Write each gap as '- {form: a word or a few}'.")
    gap = _text(entry)
    entry.refuse_unknown()
    return gap


def _ordering(fields: Fields) -> Ordering:
    items = _texts(fields, "items", 3)
    return Ordering(items, tuple(range(1, len(items) + 1)))


def _matching(fields: Fields) -> Matching:
    prompts, partners = _texts(fields, "prompts", 2), _texts(fields, "partners", 2)
    return Matching(prompts, partners, tuple(range(1, len(partners) + 1)))


def _texts(fields: Fields, name: str, least: int) -> tuple[str, ...]:
    texts = fields.texts(name)
    if len(texts) < least:
        raise fields.error(name, f"'{name}' needs at least {least} texts, this has {len(texts)}.")
    return texts


def _truth(fields: Fields, name: str) -> bool:
    value = fields.value(name, False)
    if not isinstance(value, bool):
        raise fields.error(name, f"'{name}' is true or false.")
    return value


_READERS: Mapping[str, Callable[[Fields], Interaction]] = {
    "choice": _choice,
    "gaps": _gaps,
    "long-text": _long_text,
    "matching": _matching,
    "ordering": _ordering,
    "text": _text,
}

PLUGIN = Unkeyed
