"""The hints of a lab at the command line: so many as were asked for, from the first on."""

from argparse import Namespace

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._plain_forms import WIDTH
from coursekit.errors import UsageError
from coursekit.lab.code.definition import load_any_lab
from coursekit.prose import plain
from coursekit.words import count


def tell_hints(given: Namespace) -> int:
    """Print the first hint, or as many as were asked for; return 0. Raises UsageError where there are not so many."""
    if given.file:
        raise UsageError("'coursekit lab hint' takes no file. Leave it out.")
    lab = load_any_lab(the_course(given), given.name)
    wanted: int = 1 if given.hints is None else given.hints
    if not 1 <= wanted <= len(lab.hints):
        raise UsageError(f"The lab {lab.name} has {count(len(lab.hints), 'hint')}, so {wanted} cannot be told.")
    for number, hint in enumerate(lab.hints[:wanted], 1):
        said = f"Hint {number}\n{plain(hint, WIDTH)}\n"
        print_json({"type": "hint", "number": number, "says": hint}) if given.json else print(clean(said))
    if wanted < len(lab.hints) and not given.json:
        print(f"The next one: coursekit lab hint {lab.name} --hints {wanted + 1}")
    return 0
