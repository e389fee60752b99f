"""One file for each code: what is found, why it matters, how it looks wrong and right."""
