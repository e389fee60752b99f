"""A course in a terminal: questions in Markdown, labs on a real trainer, a record that lasts."""

__version__ = "0.1.0"
