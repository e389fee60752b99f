"""The completion script for fish: a line of `complete` for each command, option and place of a word."""

from collections.abc import Iterator

from coursekit.cli._completing import FILES, FOLDERS, Completed, Value, completed, everywhere

_TOP = """\
# fish completion for coursekit, made by 'coursekit completion fish'

function __coursekit_at --description 'Say whether a word of this command, at this place or later, comes next'
    set -l words (commandline -opc)
    set -e words[1]
    set -l command ''
    set -l place 0
    set -l skip no
    for word in $words
        if test $skip = yes
            set skip no
        else if contains -- "$command $word" $__coursekit_taking; or contains -- " $word" $__coursekit_taking
            set skip yes
        else if string match -qv -- '-*' $word
            if test -z "$command"
                set command $word
            else
                set place (math $place + 1)
            end
        end
    end
    test "$command" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    test $place -ge $argv[2]; and test $place -le $argv[3]
end

function __coursekit_names
    set -l words (commandline -opc)
    set -l given
    for option in --course --home --profile
        if set -l at (contains -i -- $option $words)
            set -a given $option $words[(math $at + 1)]
        end
    end
    set -l program (string replace -r '^~' $HOME -- $words[1])
    $program $given completion --names $argv[1] 2>/dev/null
end
"""
_MANY = 999


def script() -> str:
    """Return the whole script."""
    commands = tuple(completed())
    root, *others = commands
    taking = " ".join(_quoted(f"{name} {spelling}") for name, spelling in _taking(commands))
    lines = [f"set -g __coursekit_taking {taking}", "complete -c coursekit -f"]
    lines += [f"{_when('')} -a {each.name} -d {_quoted(each.says)}" for each in others]
    lines += [line for each in (root, *others) for line in _option_lines(each)]
    lines += [line for each in others for line in _word_lines(each)]
    return "\n".join([_TOP, *lines, ""])


def _taking(commands: tuple[Completed, ...]) -> Iterator[tuple[str, str]]:
    """Yield each option after which a word has to follow, with its command; '' for those of all."""
    every = ((each.name, each.options) for each in commands)
    for name, options in (("", everywhere()), *every):
        yield from ((name, spelling) for option in options if option.value for spelling in option.spellings)


def _option_lines(command: Completed) -> Iterator[str]:
    for option in (*command.options, *everywhere()):
        spellings = " ".join(
            f"-{'l' if word.startswith('--') else 's'} {word.lstrip('-')}" for word in option.spellings
        )
        value = f" {_what(option.value, '-r')}" if option.value else ""
        yield f"{_when(command.name)} {spellings}{value} -d {_quoted(option.says)}"


def _word_lines(command: Completed) -> Iterator[str]:
    last = len(command.values) - 1
    for place, value in enumerate(command.values):
        until = _MANY if command.is_open and place == last else place
        if what := _what(value, ""):
            yield f"{_when(f'{command.name} {place} {until}')} {what} -d {_quoted(value.says)}"


def _when(place: str) -> str:
    return f'complete -c coursekit -n "__coursekit_at {place or chr(39) * 2}"'


def _what(value: Value, other: str) -> str:
    """Return the flags that say what a value may be."""
    if value.words:
        return f"-x -a {_quoted(' '.join(value.words))}"
    if value.of:
        return f'-x -a "(__coursekit_names {value.of})"'
    return {FILES: "-r -F", FOLDERS: '-x -a "(__fish_complete_directories)"'}.get(value.source, other)


def _quoted(text: str) -> str:
    r"""Quote for fish, in whose quotes only a backslash and a quote are marks.

    >>> print(_quoted("a lab's name"))
    'a lab\'s name'
    """
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
