"""The command line: one module per command, found by its file's name; its first line is its help."""
