"""Compile the package when it is installed in place, so that its first start is as quick as any later one.

pip compiles what it copies, but an editable install copies nothing; and where PYTHONDONTWRITEBYTECODE is set, every
start would compile anew, which costs the app two thirds of its time to the first frame.
"""

from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileInPlace(BuildHookInterface[Any]):
    """Runs before an editable wheel is made; others leave compiling to pip."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every module of the checkout, checked by its time of change when it is loaded."""
        del build_data
        if version == "editable":
            folder = Path(self.root) / "coursekit"
            compile_dir(str(folder), quiet=1, invalidation_mode=PycInvalidationMode.TIMESTAMP)
