"""Print what a wheel requires without its extras and without the named packages, one a line.

python .ci/requirements.py dist/coursekit-0.1.0-py3-none-any.whl tensorflow
"""

import sys
from email.parser import Parser
from zipfile import ZipFile

from packaging.requirements import Requirement


def main(path: str, *left_out: str) -> None:
    """Read the metadata and print."""
    with ZipFile(path) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(wheel.read(name).decode())
    for line in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        is_extra = requirement.marker is not None and "extra" in str(requirement.marker)
        if not is_extra and requirement.name not in left_out:
            print(requirement)


if __name__ == "__main__":
    main(*sys.argv[1:])
