"""Every error that coursekit raises on purpose: one tree, each message for a person.

content/sgd/rate.md:14: A numeric question needs a number as its key. Write for example 'key: 0.01'.
"""

from typing import final

from coursekit.clean import clean


class CoursekitError(Exception):
    """Something a person can mend: the message says what is wrong, where, and what to do.

    Messages quote files and what was typed, so they are made safe to show.
    """

    def __init__(self, message: str) -> None:
        super().__init__(clean(message))


@final
class ContentError(CoursekitError):
    """An author's file is wrong at one line.

    `code` names the kind of mistake, as `coursekit explain` knows it; `fix` is what to put in that line for what.
    """

    def __init__(
        self, path: str, line: int, message: str, *, code: str = "bad-file", fix: tuple[str, str] | None = None
    ) -> None:
        self.message = clean(message).replace("\n", "\ufffd")  # or a file could write findings of its own
        super().__init__(f"{path}:{line}: {self.message}")
        self.path = path
        self.line = line
        self.code = code
        self.fix = fix


@final
class UsageError(CoursekitError):
    """A command, an option or a name that a person typed is wrong."""


@final
class ConfigError(CoursekitError):
    """A training configuration is wrong in one field, which the message names."""


@final
class CourseError(CoursekitError):
    """There is no course where one was looked for."""


@final
class StoreError(CoursekitError):
    """The learner's record cannot be read or written."""


@final
class WorkerError(CoursekitError):
    """A child process ended without a result."""


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """Return the one known word that was surely meant, None when there is a doubt."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=2, cutoff=0.75)
    return close[0] if len(close) == 1 else None


def suggest(word: str, known: tuple[str, ...]) -> str:
    """Say which of the known words was probably meant, then list them.

    >>> suggest("multi-choice", ("cloze", "multiple-choice"))
    "Did you mean 'multiple-choice'? There are: cloze, multiple-choice."
    """
    from difflib import get_close_matches  # 1 ms, so only when something was mistyped

    close = get_close_matches(word, known, n=1, cutoff=0.5)
    guess = f"Did you mean '{close[0]}'? " if close else ""
    return f"{guess}There are: {', '.join(sorted(known))}."
