"""Options in the order in which a sitting shows them, and responses between that order and the author's."""

from dataclasses import replace

from coursekit.model import Choice, Interaction, Ordering, Response


def as_shown(interaction: Interaction, order: tuple[int, ...]) -> Interaction:
    """Put the options of a choice in a drawn order; all else stands as it is."""
    if isinstance(interaction, Choice) and sorted(order) == list(range(1, len(interaction.options) + 1)):
        return replace(interaction, options=tuple(interaction.options[number - 1] for number in order))
    return interaction


def to_author(response: Response, order: tuple[int, ...]) -> Response:
    """Say a response to what was shown in the author's numbers.

    >>> to_author(("1", "3"), (3, 1, 2)), to_shown(("2", "3"), (3, 1, 2)), to_author(("b",), ())
    (('2', '3'), ('1', '3'), ('b',))
    """
    if not order:
        return response
    return tuple(sorted((str(order[int(shown) - 1]) for shown in response), key=int))


def to_shown(response: Response, order: tuple[int, ...]) -> Response:
    """Say a response in the author's numbers in those under which the options are shown."""
    if not order:
        return response
    return tuple(sorted((str(order.index(int(number)) + 1) for number in response), key=int))


def is_given(interaction: Interaction, response: Response) -> bool:
    """Say whether anything was entered at all; an order that nobody touched is none."""
    if isinstance(interaction, Ordering) and response == tuple(map(str, interaction.shown)):
        return False
    return any(text.strip() for text in response)
