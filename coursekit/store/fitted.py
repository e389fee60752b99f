"""FSRS's parameters as they were fitted to a learner: put away where the FSRS that is installed cannot use them."""

from coursekit.scheduling import can_use
from coursekit.store.settings import Settings

PUT_AWAY = "parameters_put_away"
"""By this name they are kept then."""


def put_strange_parameters_away(settings: Settings) -> str:
    """Let FSRS's own count in the place of parameters that it cannot use; return what a person should know.

    The cards are made anew with these when they are next read. Raises StoreError.
    """
    kept = settings.get("parameters")
    if not kept or can_use(kept):
        return ""
    settings.rename("parameters", PUT_AWAY)
    return (
        "Another version of FSRS was fitted to you, and this one cannot use its parameters. They are put away, and "
        "FSRS's own count from now on; 'coursekit reschedule --fit' fits them anew. Your attempts are as they were."
    )
