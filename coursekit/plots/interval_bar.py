"""A bar of a fraction that shows how sure it is: full as far as it is certain, lighter where it may lie.

>>> interval_bar(0.25, 0.5, 0.75, 8), interval_bar(0.0, 0.0, 0.0, 4)
('██▓▓░░··', '····')
"""


def interval_bar(low: float, share: float, high: float, width: int) -> str:
    """Draw a share in [0, 1] with the ends of its interval in exactly `width` cells.

    █ up to the lower end, ▓ from there to the share, ░ on to the upper end, · for the rest. What is not nothing takes a
    cell, and what is not all leaves one.
    """
    at, end = _cells(share, width), _cells(high, width)
    begin = min(_whole(low, width), at)
    end = max(end, at)
    return "█" * begin + "▓" * (at - begin) + "░" * (end - at) + "·" * (width - end)


def _cells(share: float, width: int) -> int:
    whole = _whole(share, width)
    return min(max(whole, 1), width - 1) if 0 < share < 1 and width > 1 else whole


def _whole(share: float, width: int) -> int:
    return round(min(1.0, max(0.0, share)) * width)
