"""The way of a run at the command line: where it went, and what it saw at some of its steps."""

from argparse import Namespace
from dataclasses import asdict

from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._lab_run import read_settings
from coursekit.cli._log import the_log
from coursekit.errors import UsageError
from coursekit.lab.definition import load_lab
from coursekit.lab.telling import tell_place, tell_whole
from coursekit.lab.travel import Journey, Place, Travel
from coursekit.train.config import TrainingConfig

_TOLD = 8  # places, besides the start
_ALL = 1000  # steps are kept one by one up to so many


def tell_way(given: Namespace) -> int:
    """Print the way that a run takes; nothing is recorded."""
    lab = load_lab(the_course(given), given.name)
    config = lab.configure(read_settings(given.set), seed=given.seed)
    if not isinstance(config, TrainingConfig):
        raise UsageError(f"The lab {lab.name} measures, it takes no steps. See it with 'coursekit lab run {lab.name}'.")
    journey = _journey(given, config)
    if given.json:
        print_json({"type": "way", "lab": lab.name, "config": config.to_json(), **asdict(journey)})
    elif given.step is None:
        print(tell_whole(journey))
        every = max(1, (len(journey.places) - 1) // _TOLD)
        for place in (*journey.places[:-1:every], journey.places[-1]):
            print(tell_place(place, journey.places[-1].step))
    else:
        print(tell_place(_place(journey, given.step), journey.places[-1].step))
    return 0


def _journey(given: Namespace, config: TrainingConfig) -> Journey:
    points = _ALL if given.step is not None else 100
    with Travel(config, the_log(given), points=points) as travel:
        *_, last = travel.news()
    assert isinstance(last, Journey)  # as news ends, or it raises
    return last


def _place(journey: Journey, step: int) -> Place:
    last = journey.places[-1].step
    if not 0 <= step <= last:
        raise UsageError(f"The run has steps 0 to {last}; there is no step {step}.")
    return min(journey.places, key=lambda place: abs(place.step - step))
