"""Which tier holds on this machine: found by trying to get out of it."""

import os
import sys
from functools import cache

from coursekit.errors import UsageError, WorkerError
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.tier import Tier, TierReport

__all__ = ["Tier", "TierReport", "best_tier", "describe_tiers", "likely_tier", "require"]


def best_tier() -> Tier:
    """Return the highest tier that holds; COURSEKIT_SANDBOX=1, 2 or 3 lowers it, never raises it.

    Raises WorkerError when one could not be tried.
    """
    most = _asked()
    tiers = (tier for tier in sorted(Tier, reverse=True) if tier <= most)
    return next((tier for tier in tiers if not _why_not(tier)), Tier.PROCESS)


def likely_tier() -> Tier:
    """Return the highest tier that has what it needs here, without a try: a child shows whether it holds."""
    most = _asked()
    return next((tier for tier in sorted(Tier, reverse=True) if tier <= most and _is_likely(tier)), Tier.PROCESS)


def describe_tiers() -> tuple[TierReport, ...]:
    """Try every tier and say which hold."""
    return tuple(map(_report, Tier))


def require(tier: Tier | None, limits: Limits) -> Tier:
    """Return the tier to use. Raises UsageError when it does not hold here or the limits need a higher one."""
    chosen = best_tier() if tier is None else tier
    if why_not := _why_not(chosen):
        raise UsageError(f"Sandbox tier {chosen} does not hold here: {why_not} 'coursekit doctor' says which do.")
    if limits.processes > 1 and chosen < Tier.CONTAINED:
        raise UsageError(
            f"This needs a sandbox that may have processes: tier {Tier.CONTAINED}, and this is tier {chosen}. "
            "Install bubblewrap; 'coursekit doctor' says whether it works."
        )
    if limits.processes > 1 and os.geteuid() == 0:
        raise UsageError("The system counts no processes of an administrator. Run this as an ordinary user.")
    return chosen


def _asked() -> Tier:
    asked = os.environ.get("COURSEKIT_SANDBOX", "3")
    if asked not in {"1", "2", "3"}:
        raise UsageError(f"COURSEKIT_SANDBOX is 1, 2 or 3, not '{asked}'.")
    return Tier(int(asked))


def _report(tier: Tier) -> TierReport:
    try:
        why_not = _why_not(tier)
    except WorkerError as error:
        why_not = str(error)
    return TierReport(tier, not why_not, why_not)


def _is_likely(tier: Tier) -> bool:
    if tier == Tier.PROCESS:
        return True
    if sys.platform != "linux":
        return False
    from coursekit.sandbox.bubblewrap import is_installed

    return tier < Tier.CONTAINED or is_installed()


@cache
def _why_not(tier: Tier) -> str:
    """Return why a tier does not hold, after a real try; empty when it does."""
    if os.name != "posix":
        return "A sandbox needs Linux, or at least macOS."
    if tier == Tier.PROCESS:
        return ""
    from coursekit.sandbox.trying import why_not

    return why_not(tier)
