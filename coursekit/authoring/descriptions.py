"""What a field is for, in a line that an editor shows beside it. Names, types and words come from the readers."""

from collections.abc import Mapping

_SAID: Mapping[str, str] = {
    "abs": "How far a response may be from the key.",
    "ask": "What is asked about the run.",
    "at_least": "The value that must be reached or passed.",
    "at_most": "The value that must not be passed.",
    "attempts": "How many tries there are at one variant before its key is shown.",
    "choices": "The values that a knob can take.",
    "config": "The run before any knob is turned: model, data, optimizer, learning_rate, batch_size, steps …",
    "defaults": "What holds for all questions of this topic that do not say otherwise.",
    "difficulty": "A whole number from 1 (easy) to 5.",
    "entry": "The name of the function to write.",
    "field": "The field of study.",
    "goals": "What a run must reach, and what that is worth.",
    "id": "The name by which progress is kept: small letters, digits and dashes. Never change it.",
    "key": "What is right: a number or an expression over params, or true or false.",
    "keys": "Texts that are right; the first is shown. One that begins with 're:' is a pattern.",
    "kind": "The kind of question; a task list needs none.",
    "knobs": "The settings that a learner may turn, each with its range or its choices.",
    "lab": "The folder under labs/ that this leads to.",
    "lesson": "The lesson under which this topic stands.",
    "max": "The largest value.",
    "metric": "What is measured.",
    "min": "The smallest value.",
    "objective": "A name from the topic's objectives.",
    "objectives": "What a learner can do afterwards, each by a short name such as LO-1.",
    "pace": "Steps shown in a second.",
    "params": "Values that are drawn anew for each variant: lists, or {min: 1, max: 4, step: 1}.",
    "points": "What a full mark is worth.",
    "programme": "The programme that this course belongs to.",
    "related": "Ids of questions to go on with.",
    "rel": "How far a response may be from the key, as a share of it.",
    "reveal": "When the key is shown: after the last try, only when right, or never.",
    "run": "The lab's knobs to turn, as in {learning_rate: 1.1}.",
    "runs": "The settings of two runs.",
    "say": "What is told to someone who gives this value.",
    "scale": "How a knob's range is divided.",
    "scoring": "How parts of a response count.",
    "sets": "Where in the config a knob's value goes; by default its own name.",
    "solution": "Settings that meet every goal.",
    "step": "The distance of two values.",
    "tags": "Words to find the question by.",
    "target": "The loss to be reached.",
    "title": "The title.",
    "tolerance": "How near is near enough; by default half a percent.",
    "unit": "The unit of the key.",
    "units": "Other units that may be written, each with how much one of them is.",
    "value": "A response that shows a certain slip.",
    "where": "Conditions that the params must meet, as in [lr * h < 2].",
    "wrong": "Slips worth naming; in a lab, settings that must miss a goal.",
}


def describe(name: str) -> str:
    """Return what a field is for, '' for one that nobody has described yet."""
    return _SAID.get(name, "")
