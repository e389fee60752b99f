import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.jobs import read_job
from coursekit.train.probes.gradient_noise import GradientNoise
from coursekit.train.probing import ProbeConfig
from tests.train.probes.conftest import measured


def test_the_variance_falls_as_one_over_the_batch() -> None:
    rows, values = measured(GradientNoise(batch_size=32))

    products = [float(row["variance_times_batch"] or 0) for row in rows]
    assert [row["batch_size"] for row in rows] == [1, 4, 16, 64, 256, 32]
    assert products == pytest.approx([np.mean(products)] * 6, rel=0.1)
    assert values["examples"] == 32


def test_all_rows_without_replacement_have_no_noise_and_half_of_them_the_factor_of_the_books() -> None:
    whole = measured(GradientNoise(batch_size=1437, sampling="without"))[1]
    half = measured(GradientNoise(batch_size=718, sampling="without", draws=2000))[1]
    one = measured(GradientNoise(batch_size=1, draws=2000))[1]

    assert whole["noise"] < 1e-12
    assert half["variance_times_batch"] == pytest.approx(one["variance"] * (1437 - 718) / 1436, rel=0.1)


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(GradientNoise(draws=20), 3) == measured(GradientNoise(draws=20), 3)
    assert measured(GradientNoise(draws=20), 3) != measured(GradientNoise(draws=20), 4)


def test_a_measurement_is_read_from_json_and_written_to_it() -> None:
    whole = {
        "probe": {"name": "gradient-noise", "batch_size": 8, "draws": 400, "sampling": "with replacement"},
        "seed": 7,
    }

    job = read_job(whole)

    assert isinstance(job, ProbeConfig)
    assert job.to_json() == whole
    assert job.backend == "numpy"


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"probe": "gradient-nose"}, "probe has no 'gradient-nose'. Did you mean 'gradient-noise'"),
        ({"probe": {"name": "gradient-noise", "draws": 1}}, "probe.draws must be a whole number"),
        ({"probe": "gradient-noise", "steps": 3}, "steps is not a known field"),
        ({"probe": "gradient-noise", "seed": -1}, "seed must be a whole number of at least 0"),
    ],
)
def test_a_wrong_measurement_is_told_what_is_allowed(config: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_job(config)
