"""Widgets of a mock exam: the clock, the question map, the page of one question."""
