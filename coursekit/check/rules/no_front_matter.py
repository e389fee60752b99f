"""A file that does not begin with front matter."""

from coursekit.check.rule import Example, ReaderRule

PLUGIN = ReaderRule(
    finds="A file that does not begin with front matter",
    why="A topic, a lab and a course say their title between two lines of three dashes.",
    example=Example("## Half of the noise\n", "---\ntitle: Noise\n---\n", "content/2-more.md"),
)
