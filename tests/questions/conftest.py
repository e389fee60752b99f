"""Question from text: a heading, a fence and what follows, as it stands in a topic file."""

from collections.abc import Callable

import pytest

from coursekit.document import split
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question

Read = Callable[..., Question]


@pytest.fixture(scope="session")
def read() -> Read:
    """Return what reads `## Q` with this metadata (its first line stands on line 7) and this body."""

    def read_it(metadata: str, body: str = "", seed: int = 0) -> Question:
        source = f"---\ntitle: T\n---\n\n## Q\n```yaml question\n{metadata}\n```\n\n{body}"
        (section,) = split(source, "topic.md").sections
        return read_question(section, Defaults("Lesson", "Topic"), seed)

    return read_it
