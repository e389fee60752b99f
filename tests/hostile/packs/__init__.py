"""The corpus: packs by name."""

from collections.abc import Mapping

from tests.hostile.packs import files, grading, labs, markdown, texts, yaml
from tests.hostile.packs._pack import Pack

PACKS: Mapping[str, Pack] = {
    pack.name: pack for module in (yaml, files, texts, markdown, grading, labs) for pack in module.PACKS
}
