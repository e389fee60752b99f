"""Write the tables of commands and keys into README.md, between their marks: `python -m tests.tables`.

With --check it changes nothing and ends with 1 where a table is not what the code says.
"""

import re
import sys
from pathlib import Path

from coursekit.cli._tables import command_lines, key_lines

README = Path(__file__).parents[1] / "README.md"
TABLES = {"commands": command_lines, "keys": key_lines}


def with_tables(text: str) -> str:
    """Return a page with the tables as the code has them; a page without marks stays as it is."""
    for name, lines in TABLES.items():
        table = "\n".join(lines(as_markdown=True)).strip()
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, table=table: f"{found[1]}\n{table}\n\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


def main() -> int:
    """Write the page, or only look."""
    before = README.read_text(encoding="utf-8")
    after = with_tables(before)
    if "--check" in sys.argv[1:]:
        return int(after != before)
    README.write_text(after, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
