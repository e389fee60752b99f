"""Numbers in sentences."""


def count(number: int, word: str) -> str:
    """Write how many there are of something.

    >>> count(1, "run"), count(0, "run")
    ('1 run', '0 runs')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"
