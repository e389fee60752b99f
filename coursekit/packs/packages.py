"""Courses that came as Python packages, found by their entry points without importing any of them.

    [project.entry-points."coursekit.courses"]
    my-course = "my_course"            # the package whose folder has content/ and labs/

`importlib.util.find_spec("a.b")` would import `a`, so the folder is looked up among the distribution's files.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from typing import final
from urllib.parse import urlsplit

GROUP = "coursekit.courses"


@final
@dataclass(frozen=True, slots=True)
class PackageCourse:
    """The folder of a package that says it is a course, None when there is no course in it."""

    package: str
    folder: Path | None


def package_courses() -> Iterator[PackageCourse]:
    """List the packages on `sys.path` that say they are courses, by their names."""
    points = {_module(point): point for point in sorted(entry_points(group=GROUP))}
    for module, point in sorted(points.items()):
        yield PackageCourse(module, _folder(point, module))


def _module(point: EntryPoint) -> str:
    return point.value.partition(":")[0].partition("[")[0].strip()


def _folder(point: EntryPoint, module: str) -> Path | None:
    parts = module.split(".")
    if point.dist is None or not all(part.isidentifier() for part in parts):
        return None
    for root in _roots(point.dist):
        folder = root.joinpath(*parts)
        if (folder / "content" / "course.md").is_file():
            return folder
    return None


def _roots(distribution: Distribution) -> Iterator[Path]:
    """Yield where a distribution's packages lie: beside its metadata, or where it is installed in place (PEP 610)."""
    yield Path(str(distribution.locate_file("")))
    try:
        origin = json.loads(distribution.read_text("direct_url.json") or "{}")
        url, is_in_place = urlsplit(str(origin["url"])), origin["dir_info"]["editable"] is True
    except (ValueError, KeyError, TypeError):
        return
    from urllib.request import url2pathname  # 40 ms, so only for a package that is installed in place

    if is_in_place and url.scheme == "file":
        checkout = Path(url2pathname(url.path))
        yield from (checkout, checkout / "src")
