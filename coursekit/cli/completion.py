"""Print a script by which your shell completes commands, options, files and names.

examples:
  coursekit completion bash > ~/.local/share/bash-completion/completions/coursekit
  coursekit completion zsh > ~/.zfunc/_coursekit       where fpath has ~/.zfunc, before compinit
  coursekit completion fish > ~/.config/fish/completions/coursekit.fish
  coursekit completion --names labs                    what the script asks for

Make it again after coursekit has been updated. For the shell at hand alone: source <(coursekit completion bash)
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from coursekit.cli._context import the_course, the_shared_home
from coursekit.errors import UsageError

GROUP = "machine"

_SHELLS = ("bash", "zsh", "fish")
_OF = ("questions", "labs", "exams", "codes", "kinds", "settings", "profiles", "commands")


def add_arguments(parser: ArgumentParser) -> None:
    """Say for which shell."""
    parser.add_argument("shell", nargs="?", choices=_SHELLS, help="whose script to print")
    parser.add_argument("--names", choices=_OF, help="print the names of these, one a line")


def run(given: Namespace) -> int:
    """Print the script, or names for one."""
    if (given.shell is None) == (given.names is None):
        raise UsageError(f"Say whose script: {', '.join(_SHELLS)}. See 'coursekit completion --help'.")
    if given.names:
        print("\n".join(_names(given)))
    else:
        print(_script(given.shell), end="")
    return 0


def _script(shell: str) -> str:
    match shell:
        case "bash":
            from coursekit.cli._complete_bash import script
        case "zsh":
            from coursekit.cli._complete_zsh import script
        case _:
            from coursekit.cli._complete_fish import script
    return script()


def _names(given: Namespace) -> Iterable[str]:
    """Return names; each kind loads only what it needs, since a person waits."""
    match given.names:
        case "questions":
            return the_course(given).topic_of
        case "labs":
            return the_course(given).lab_names()
        case "exams":
            from coursekit.exam.folder import exam_names

            return exam_names(the_course(given))
        case "profiles":
            from coursekit.cli._profile import profiles

            return profiles(the_shared_home(given))
        case _:
            return _fixed_names(given.names)


def _fixed_names(of: str) -> Iterable[str]:
    """Return names that hang on coursekit alone."""
    match of:
        case "codes":
            from coursekit.check.rule import FAMILY
            from coursekit.plugins import names

            return names(FAMILY)
        case "kinds":
            from coursekit.authoring.reference import names

            return names()
        case "settings":
            from coursekit.study.settings import settings

            return settings()
        case _:
            from coursekit.cli._parser import commands

            return commands()
