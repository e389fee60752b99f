"""Kinds of question, one file each. A kind is found by its file's name: `true_false.py` is `kind: true-false`."""
