"""Free text with a rubric. The mark is a suggestion with its evidence; the learner confirms it.

```yaml question
id: scale-rate-with-batch
kind: free-response
```

Why do people raise the learning rate when they raise the batch size?

### Rubric

- (2) A larger batch gives a less noisy gradient.
  - variance | noise | noisy | spread
  - falls | lower | less | smaller
- (1) A larger step can then be taken safely.
  - larger | bigger | longer
  - step | learning rate

### Model response

The noise of the gradient falls with the batch, so a longer step is as safe as a short one was.

### Model response

Averaging over more examples gives a steadier gradient. Then bigger steps do no harm.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self, final

from coursekit.document import Item, Text, last_list
from coursekit.grading.likeness import Band, Likeness, form_notes, measure
from coursekit.grading.polarity import direction_notes
from coursekit.grading.rubric import RubricPoint, find_evidence, suggested_fraction
from coursekit.model import LongText, Mark, Response
from coursekit.questions._body import Body, Material

_POINT = re.compile(r"\((\d+(?:\.\d+)?)\)\s+(.+)", re.DOTALL)
_MOST = 50
_SYNONYMS = 200
_LONGEST = 4_000  # characters of a model response; each is held against all synonyms
_WORTH = 1000.0
_SAID: Mapping[Band, str] = {
    "not given": "Very short: fewer than three words that say something.",
    "little evidence": "By its words: little evidence of the points.",
    "partial": "By its words: part of the points.",
    "most points found": "By its words: most points found.",
}


@final
@dataclass(frozen=True, slots=True)
class FreeResponse(Body):
    """The points that a full response makes, some such responses, and what was asked."""

    rubric: tuple[RubricPoint, ...]
    model_responses: tuple[str, ...]
    """The author's Markdown. The first is the key; words are held against the one that they meet best."""
    stem: str = ""
    weights: Callable[[], Mapping[str, float]] = field(default=dict[str, float], compare=False, repr=False)
    """How rare each word is in the bank; the same question in another bank is the same question."""

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the rubric and the model responses; one at least is needed."""
        rubric = material.part("Rubric")
        models = tuple(_models(material))
        if rubric is None or not models:
            raise material.error("A free-response question needs '### Rubric' and '### Model response'.")
        items = last_list(rubric, material.path)[1]
        if not items:
            raise material.error("The rubric needs a list: '- (2) What is said.' with its words below.", rubric.line)
        if len(items) > _MOST:
            raise material.error(f"A rubric has at most {_MOST} points, this has {len(items):,}.", rubric.line)
        points = tuple(_point(material, item) for item in items)
        _refuse_excess(material, rubric, points)
        return material.text.source, cls(points, models, material.text.source, material.weights)

    def interaction(self) -> LongText:
        """Ask for some sentences."""
        return LongText("two to five sentences, in your own words")

    def key(self) -> Response:
        """Return the first model response."""
        return self.model_responses[:1]

    def grade(self, response: Response) -> Mark:
        """Suggest a mark by the rubric points whose words were found; notes on the whole change nothing in it."""
        text = " ".join(response)
        evidence = find_evidence(text, self.rubric)
        notes = form_notes(text, self.stem) + direction_notes(text, self.rubric, *self.model_responses)
        said = (_SAID[likeness(self, text).band], *notes)
        return Mark(suggested_fraction(evidence), said, evidence=evidence, is_suggestion=True)


def likeness(body: FreeResponse, text: str) -> Likeness:
    """Hold a text against a question's rubric and model responses, words weighed as the bank has them."""
    return measure(text, body.rubric, *body.model_responses, stem=body.stem, idf=body.weights())


def _refuse_excess(material: Material, rubric: Text, points: tuple[RubricPoint, ...]) -> None:
    many = sum(len(group) for point in points for group in point.groups)
    if many > _SYNONYMS:
        raise material.error(f"A rubric has at most {_SYNONYMS} synonyms, this has {many:,}. Drop some.", rubric.line)


def _models(material: Material) -> Iterator[str]:
    for part in material.parts:
        if part.title == "Model response":
            if len(part.text.source) > _LONGEST:
                message = f"A model response has at most {_LONGEST:,} characters, this {len(part.text.source):,}."
                raise material.error(f"{message} Shorten it.", part.line)
            if not part.text.source:
                raise material.error("This model response is empty. Write one, or take its heading out.", part.line)
            yield part.text.source


def _point(material: Material, item: Item) -> RubricPoint:
    found = _POINT.fullmatch(item.text)
    if not found or not item.items or not float(found[1]):
        raise material.error("A rubric point is '- (2) What is said.' with a list of synonyms below it.", item.line)
    if float(found[1]) > _WORTH:
        raise material.error(f"A rubric point is worth at most {_WORTH:g}. Write '({_WORTH:g})' or less.", item.line)
    groups = tuple(tuple(word.strip() for word in group.text.split("|") if word.strip()) for group in item.items)
    if not all(groups):
        raise material.error("A synonym group needs words, as in '- noise | noisy | variance'.", item.line)
    return RubricPoint(found[2], float(found[1]), groups)


PLUGIN = FreeResponse
