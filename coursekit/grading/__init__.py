"""Pure helpers that the kinds of question share."""
