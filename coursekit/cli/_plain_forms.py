"""How each interaction is shown, read and told line by line.

Gap 1 of 2 (a number): half
'half' does not read as a number. Write for example 0.5, 1/2, 5e-1 or 50 %.
Gap 1 of 2 (a number):
"""

import sys
from typing import assert_never, final

from coursekit.clean import clean
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Choice, Gaps, Interaction, LongText, Matching, Ordering, Program, Response, TextEntry
from coursekit.prose import plain

WIDTH = 76
LETTERS = "abcdefgijklmoprstuvwxyz"
"""What partners are called: h, n and q mean something else here."""
SURENESS = {"sure": "sure", "think so": "think so", "think": "think so", "guess": "guess"}
"""How sure one is, by what may be typed for it before a response."""
HOW_SURE = "Before a response, if you like, how sure you are: sure, think so, guess."

_FIRST_MARK = 0xE000


class Skip(Exception):  # noqa: N818  not an error: the learner goes on
    """The learner typed n."""


class Quit(Exception):  # noqa: N818  not an error: the learner leaves
    """The learner typed q or ctrl+c, or the input ended; `draft` is what was written and not submitted."""

    def __init__(self, draft: Response = (), *, is_interrupt: bool = False) -> None:
        super().__init__()
        self.draft = draft
        self.is_interrupt = is_interrupt


class Word(Exception):  # noqa: N818  not an error: the learner asks for something else
    """The learner typed a word that means something here."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word


@final
class Listener:
    """Reads what is typed to a question: h tells a hint and asks again, n skips, q and the end of input leave.

    How sure one is may be said before, and is kept as `confidence`. Where other `words` mean something, they are raised
    as Word, n and h too. A question mark tells `help`.
    """

    def __init__(self, hints: tuple[str, ...] = (), words: frozenset[str] = frozenset(), help: str = HOW_SURE) -> None:
        self._hints = hints
        self._words = words
        self._help = help
        self.hints_told = 0
        self.confidence: str | None = None

    def line(self, prompt: str) -> str:
        """Read one line that is a response, or a part of one. Raises Skip, Word."""
        while self.has_heard(text := line(prompt)):
            pass
        return text

    def has_heard(self, text: str) -> bool:
        """Do what is asked for in the place of a response; False where it is one. Raises Skip, Word."""
        if text in self._words:
            raise Word(text)
        if text == "n":
            say("Skipped.")
            raise Skip
        if text == "?":
            say(self._help)
        elif text == "h":
            self.hint()
        elif said := SURENESS.get(text):
            self.confidence = said
            say(f"Kept: {said}.")
        else:
            return False
        return True

    def hint(self) -> None:
        """Tell the next hint."""
        if self.hints_told == len(self._hints):
            say("There are no more hints.")
            return
        say(plain(self._hints[self.hints_told], WIDTH))
        self.hints_told += 1


def show(interaction: Interaction) -> None:
    """Say what there is to choose from, or what is expected."""
    match interaction:
        case Choice(options=options):
            _list(options)
        case TextEntry() | LongText():
            say(f"Expected: {interaction.form}.")
        case Gaps():
            say(_with_boxes(interaction))
        case Ordering(items=items, shown=shown):
            _list(tuple(items[number - 1] for number in shown))
        case Matching(prompts=prompts, partners=partners, shown=shown):
            _list(prompts)
            say("Partners:")
            for letter, number in zip(LETTERS, shown, strict=False):
                say(hanging(f"{letter}. ", partners[number - 1]))
        case Program(entry=entry):
            say(plain(f"Write `{entry}` in your editor; this question is graded in its lab.", WIDTH))
        case _:
            assert_never(interaction)


def read(interaction: Interaction, draft: Response, listener: Listener) -> Response:
    """Read a response, numbers in the author's order; what cannot be one is said and asked again. Raises Skip, Quit."""
    match interaction:
        case Choice(options=options, many=many):
            text = listener.line("Numbers, separated by spaces: " if many else "Number: ")
            return _picked(text, options)
        case TextEntry():
            text = listener.line("Number: " if interaction.number else "Text: ")
            return (text,) if text else ()
        case LongText():
            return _paragraph(draft, listener)
        case Gaps(gaps=gaps):
            return tuple(
                _gap(gap, f"Gap {at} of {len(gaps)} ({gap.form}): ", listener) for at, gap in enumerate(gaps, 1)
            )
        case Ordering(shown=shown):
            return _order(shown, listener)
        case Matching(prompts=prompts, shown=shown):
            return tuple(_partner(number, shown, listener) for number in range(1, len(prompts) + 1))
        case Program():
            raise Skip
        case _:
            assert_never(interaction)


def spoken(interaction: Interaction, response: Response) -> str:
    """Say a response in words, with the numbers and letters under which they were shown."""
    match interaction:
        case Choice(options=options):
            return "; ".join(f"{number}. {_flat(options[int(number) - 1])}" for number in response)
        case TextEntry() | LongText() | Program():
            return " ".join(response)
        case Gaps():
            return "; ".join(f"gap {number} is {text}" for number, text in enumerate(response, 1))
        case Ordering(items=items, shown=shown):
            return "; ".join(f"{shown.index(int(n)) + 1}. {_flat(items[int(n) - 1])}" for n in response)
        case Matching():
            pairs = zip(interaction.prompts, response, strict=True)
            return "; ".join(f"{_flat(prompt)}: {_partner_words(interaction, number)}" for prompt, number in pairs)
        case _:
            assert_never(interaction)


def feedback_label(interaction: Interaction, number: str, response: Response) -> str:
    """Name what a piece of feedback is on, as the learner knows it."""
    match interaction:
        case Choice():
            return f"{number} (yours)" if number in response else f"{number} (key)"
        case Gaps():
            return f"gap {number}"
        case Ordering(shown=shown):
            return str(shown.index(int(number)) + 1)
        case TextEntry() | LongText() | Matching() | Program():
            return number
        case _:
            assert_never(interaction)


def line(prompt: str) -> str:
    """Read one line; q, ctrl+c and the end of input leave."""
    try:
        text = _next_line(prompt)
    except KeyboardInterrupt:
        raise _interrupted() from None
    if text is None or text == "q":
        raise Quit
    return text


def say(text: str) -> None:
    """Print a text that may be a stranger's."""
    print(clean(text), flush=True)


def hanging(label: str, markdown: str) -> str:
    """Set a text beside a label, its further lines below its first."""
    lines = plain(markdown, WIDTH - len(label)).splitlines()
    return label + f"\n{' ' * len(label)}".join(lines)


def _list(texts: tuple[str, ...]) -> None:
    for number, text in enumerate(texts, 1):
        say(hanging(f"{number}. ", text))


def _picked(text: str, options: tuple[str, ...]) -> Response:
    """Return the numbers that were typed, or that of the option whose own words were, as in true."""
    numbers, said = tuple(_words(text)), text.casefold()
    if all(number.isdecimal() for number in numbers):
        return numbers  # an option that is itself a number is not meant by it
    named = (str(number) for number, option in enumerate(options, 1) if said == _flat(option).casefold())
    return tuple(named)[:1] or numbers


def _with_boxes(interaction: Gaps) -> str:
    """Set the text with a box for each gap; while Markdown is set, characters that it leaves alone stand for them."""
    boxes = {f"[{at} ______]": chr(_FIRST_MARK + at) for at in range(1, len(interaction.gaps) + 1)}
    marks = [mark * len(box) for box, mark in boxes.items()]
    pairs = zip(interaction.between, [*marks, ""], strict=True)
    text = plain("".join(part for pair in pairs for part in pair), WIDTH)
    for box, mark in zip(boxes, marks, strict=True):
        text = text.replace(mark, box)
    return text


def _gap(gap: TextEntry, prompt: str, listener: Listener) -> str:
    while True:
        text = listener.line(prompt)
        problem = what_is_missing(gap, (text,) if text else ())
        if problem is None:
            return text
        say(problem)


def _order(shown: tuple[int, ...], listener: Listener) -> Response:
    """Read all the numbers under which the items were shown."""
    known = [str(place) for place in range(1, len(shown) + 1)]
    while True:
        places = _words(listener.line("Numbers in the right order, separated by spaces: "))
        strange = next((place for place in places if place not in known), None)
        if strange is not None:
            say(f"There is no item '{strange}'. Use the numbers from 1 to {len(shown)}.")
        elif sorted(places) != sorted(known):
            say(f"Give each number from 1 to {len(shown)} once, the first item first.")
        else:
            return tuple(str(shown[int(place) - 1]) for place in places)


def _partner(prompt: int, shown: tuple[int, ...], listener: Listener) -> str:
    """Read the letter of a prompt's partner."""
    letters = LETTERS[: len(shown)]
    while True:
        letter = listener.line(f"Partner of {prompt} ({letters[0]} to {letters[-1]}): ").casefold()
        if len(letter) == 1 and letter in letters:
            return str(shown[letters.index(letter)])
        said = f"There is no partner '{letter}'" if letter else "Nothing is chosen yet"
        say(f"{said}. Type one of the letters {' '.join(letters)}.")


def _partner_words(interaction: Matching, number: str) -> str:
    if not number:
        return "none"
    return f"{LETTERS[interaction.shown.index(int(number))]}. {_flat(interaction.partners[int(number) - 1])}"


def _paragraph(draft: Response, listener: Listener) -> Response:
    """Read lines up to an empty one or the input's end; q leaves, and what was written is kept."""
    lines = list(draft)
    say("Go on writing, then an empty line to submit:" if draft else "Write, then an empty line to submit:")
    while True:
        try:
            text = _next_line("> ")
        except KeyboardInterrupt:
            raise _interrupted("\n".join(lines)) from None
        if text == "q" or (text is None and not lines):
            raise Quit(("\n".join(lines),) if lines else ())
        if not text:
            return ("\n".join(lines),) if lines else ()
        if not lines and listener.has_heard(text):  # further down it is a line of the text
            continue
        lines.append(text)


def _next_line(prompt: str) -> str | None:
    """Read one line without the space around it, None at the end of input."""
    print(prompt, end="", flush=True)
    text = sys.stdin.readline()
    if not text or not sys.stdin.isatty():
        print()
    return text.strip() if text else None


def _interrupted(draft: str = "") -> Quit:
    """End the line that was begun, and keep what was written."""
    print()
    return Quit((draft,) if draft else (), is_interrupt=True)


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _flat(markdown: str) -> str:
    """Set a text on one line."""
    return " ".join(plain(markdown, WIDTH).split())
