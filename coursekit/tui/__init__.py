"""The app on a terminal screen: it shows and posts messages; grading, reading and saving are done elsewhere."""
