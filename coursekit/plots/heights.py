"""What the colours of a landscape stand for, in one line.

>>> from coursekit.plots.ground import Surface, ground_of
>>> ground = ground_of(Surface((0.0, 1.0), (0.0, 1.0), ((0.0, 1.0), (2.0, 4.0))), 40, 8, is_plain=True)
>>> "".join(piece.text for piece in heights(ground, 40))
'loss 0   ░░▒▒ 1.8 ▓▓██ 4                '
"""

from collections.abc import Iterator

from coursekit.plots.axis import label
from coursekit.plots.ground import TEXTURES, Ground, Piece, cut


def heights(ground: Ground, width: int) -> tuple[Piece, ...]:
    """Draw the levels from the lowest to the highest loss, and the loss in their middle, in exactly `width` cells."""
    return cut((*_pieces(ground), Piece(" " * max(0, width), "", None)), width)


def _pieces(ground: Ground) -> Iterator[Piece]:
    low, high = ground.reach
    if not ground.edges:
        yield Piece(f"loss {label(low)} everywhere" if low == low else "no loss is known", "label", None)
        return
    middle = len(ground.edges) // 2
    yield Piece(f"loss {label(low)} ", "label", None)
    for level in range(len(ground.edges) + 1):
        if level == middle + 1:
            yield Piece(f" {label(ground.edges[middle])} ", "label", None)
        yield Piece(TEXTURES[level] * 2, "axis", None) if ground.is_plain else Piece("  ", "", level)
    yield Piece(f" {label(high)}", "label", None)
