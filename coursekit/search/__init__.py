"""Search over questions, labs and one's own notes: forgiving of typing errors, ranked, and quick at every key."""
