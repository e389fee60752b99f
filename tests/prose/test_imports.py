import subprocess
import sys

import pytest


@pytest.mark.parametrize("name", ["markdown_it", "pygments", "texicode", "textual"])
def test_slow_libraries_wait_until_they_are_needed(name: str):
    code = f"import sys, coursekit.prose; sys.exit('{name}' in sys.modules)"

    status = subprocess.run([sys.executable, "-c", code], check=False).returncode

    assert status == 0
