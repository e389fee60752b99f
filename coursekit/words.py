"""Numbers in sentences."""


def count(number: int, word: str) -> str:
    """Write how many there are of something.

    >>> count(1, "run"), count(0, "run")
    ('1 run', '0 runs')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"


def short(number: float) -> str:
    """Write a number with at most two digits behind the point.

    >>> short(2.0), short(0.5), short(2 / 3)
    ('2', '0.5', '0.67')
    """
    return f"{number:.2f}".rstrip("0").rstrip(".")


def count_points(number: float) -> str:
    """Write how many points there are.

    >>> count_points(1), count_points(0.5)
    ('1 point', '0.5 points')
    """
    return f"{short(number)} point{'' if number == 1 else 's'}"
