"""What Python says when it finds something left over goes to a file: it would be written over the screen, or after it.

Textual forgets a widget whose screen is closed while it is being laid out; its task is then "destroyed but pending".
"""

import asyncio
import sys
from pathlib import Path
from traceback import format_exception
from typing import Any

_MOST_BYTES = 100_000


def keep_strays(home: Path) -> None:
    """Have the loop that runs, and the collector of garbage, write to `logs/strays.log`."""

    def of_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:  # Any: asyncio's
        _keep(home, str(context.get("message")), context.get("exception"))

    def of_collector(found: "sys.UnraisableHookArgs") -> None:
        _keep(home, f"{found.err_msg or 'Ignored'}: {found.object!r}", found.exc_value)

    asyncio.get_running_loop().set_exception_handler(of_loop)
    sys.unraisablehook = of_collector


def _keep(home: Path, said: str, error: BaseException | None) -> None:
    path = home / "logs" / "strays.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "a" if path.exists() and path.stat().st_size < _MOST_BYTES else "w"
        with path.open(mode, encoding="utf-8") as file:
            file.write(f"{said}\n{''.join(format_exception(error)) if error else ''}")
    except OSError:  # there is nobody to tell
        return
