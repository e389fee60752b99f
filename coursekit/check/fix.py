"""What is safe to mend, mended in the files: one word in one line."""

import re
from collections.abc import Iterable
from pathlib import Path

from coursekit.check.finding import Finding
from coursekit.files import replace_file

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
        replace_file(path, "\n".join(lines).encode("utf-8"))
    except (OSError, UnicodeDecodeError, IndexError):
        return False
    return True
