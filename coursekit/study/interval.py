"""How sure a share is that was found on so many looks.

>>> [round(end, 2) for end in wilson(0.8, 10)], wilson(0.8, 0)
([0.49, 0.94], (0.0, 1.0))
"""

from math import sqrt

_Z = 1.959963984540054  # of the normal distribution, for 95 %


def wilson(share: float, looks: float) -> tuple[float, float]:
    """Return the ends, in [0, 1], of the 95 % interval around a share of `looks` looks; on none it is everything.

    Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical
    Association 22 (1927), https://doi.org/10.1080/01621459.1927.10502953. It always holds the share itself, never
    leaves [0, 1], and narrows as looks are added.
    """
    if looks <= 0:
        return 0.0, 1.0
    spread = _Z * _Z / looks
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / looks + spread / (4 * looks)) / (1 + spread)
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))
