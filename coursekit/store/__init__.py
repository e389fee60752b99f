"""The learner's record: one SQLite file, to which attempts are only ever added."""
