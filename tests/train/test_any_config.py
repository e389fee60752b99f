"""Any configuration that is accepted goes through JSON unchanged and runs, whatever it is made of."""

import json
from dataclasses import replace
from math import isfinite
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import plugins
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit, outcome

# Small data of every kind that a model can want.
DATA: dict[str | None, list[dict[str, Any]]] = {
    None: [],
    "classes": [
        {"name": "digits"},
        {"name": "penguins"},
        {"name": "blobs", "n": 60},
        {"name": "blobs", "n": 60, "order": "sorted"},
        {"name": "spirals", "n": 60},
    ],
    "yes or no": [{"name": "sparse-logistic", "n": 60}],
    "numbers": [{"name": "linear", "n": 60}],
    "slopes": [{"name": "slopes", "n": 60}],
}
# Plug-ins that need an option, or of which another option is worth a try.
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "mlp": [{"hidden": [3]}, {"hidden": [4, 3], "activation": "tanh", "init_by": "glorot"}],
    "cnn": [{"filters": [2]}, {"filters": [2, 3], "padding": "same", "pool": 2, "hidden": [4]}],
    "stack": [{}, {"layers": 0}, {"layers": 16, "width": 3, "activation": "relu", "weights": "shared"}],
    "rmsprop": [{}, {"centered": True, "momentum": 0.5}],
    "step": [{"boundaries": [2]}],
    "warmup": [{"warmup_steps": 2, "then": "cosine"}],
}


def plugin(family: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any member of a family, with some options."""
    made = [{"name": name, **options} for name in plugins.names(family) for options in VARIANTS.get(name, [{}])]
    return st.sampled_from(made)


@st.composite
def configurations(draw: st.DrawFn) -> TrainingConfig:
    model = draw(plugin("coursekit.train.models"))
    target = plugins.load("coursekit.train.models", model["name"]).target
    data = draw(st.sampled_from(DATA[target])) if target else None
    if model["name"] == "cnn":
        data = {"name": "digits"}
    return TrainingConfig.from_json(
        {
            "model": model,
            "data": data,
            "optimizer": draw(plugin("coursekit.train.optimizers")),
            "schedule": draw(plugin("coursekit.train.schedules")),
            "learning_rate": draw(st.floats(1e-6, 1e3)),
            "weight_decay": draw(st.sampled_from([0.0, 0.1])),
            "clip_norm": draw(st.sampled_from([None, 0.5])),
            "batch_size": draw(st.sampled_from([None, 1, 7, 32])) if data else None,
            "shuffle": draw(st.sampled_from(["each epoch", "once", "never", "with replacement"])),
            "drop_last": draw(st.booleans()),
            "steps": 5,
            "seed": draw(st.integers(0, 2**32)),
            "eval_every": draw(st.sampled_from([1, 2, 100])),
            "dtype": draw(st.sampled_from(["float32", "float64"])),
        }
    )


@pytest.mark.filterwarnings("error")  # a run that diverges says so by its losses, not by warnings
@settings(max_examples=150, deadline=None)
@given(configurations())
def test_it_goes_through_json_and_runs(config: TrainingConfig) -> None:
    again = TrainingConfig.from_json(json.loads(json.dumps(config.to_json(), allow_nan=False)))
    steps = list(fit(config))

    assert again == config
    assert [step.step for step in steps] == list(range(1, len(steps) + 1))
    assert len(steps) == config.steps or outcome(steps) == "diverged"
    assert steps[-1].validation_loss is not None or outcome(steps) == "diverged"
    assert all(step.accuracy is None or 0 <= step.accuracy <= 1 for step in steps)


@settings(max_examples=30, deadline=None)
@given(configurations())
def test_the_same_configuration_gives_the_same_run(config: TrainingConfig) -> None:
    first, second = list(fit(config)), list(fit(replace(config)))

    assert [step[:2] for step in first if isfinite(step.loss)] == [step[:2] for step in second if isfinite(step.loss)]
    assert len(first) == len(second)
