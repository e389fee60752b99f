"""On what a run was made: enough to say, when it comes out otherwise elsewhere, what is different there.

provenance(config, split)   ->  {"versions": {"python": ..., "numpy": ...}, "kernel": "openblas SkylakeX",
                                    "data": "sha256 ..."}
"""

import sys
from hashlib import sha256
from typing import Any, cast

import numpy as np
from threadpoolctl import threadpool_info  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.data import Split


def provenance(config: TrainingConfig, split: Split) -> dict[str, Any]:
    """Return versions, the kernel of the matrix products, and the data's fingerprint."""
    return {"versions": versions(config.backend), "kernel": kernel(), "data": fingerprint(split)}


def versions(backend: Backend) -> dict[str, str]:
    """Return the versions of Python and of the libraries that the run uses."""
    found = {"python": sys.version.split()[0], "numpy": np.__version__}
    if backend == "tensorflow":
        from importlib.metadata import version  # 10 ms, and importing TensorFlow takes 4 s

        found["tensorflow"] = version("tensorflow")
    return found


def kernel() -> str:
    """Return which BLAS NumPy has, and which processor it was told apart as: the order of sums may differ by both."""
    pools = cast("list[dict[str, Any]]", threadpool_info())
    blas = next((pool for pool in pools if pool["user_api"] == "blas"), None)
    return f"{blas['internal_api']} {blas.get('architecture', '')}".strip() if blas else "unknown"


def fingerprint(split: Split) -> str:
    """Return a hash of the data's numbers, rounded so that it does not hang on their last digits."""
    hashed = sha256()
    for array in (split.x_train, split.y_train, split.x_validation, split.y_validation):
        rounded = np.round(np.asarray(array, np.float32), 4) + np.float32(0)  # there is no -0 then
        hashed.update(str(rounded.shape).encode() + rounded.tobytes())
    return f"sha256 {hashed.hexdigest()[:32]}"
