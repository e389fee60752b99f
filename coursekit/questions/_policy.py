"""How often a question may be tried in one sitting, and when its key is shown.

A question, its topic's `defaults:`, or `course.md` may say:

    attempts: 2        # tries at one variant, before its key is shown
    reveal: right      # last (the default): when right or no try is left | right: only when right | never
"""

from dataclasses import dataclass
from typing import final

from coursekit.errors import ContentError
from coursekit.fields import Fields
from coursekit.model import Choice, LongText
from coursekit.questions._body import Body, Experiment

REVEALS = ("last", "never", "right")
_MOST = 20


@final
@dataclass(frozen=True, slots=True)
class Policy:
    """`attempts` tries in one sitting; `reveal` is one of REVEALS."""

    attempts: int = 1
    reveal: str = "last"

    def is_revealed(self, mark: float, tries: int) -> bool:
        """Say whether the key is shown after a try that got this mark, the last of so many."""
        is_last = self.reveal == "last" and tries >= self.attempts
        return is_last or (self.reveal != "never" and mark >= 1)


ONE_TRY = Policy()
"""What holds where nothing is said."""


def read_policy(fields: Fields, inherited: Policy) -> Policy:
    """Read what is said here; the rest is inherited. Raises ContentError."""
    attempts = fields.number("attempts", inherited.attempts)
    if attempts != int(attempts) or not 1 <= attempts <= _MOST:
        raise fields.error("attempts", f"'attempts' is a whole number from 1 to {_MOST}, got {attempts:g}.")
    return Policy(int(attempts), fields.choice("reveal", REVEALS, inherited.reveal))


def policy_for(fields: Fields, body: Body, inherited: Policy) -> Policy:
    """Read a question's policy. What is inherited is fitted to the kind; what the question itself says must fit it.

    Raises ContentError.
    """
    asked, most = read_policy(fields, inherited), _most_tries(body)
    if "attempts" in fields and asked.attempts > most:
        raise _too_many(fields, body, most)
    if isinstance(body, Experiment):
        if "reveal" in fields and asked.reveal != "last":
            raise fields.error("reveal", "A prediction's run shows what happens. Take 'reveal' out.")
        return ONE_TRY
    return Policy(min(asked.attempts, most), asked.reveal)


def _most_tries(body: Body) -> int:
    """Return how many tries can still say something: not as many as there are options to go through."""
    match body.interaction():
        case _ if not body.key():  # a run, a lab or another grader decides
            return 1
        case Choice(options=options, many=False):
            return len(options) - 1
        case LongText():
            return 1
        case _:
            return _MOST


def _too_many(fields: Fields, body: Body, most: int) -> ContentError:
    if isinstance(body.interaction(), Choice) and not isinstance(body, Experiment):
        why = "With so many, going through the options would do"
    else:
        why = "This kind of question is decided at once"
    return fields.error("attempts", f"{why}. Write 'attempts: {most}', or take it out.")
