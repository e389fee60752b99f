"""What is safe to mend, mended in the files: one word in one line."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from coursekit.check.finding import Finding

_SAFE = ("unknown-field", "unknown-part", "unknown-word", "wrong-heading")


def fix(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Mend the findings whose mending is sure; return those that were mended. A file that changed is left alone."""
    return tuple(finding for finding in findings if finding.fix and finding.code in _SAFE and _mend(finding))


def _mend(finding: Finding) -> bool:
    old, new = finding.fix or ("", "")
    path = Path(finding.path)
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
        line = lines[finding.line - 1]
        mended = re.sub(
            rf"(?<![\w-]){re.escape(old)}(?![\w-])" if old.strip("#") else f"^{old}(?!#)", new, line, count=1
        )
        if mended == line:
            return False
        lines[finding.line - 1] = mended
        _replace(path, "\n".join(lines))
    except (OSError, UnicodeDecodeError, IndexError):
        return False
    return True


def _replace(path: Path, text: str) -> None:
    """Write a file as a whole or not at all, with the mode that it had."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(text.encode("utf-8"))
    new.chmod(path.stat().st_mode)
    os.replace(new, path)
