"""Texts for examples: one good question, to be spoilt in one place."""

OPTIONS = ("a half", "twice as much", "four times as much")


def question(
    *,
    metadata: str = "id: half\nlab: bowl",
    heading: str = "## Half of the noise",
    stem: str = "Doubling the batch size multiplies the variance by",
    options: str = "- [x] a half\n- [ ] two",
    hint: str = "### Hint\n\nThe gradient is a mean.",
    explanation: str = "### Explanation\n\nTwice as many terms halve the variance of their mean.",
) -> str:
    """Write a question's section; a part that is empty is left out."""
    fence = f"```yaml question\n{metadata}\n```" if metadata else ""
    return "\n\n".join(part for part in (heading, fence, stem, options, hint, explanation) if part) + "\n"


def topic(count: int, key: int = 1, options: tuple[str, ...] = OPTIONS) -> str:
    """Write a topic of single-choice questions whose key always stands at one place."""
    listed = "\n".join(f"- [{'x' if place == key else ' '}] {text}" for place, text in enumerate(options, 1))
    return "\n".join(question(metadata=f"id: q{n}\nlab: bowl", options=listed) for n in range(1, count + 1))


def spread(count: int, options: tuple[str, ...] = OPTIONS) -> str:
    """Write such a topic with the key at one place after the other."""
    texts: list[str] = []
    for n in range(count):
        places = [options[(place - n) % len(options)] for place in range(len(options))]
        listed = "\n".join(f"- [{'x' if text == options[0] else ' '}] {text}" for text in places)
        texts.append(question(metadata=f"id: q{n + 1}\nlab: bowl", options=listed))
    return "\n".join(texts)
