"""Task lists as options: `- [x]` is a key, `- [ ]` a distractor, a quote under it its feedback."""

from coursekit.document import Item
from coursekit.model import Mark, Response
from coursekit.questions._body import Material

_MOST = 50


def read_options(material: Material) -> tuple[str, tuple[Item, ...]]:
    """Return the stem and at least two options with boxes. Raises ContentError."""
    text, items = material.options()
    if len(items) < 2:
        raise material.error("At least two options are needed: lines '- [x] the key' and '- [ ] a distractor'.")
    if len(items) > _MOST:
        raise material.error(f"At most {_MOST} options can be picked from; these are {len(items):,}. Take some out.")
    for item in items:
        if item.is_checked is None:
            raise material.error("An option needs a box: '- [x]' for a key, '- [ ]' for a distractor.", item.line)
        if not item.text:
            raise material.error("This option is empty. Write its text after the box.", item.line)
    return text.source, items


def keys_of(items: tuple[Item, ...]) -> Response:
    """Return the numbers of the options that are keys."""
    return tuple(str(number) for number, item in enumerate(items, 1) if item.is_checked)


def option_mark(fraction: float, items: tuple[Item, ...], response: Response, key: Response) -> Mark:
    """Make the mark, with the feedback of each option that was picked, or is a key and was missed."""
    shown = {*response, *key}
    feedback = {str(n): item.quote for n, item in enumerate(items, 1) if str(n) in shown and item.quote}
    return Mark(fraction, options=feedback)
